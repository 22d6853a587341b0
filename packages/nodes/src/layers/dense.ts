/** A fully connected layer: every output sees every input. */
import { defineNode, float32, type Value } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { heUniform } from "../seeded.ts";
import { isTrainable, TRAINABLE, WEIGHTS } from "./window-params.ts";

export const dense = defineNode({
  type: "Dense",
  version: 1,
  title: "Dense",
  group: "Layers",
  doc: "Multiplies by a matrix and adds biases: every output is a weighted sum of all inputs. The weights come on a wire, or are seeded random numbers (He-scaled) that a Trainer may change.",
  formula: String.raw`y = xW + b`,
  synonyms: ["fully connected", "linear", "affine", "perceptron", "matrix"],
  inputs: [
    { name: "input", doc: "One row an example.", type: tensorType(["N", "F"]) },
    { name: "weights", doc: "One row an input, one column an output. Random ones where nothing is connected.", type: tensorType(["F", "U"]), optional: true },
    { name: "biases", doc: "One number an output.", type: tensorType(["U"]), optional: true },
  ],
  outputs: [{ name: "output", doc: "One row an example, one column an output.", type: tensorType(["N", "U"], "activation") }],
  params: [
    { name: "units", title: "Units", kind: "number", default: 10, min: 1, max: 65536, integer: true, help: "How many outputs. Weights on the wire bring their own number." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Seed of the random weights used where none are connected." },
    TRAINABLE, WEIGHTS,
  ],
  trainable: isTrainable,
  infer({ params, inputs, outputs }) {
    const input = inputs["input"];
    if (inputs["weights"] || input?.kind !== "tensor" || !input.shape) return { outputs: { output: outputs["output"]! } };
    return { outputs: { output: tensorType([input.shape[0]!, params["units"] as number], "activation") } };
  },
  lower({ b, params, inputs, weight }) {
    const [x, biases] = [inputs["input"] as Value, inputs["biases"] as Value | undefined];
    const [features, units] = [x.shape[1]!, params["units"] as number];
    const weights = (inputs["weights"] as Value | undefined) ?? weight("weights", () => float32([features, units], heUniform(features * units, features, params["seed"] as number)));
    const product = b.matmul(x, weights);
    // While training: biases that begin at 0.
    const added = biases ?? (isTrainable(params) ? weight("biases", () => float32([weights.shape[1]!], new Float32Array(weights.shape[1]!))) : undefined);
    return { output: added ? b.add(product, added) : product };
  },
});
