/** The loss that teaches an encoder: an anchor must be nearer to the same person than to another one, by a margin. */
import type { PortType } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { LOSS, tensorType } from "../port-types.ts";

const side = (name: string, doc: string) => ({ name, doc, type: tensorType(["N", "C"], "encoding") as PortType });

export const tripletLoss = defineNode({
  type: "TripletLoss",
  version: 1,
  title: "Triplet loss",
  group: "Faces",
  doc: "For each triplet: how much nearer the positive (another photo of the anchor's person) should be than the negative (someone else), in squared Euclidean distance and with a margin. A triplet that keeps the margin costs nothing and teaches nothing; `satisfied` counts those. If an encoder collapses and gives everyone the same encoding, every triplet costs exactly the margin: `spread`, the root mean square distance of all encodings from their mean, then goes to 0.",
  formula: "L(A,P,N) = \\max\\big(\\lVert f(A)-f(P)\\rVert^2 - \\lVert f(A)-f(N)\\rVert^2 + \\alpha,\\ 0\\big),\\qquad J = \\sum_i L_i",
  source: "FaceNet, arXiv 1503.03832, section 3.1",
  synonyms: ["FaceNet", "anchor", "positive", "negative", "margin", "hinge", "metric learning"],
  inputs: [
    side("anchor", "Encodings of the anchors, one a row."),
    side("positive", "Encodings of other photos of the same people."),
    side("negative", "Encodings of other people."),
  ],
  outputs: [
    { name: "loss", doc: "The sum (or mean) over the triplets.", type: LOSS },
    { name: "losses", doc: "The loss of each triplet.", type: tensorType(["N"]) },
    { name: "satisfied", doc: "How many triplets keep the margin and cost nothing.", type: tensorType([]) },
    { name: "spread", doc: "Root mean square distance of all encodings from their mean; 0 means that the encoder has collapsed.", type: tensorType([]) },
  ],
  params: [
    { name: "margin", title: "Margin α", kind: "number", default: 0.2, min: 0, max: 100, step: 0.01, help: "By how much the negative must be farther than the positive, in squared distance." },
    {
      name: "reduction", title: "Reduction", kind: "choice", default: "sum", help: "How the triplets' losses become one number.",
      choices: [{ value: "sum", title: "Sum", help: "J as FaceNet defines it." }, { value: "mean", title: "Mean", help: "Does not grow with the batch." }],
    },
  ],
  lower({ b, inputs, params }) {
    const [anchor, positive, negative] = ["anchor", "positive", "negative"].map((port) => inputs[port] as Value) as [Value, Value, Value];
    const squared = (x: Value) => b.sum(b.square(b.sub(anchor, x)), [1]);
    const losses = b.relu(b.add(b.sub(squared(positive), squared(negative)), params["margin"] as number));
    const all = b.concat([anchor, positive, negative], 0);
    const centred = b.sub(all, b.mean(all, [0], true));
    return {
      loss: params["reduction"] === "mean" ? b.mean(losses) : b.sum(losses),
      losses,
      satisfied: b.sum(b.cast(b.le(losses, 0), "float32")),
      spread: b.sqrt(b.max(b.mean(b.sum(b.square(centred), [1])), 1e-24)),
    };
  },
});
