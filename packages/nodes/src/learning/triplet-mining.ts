/** Picks, for every example of a batch, the triplet that teaches most: the hard part of learning with triplets is choosing them. */
import { defineNode, type Builder, type Value } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";

type Mode = "random" | "semi-hard" | "hard";

/** Below every difference of squared distances, and finite. */
const NEVER = -1e30;

export const tripletMining = defineNode({
  type: "TripletMining",
  version: 1,
  title: "Triplet mining",
  group: "Learning",
  doc: "For each example of a batch as the anchor, chooses one positive (the same person) and one negative (someone else) among the batch, by the encodings as they are now. Random: any, most of which soon teach nothing. Semi-hard: any whose negative is farther than the positive, but by less than the margin. Hard: the farthest positive and the nearest negative. Which triplets may be chosen, and the draws, come from Batches, which stops feeding those that were found to keep the margin; without it, all that the labels allow may be chosen. The choice itself has no gradient; what is chosen has.",
  formula: String.raw`\text{semi-hard: } d(a,p) < d(a,n) < d(a,p) + \alpha,\qquad \text{hard: } \operatorname*{arg\,max}_{p,n}\; d(a,p) - d(a,n),\qquad d(x,y) = \lVert f(x)-f(y)\rVert^2`,
  source: "FaceNet, arXiv 1503.03832, section 3.2; batch-hard: Hermans, Beyer & Leibe, arXiv 1703.07737",
  synonyms: ["hard negatives", "semi-hard", "batch-hard", "online mining", "anchor", "FaceNet", "sampling"],
  inputs: [
    { name: "encodings", doc: "One row for each example of the batch.", type: tensorType(["N", "C"], "encoding") },
    { name: "labels", doc: "The person of each row.", type: { kind: "tensor", dtype: "int32", shape: ["N"] } },
    { name: "triplets", doc: "From Batches, by anchor, positive and negative: a draw above 0 where the triplet may be chosen, 0 where it may not.", type: tensorType(["N", "N", "N"]), optional: true },
  ],
  outputs: [
    { name: "anchor", doc: "The encodings, as they came.", type: tensorType(["N", "C"], "encoding") },
    { name: "positive", doc: "For each anchor another encoding of the same person.", type: tensorType(["N", "C"], "encoding") },
    { name: "negative", doc: "For each anchor an encoding of someone else.", type: tensorType(["N", "C"], "encoding") },
    { name: "fed", doc: "1 where the anchor has a triplet to learn from, else 0: the weights of the loss.", type: tensorType(["N"]) },
    { name: "chosen", doc: "Rows of anchor, positive and negative, and 1 if the triplet keeps the margin; −1 where there is none.", type: { kind: "tensor", dtype: "int32", shape: ["N", 4] }, feedback: true },
  ],
  params: [
    {
      name: "mode", title: "Mode", kind: "choice", default: "hard", help: "Which triplet of an anchor is chosen.",
      choices: [
        { value: "random", title: "Random", help: "Any that may be chosen." },
        { value: "semi-hard", title: "Semi-hard", help: "Any whose negative is farther than its positive, yet within the margin. An anchor without one is left out." },
        { value: "hard", title: "Hard", help: "The farthest positive with the nearest negative." },
      ],
    },
    { name: "margin", title: "Margin α", kind: "number", default: 0.2, min: 0, max: 100, step: 0.01, help: "The margin of the triplet loss that follows: what counts as satisfied, and how near a semi-hard negative lies." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Of the draws where no triplets are connected; they are the same at every step then." },
  ],
  infer({ inputs }) {
    const labels = inputs["labels"];
    if (labels?.kind === "tensor" && labels.shape?.[0] === 1) return mistake(["positive", "negative"], "no-triplets", "A batch of one example holds no triplets: two of one person and one of another are needed.", { port: "labels" });
    return {};
  },
  lower({ b, inputs, params }) {
    const encodings = inputs["encodings"] as Value;
    const n = encodings.shape[0]!;
    const margin = params["margin"] as number;
    const mode = params["mode"] as Mode;
    const distances = squaredDistances(b, b.stopGradient(encodings));
    const [may, draw] = allowed(b, inputs["labels"] as Value, inputs["triplets"] as Value | undefined, params["seed"] as number);
    // [a,p,n]: by how much the negative is farther than the positive.
    const gap = b.sub(b.reshape(distances, [n, 1, n]), b.reshape(distances, [n, n, 1]));
    const wanted = mode === "semi-hard" ? b.and(may, b.and(b.gt(gap, 0), b.lt(gap, margin))) : may;
    const score = b.reshape(b.select(wanted, mode === "hard" ? b.neg(gap) : draw, NEVER), [n, n * n]);
    const best = b.argMax(score, 1);
    const fed = b.gt(b.reduceMax(score, [1]), NEVER / 2);
    const [positive, negative] = [b.div(best, n), b.mod(best, n)];
    const rows = b.ints([n], Array.from({ length: n }, (_, i) => i));
    // The gap of the chosen one, by its place in the flattened [a,p,n].
    const place = b.add(b.mul(rows, n * n), best);
    const satisfied = b.cast(b.ge(b.gather(b.reshape(gap, [n * n * n]), place, 0), margin), "int32");
    const column = (x: Value, none: number) => b.reshape(b.select(fed, x, b.broadcast(b.scalar(none, "int32"), [n])), [n, 1]);
    return {
      anchor: encodings,
      positive: b.gather(encodings, positive, 0),
      negative: b.gather(encodings, negative, 0),
      fed: b.cast(fed, "float32"),
      chosen: b.concat([column(rows, -1), column(positive, -1), column(negative, -1), column(satisfied, 0)], 1),
    };
  },
});

/** `[N,N]`, from differences rather than from products, which lose digits where two encodings are near. */
function squaredDistances(b: Builder, x: Value): Value {
  const [n, width] = x.shape as [number, number];
  return b.sum(b.square(b.sub(b.reshape(x, [n, 1, width]), b.reshape(x, [1, n, width]))), [2]);
}

/** `[N,N,N]`: whether the triplet may be chosen, and its draw. */
function allowed(b: Builder, labels: Value, triplets: Value | undefined, seed: number): [Value, Value] {
  const n = labels.shape[0]!;
  const same = b.eq(b.reshape(labels, [n, 1]), b.reshape(labels, [1, n]));
  const other = b.constant({ dtype: "bool", shape: [n, n], data: Uint8Array.from({ length: n * n }, (_, i) => Number(i % n !== Math.floor(i / n))) });
  const valid = b.and(b.reshape(b.and(same, other), [n, n, 1]), b.reshape(b.not(same), [n, 1, n]));
  const draw = triplets ?? b.random("uniform", [n, n, n], seed);
  return [triplets ? b.and(valid, b.gt(triplets, 0)) : valid, draw];
}
