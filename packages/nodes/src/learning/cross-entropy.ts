/** The loss of classifiers: how surprised they are by the truth. */
import { defineNode, type Builder, type Value } from "@patchbay/runtime/node-api";
import { LOSS, mistake, tensorType } from "../port-types.ts";
import { REDUCTION, reduced, weightsPort } from "./reduce-losses.ts";

/** As near to 0 or 1 as a probability in single precision can count. */
const LEAST = 1e-7;

type Kind = "classes" | "yes-no" | "probability";

export const crossEntropy = defineNode({
  type: "CrossEntropy",
  version: 1,
  title: "Cross-entropy",
  group: "Learning",
  doc: "For each example the negative logarithm of the probability that the prediction gives to the truth. Of classes: one score (logit) a class, turned into probabilities by softmax, and the true class's number, counted from 0. Yes or no: one score for each example, turned into a probability by the sigmoid, and 1 or 0. A probability that is one already works too, such as the logistic verifier's; its score is the better choice, as a sigmoid that has saturated has no slope.",
  formula: String.raw`-\log \frac{e^{z_y}}{\sum_c e^{z_c}} \quad\text{or}\quad -y \log \hat y - (1-y) \log(1 - \hat y),\quad \hat y = \sigma(z)`,
  source: "Goodfellow, Bengio & Courville, Deep Learning, sections 6.2.2.2 and 6.2.2.3",
  synonyms: ["softmax", "log loss", "logistic loss", "negative log-likelihood", "classification", "binary cross-entropy", "BCE"],
  inputs: [
    { name: "predictions", doc: "Scores, one row an example and one column a class; or one score or probability for each example.", type: [tensorType(["N", "C"]), tensorType(["N"])] },
    { name: "labels", doc: "The true class of each example, counted from 0; or 1 for yes and 0 for no.", type: [{ kind: "tensor", dtype: "int32", shape: ["N"] }, tensorType(["N"])] },
    weightsPort("example"),
  ],
  outputs: [
    { name: "loss", doc: "The mean (or sum) over the examples.", type: LOSS },
    { name: "losses", doc: "The loss of each example.", type: tensorType(["N"]) },
    { name: "accuracy", doc: "The share of examples that are predicted rightly.", type: tensorType([]) },
  ],
  params: [
    {
      name: "kind", title: "Predictions", kind: "choice", default: "classes", help: "What the predictions are.",
      choices: [{ value: "classes", title: "Scores of classes", help: "[N,C], softmax." }, { value: "yes-no", title: "Scores of yes", help: "[N] or [N,1], sigmoid." }, { value: "probability", title: "Probabilities of yes", help: "[N] or [N,1], 0…1." }],
    },
    REDUCTION,
  ],
  infer({ inputs, params }) {
    const [predictions, labels] = [inputs["predictions"], inputs["labels"]];
    const classes = params["kind"] === "classes";
    const shape = predictions?.kind === "tensor" ? predictions.shape : null;
    const outputs = ["loss", "losses", "accuracy"];
    if (classes && shape?.length === 1) return mistake(outputs, "one-score", "There is one number for each example, and classes need one score each: let a Dense layer give one output for each class, or choose scores or probabilities of yes.", { param: "kind" });
    if (classes && labels?.kind === "tensor" && labels.dtype !== "int32") return mistake(outputs, "no-classes", "The labels are numbers of yes and no, and not of classes: choose scores or probabilities of yes.", { param: "kind" });
    if (!classes && shape?.length === 2 && typeof shape[1] === "number" && shape[1] !== 1) return mistake(outputs, "many-scores", `There are ${shape[1]} numbers for each example, and yes or no needs one: let a Dense layer give one output, or choose scores of classes.`, { param: "kind" });
    return {};
  },
  lower({ b, inputs, params }) {
    const [predictions, labels, weights] = [inputs["predictions"] as Value, inputs["labels"] as Value, inputs["weights"] as Value | undefined];
    const kind = params["kind"] as Kind;
    const n = predictions.shape[0]!;
    const [losses, right] = kind === "classes" ? ofClasses(b, predictions, labels) : ofYesAndNo(b, b.reshape(predictions, [n]), b.cast(labels, "float32"), kind);
    const hits = b.cast(right, "float32");
    return { ...reduced(b, losses, weights, params), accuracy: weights ? b.div(b.sum(b.mul(hits, weights)), b.max(b.sum(weights), LEAST)) : b.mean(hits) };
  },
});

function ofClasses(b: Builder, scores: Value, labels: Value): [losses: Value, right: Value] {
  const [n, classes] = scores.shape as [number, number];
  // Subtracting the largest keeps the exponentials finite and changes nothing else.
  const shifted = b.sub(scores, b.stopGradient(b.reduceMax(scores, [1], true)));
  const truth = b.cast(b.eq(b.reshape(labels, [n, 1]), b.ints([1, classes], Array.from({ length: classes }, (_, c) => c))), "float32");
  const losses = b.sub(b.log(b.sum(b.exp(shifted), [1])), b.sum(b.mul(shifted, truth), [1]));
  return [losses, b.eq(b.argMax(scores, 1), labels)];
}

function ofYesAndNo(b: Builder, predictions: Value, truth: Value, kind: Kind): [losses: Value, right: Value] {
  const yes = b.ge(truth, 0.5);
  const agrees = (says: Value): Value => b.or(b.and(says, yes), b.and(b.not(says), b.not(yes)));
  if (kind === "probability") {
    const p = b.clip(predictions, LEAST, 1 - LEAST);
    return [b.neg(b.add(b.mul(truth, b.log(p)), b.mul(b.sub(1, truth), b.log(b.sub(1, p))))), agrees(b.ge(predictions, 0.5))];
  }
  // max(z,0) − z·y + log(1 + e^−|z|): finite for every score.
  const softplus = b.add(b.relu(predictions), b.log(b.add(b.exp(b.neg(b.abs(predictions))), 1)));
  return [b.sub(softplus, b.mul(predictions, truth)), agrees(b.ge(predictions, 0))];
}
