/** The loss that teaches an encoder: an anchor must be nearer to the same person than to another one, by a margin. */
import type { PortType } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { reduced, weightsPort } from "../learning/reduce-losses.ts";
import { LOSS, tensorType } from "../port-types.ts";

/** Below this share of the margin, mean squared distances count as none: every triplet then costs the margin to within as much. */
const COLLAPSED = 1e-2;

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
    weightsPort("triplet"),
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
  notices({ spread }, params) {
    const margin = params["margin"] as number;
    // A mean squared distance of two encodings is twice the square of the spread.
    if (spread === undefined || margin === 0 || 2 * spread * spread >= COLLAPSED * margin) return [];
    return [{ code: "collapsed", port: "anchor", message: `All encodings are nearly the same: they lie ${spread.toPrecision(2)} from their mean, and the margin asks for squared distances of ${margin}. The encoder has collapsed: every triplet costs the margin, and nothing is learned. Take a smaller learning rate, semi-hard or random triplets to begin with, or other start values (another seed).` }];
  },
  lower({ b, inputs, params }) {
    const [anchor, positive, negative] = ["anchor", "positive", "negative"].map((port) => inputs[port] as Value) as [Value, Value, Value];
    const squared = (x: Value) => b.sum(b.square(b.sub(anchor, x)), [1]);
    const weights = inputs["weights"] as Value | undefined;
    const { loss, losses } = reduced(b, b.relu(b.add(b.sub(squared(positive), squared(negative)), params["margin"] as number)), weights, params);
    const kept = b.le(losses, 0);
    const counts = weights ? b.and(kept, b.gt(weights, 0)) : kept;
    const all = b.concat([anchor, positive, negative], 0);
    const centred = b.sub(all, b.mean(all, [0], true));
    return {
      loss,
      losses,
      satisfied: b.sum(b.cast(counts, "float32")),
      spread: b.sqrt(b.max(b.mean(b.sum(b.square(centred), [1])), 1e-24)),
    };
  },
});
