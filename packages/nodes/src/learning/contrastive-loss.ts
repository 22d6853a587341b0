/** The loss of pairs: what is the same is drawn together, what is not is pushed apart until it is far enough. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { LOSS, tensorType } from "../port-types.ts";
import { REDUCTION, reduced, weightsPort } from "./reduce-losses.ts";

/** Keeps the root's slope finite where two encodings are equal. */
const EPSILON = 1e-12;

export const contrastiveLoss = defineNode({
  type: "ContrastiveLoss",
  version: 1,
  title: "Contrastive loss",
  group: "Learning",
  doc: "For each pair of encodings: the squared distance where both show the same, and where they do not, the square of what is missing to the margin. Different pairs beyond the margin cost nothing and teach nothing.",
  formula: String.raw`L = \tfrac12\, y\, d^2 + \tfrac12\, (1-y)\, \max(m - d,\ 0)^2,\qquad d = \lVert f(a) - f(b) \rVert,\quad y = 1 \text{ for the same}`,
  source: "Hadsell, Chopra & LeCun, Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006, equation 4 (with Y = 1 − y)",
  synonyms: ["siamese", "pairs", "margin", "metric learning", "hinge"],
  inputs: [
    { name: "a", doc: "The first encoding of each pair.", type: tensorType(["N", "C"], "encoding") },
    { name: "b", doc: "The second encoding of each pair.", type: tensorType(["N", "C"], "encoding") },
    { name: "same", doc: "1 where a pair shows the same, else 0.", type: tensorType(["N"]) },
    weightsPort("pair"),
  ],
  outputs: [
    { name: "loss", doc: "The mean (or sum) over the pairs.", type: LOSS },
    { name: "losses", doc: "The loss of each pair.", type: tensorType(["N"]) },
  ],
  params: [
    { name: "margin", title: "Margin m", kind: "number", default: 1, min: 0, max: 100, step: 0.05, help: "The distance beyond which different pairs cost nothing." },
    REDUCTION,
  ],
  lower({ b, inputs, params }) {
    const [x, y, same] = ["a", "b", "same"].map((port) => inputs[port] as Value) as [Value, Value, Value];
    const squared = b.sum(b.square(b.sub(x, y)), [1]);
    const missing = b.relu(b.sub(params["margin"] as number, b.sqrt(b.add(squared, EPSILON))));
    const losses = b.mul(b.add(b.mul(same, squared), b.mul(b.sub(1, same), b.square(missing))), 0.5);
    return reduced(b, losses, inputs["weights"] as Value | undefined, params);
  },
});
