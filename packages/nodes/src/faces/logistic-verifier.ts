/** Verification as binary classification: a logistic unit over the difference features of two encodings. */
import { defineNode, float32, NodeFailure, type Value } from "@patchbay/runtime/node-api";
import { isTrainable, TRAINABLE } from "../layers/window-params.ts";
import { mistake, tensorType } from "../port-types.ts";
import { perRow, rowsOf, scalarIfOne, widthOf } from "./encodings.ts";

/** Steepness of the default: at the threshold of 0.6 the probability is one half, at a distance of 0.4 it is 0.98. */
const STEEPNESS = 20;

export const logisticVerifier = defineNode({
  type: "LogisticVerifier",
  version: 1,
  title: "Logistic verifier",
  group: "Faces",
  doc: "The probability that two faces are one person, from their difference features. One weight counts for every feature; otherwise there is one for each. The default is not trained but derived: with squared differences and the weight −20 the sum is −20·d², and the bias 20·0.6² = 7.2 puts one half exactly at the default encoder's threshold, a Euclidean distance of 0.6. For other features, or weights of your own, set both, or let a Trainer find them: they are where it begins.",
  formula: "\\hat{y} = \\sigma\\Big(\\sum_k w_k\\,\\varphi_k + b\\Big)",
  source: "DeepFace (Taigman et al. 2014), section 4.2",
  synonyms: ["siamese", "sigmoid", "classifier", "logistic regression", "probability", "binary"],
  inputs: [{ name: "features", doc: "Difference features, one row for each pair.", type: tensorType(["N", "K"], "features") }],
  outputs: [
    { name: "probability", doc: "0…1: one number, or one for each row.", type: tensorType(null) },
    { name: "score", doc: "The sum before the sigmoid, one for each row: what Cross-entropy learns from, as its slope never ends.", type: tensorType(["N"]) },
  ],
  params: [
    { name: "weights", title: "Weights", kind: "numbers", default: [-STEEPNESS], help: "One for each feature, or a single one for all." },
    { name: "bias", title: "Bias", kind: "number", default: STEEPNESS * 0.36, min: -1e6, max: 1e6, step: 0.1, help: "What is added before the sigmoid." },
    TRAINABLE,
  ],
  trainable: isTrainable,
  infer({ inputs, params }) {
    const count = (params["weights"] as readonly number[]).length;
    const width = widthOf(inputs["features"]);
    if (count === 0) return mistake(["probability", "score"], "no-weights", "There are no weights: give one for each feature, or a single one for all of them.", { param: "weights" });
    if (count > 1 && typeof width === "number" && count !== width)
      return mistake(["probability", "score"], "weights-differ", `There are ${count} weights for ${width} features: give one for each feature, or a single one for all of them.`, { param: "weights" });
    return { outputs: { probability: tensorType(perRow(rowsOf(inputs["features"]))) } };
  },
  lower({ b, inputs, params, weight }) {
    const features = inputs["features"] as Value;
    const given = params["weights"] as readonly number[];
    const width = features.shape[1]!;
    if (given.length !== 1 && given.length !== width) throw new NodeFailure("weights-differ", `There are ${given.length} weights for ${width} features.`, { param: "weights" });
    const weights = weight("weights", () => float32([width, 1], given.length === 1 ? new Float32Array(width).fill(given[0]!) : given));
    const bias = weight("bias", () => float32([1], [params["bias"] as number]));
    const score = b.add(b.reshape(b.matmul(features, weights), [features.shape[0]!]), bias);
    return { probability: scalarIfOne(b, b.sigmoid(score)), score };
  },
});
