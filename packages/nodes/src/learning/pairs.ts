/** Feeds a training with pairs of examples: the same or different, half and half. */
import type { Dim, PortType } from "@patchbay/graph-core";
import { defineNode, float32, NodeFailure, tensor, tensorValue, type DatasetValue, type EvaluateContext, type Feed, type TensorData } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { AUGMENT, augmentation, rowsOf } from "./augment.ts";
import { inBatches, inTurn, partOf, PURPOSE, stepRandom } from "./draws.ts";

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

export const pairs = defineNode({
  type: "Pairs",
  version: 1,
  title: "Pairs",
  group: "Learning",
  doc: "Feeds a Trainer with pairs of a dataset: at every step some that show the same person or class and some that do not, never of what is held out; on its own it shows the first ones. Where the dataset names pairs, those are fed, all of them once before any comes again. Measured is on pairs within the held-out part: as many different ones as same ones, drawn once; or, where a Trainer validates encodings or classes, on each held-out example once. The same seed feeds the same pairs.",
  synonyms: ["siamese", "verification", "same or different", "loader", "generator", "minibatch"],
  role: "feed",
  inputs: [{ name: "dataset", doc: "What is learned from.", type: { kind: "dataset", example: null } }],
  outputs: [
    { name: "a", doc: "The first example of each pair.", type: { kind: "tensor", dtype: "float32", shape: null } },
    { name: "b", doc: "The second example of each pair.", type: { kind: "tensor", dtype: "float32", shape: null } },
    { name: "same", doc: "1 where a pair shows the same, else 0.", type: tensorType(["N"]) },
  ],
  params: [
    { name: "size", title: "Size", kind: "number", default: 32, min: 2, max: 4096, integer: true, unit: "pairs", help: "Of each batch." },
    { name: "share", title: "Same", kind: "number", default: 0.5, min: 0.05, max: 0.95, step: 0.05, help: "The share of pairs that show the same; of listed pairs it is as they are listed." },
    { name: "measured", title: "Measured", kind: "number", default: 2000, min: 2, max: 100_000, integer: true, unit: "pairs", help: "The most pairs of the held-out part that are measured on." },
    ...AUGMENT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed feeds other pairs." },
  ],
  infer({ inputs, params }) {
    const type = inputs["dataset"]?.kind === "dataset" ? inputs["dataset"] : undefined;
    const size = params["size"] as number;
    const shape: readonly Dim[] | null = type?.example ? [size, ...type.example] : null;
    const side: PortType = { kind: "tensor", dtype: "float32", shape, ...(type?.meaning ? { meaning: type.meaning } : {}), ...(type?.network ? { network: type.network } : {}) };
    return { outputs: { a: side, b: side, same: tensorType([size]) } };
  },
  feed: async (context) => feedOf(context),
  async evaluate(context) {
    const { a, b, same } = feedOf(context).batch(0) as { a: TensorData; b: TensorData; same: TensorData };
    const { network } = context.inputs["dataset"] as DatasetValue;
    return { a: tensorValue(a, network), b: tensorValue(b, network), same: tensorValue(same) };
  },
});

function feedOf({ inputs, params }: EvaluateContext): Feed {
  const dataset = inputs["dataset"] as DatasetValue;
  const [seed, size, share] = ["seed", "size", "share"].map((p) => params[p] as number) as [number, number, number];
  const how = augmentation(params);
  const within = (held: 0 | 1): Pair[] | undefined => dataset.pairs?.filter((p) => dataset.heldOut[p.a] === held && dataset.heldOut[p.b] === held);
  const listed = within(0);
  if (listed?.length === 0) throw new NodeFailure("no-pairs", "None of the listed pairs lies wholly in the part that is learned from.");
  const training = new PairsOf(dataset, 0);
  if (!listed && !training.hasBoth) throw new NodeFailure("no-pairs", "What is learned from holds no two examples of one class, or no two classes: pairs of both kinds are needed. Hold out less, or add examples.");
  const sames = Math.min(size - 1, Math.max(1, Math.round(share * size)));
  const order = listed && inTurn(listed.length, size, seed);
  const pairsAt = order
    ? (step: number) => order(step).map((i) => listed![i]!)
    : ((turn) => (step: number) => {
        const next = stepRandom(seed, step, PURPOSE.pairs);
        return turn(step).map((first, i) => (i < sames ? training.same(first, next) : training.different(next)));
      })(inTurn(training.paired.length, size, seed));
  const batchOf = (some: readonly Pair[], a: Float32Array, b: Float32Array): { a: TensorData; b: TensorData; same: TensorData } => ({
    a: float32([size, ...dataset.example], a), b: float32([size, ...dataset.example], b), same: float32([size], some.map((p) => Number(p.same))),
  });
  const sides = (some: readonly Pair[], next?: () => number): [Float32Array, Float32Array] => [rowsOf(dataset, some.map((p) => p.a), next && how, next), rowsOf(dataset, some.map((p) => p.b), next && how, next)];
  let measured: readonly Pair[] | undefined;

  return {
    batch(step) {
      const some = pairsAt(step);
      return batchOf(some, ...sides(some, stepRandom(seed, step, PURPOSE.augment)));
    },
    *heldOut() {
      measured ??= within(1) ?? new PairsOf(dataset, 1).some(params["measured"] as number, stepRandom(seed, 0, PURPOSE.photos));
      for (const { indices, rows } of inBatches(measured, size)) yield { values: batchOf(indices, ...sides(indices)), rows };
    },
    *heldOutExamples() {
      for (const { indices, rows } of inBatches(partOf(dataset, 1), size)) {
        const alone = indices.map((i) => ({ a: i, b: i, same: true }));
        yield { values: { ...batchOf(alone, ...sides(alone)), labels: tensor("int32", [size], indices.map((i) => dataset.labels[i]!)) }, rows };
      }
    },
  };
}

/** Pairs within one part of a dataset, drawn by the labels. */
class PairsOf {
  readonly #labels: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #all: readonly number[];
  /** Examples that are not alone in their class. */
  readonly paired: readonly number[];

  constructor(dataset: DatasetValue, held: 0 | 1) {
    this.#labels = dataset.labels;
    this.#all = partOf(dataset, held);
    for (const i of this.#all) this.#members.set(dataset.labels[i]!, [...(this.#members.get(dataset.labels[i]!) ?? []), i]);
    this.paired = this.#all.filter((i) => this.#members.get(dataset.labels[i]!)!.length > 1);
  }

  get hasBoth(): boolean {
    return this.paired.length > 0 && this.#members.size > 1;
  }

  /** The `first`-th of `paired` with another of its class. */
  same(first: number, next: () => number): Pair {
    const a = this.paired[first]!;
    const others = this.#members.get(this.#labels[a]!)!.filter((i) => i !== a);
    return { a, b: others[Math.floor(next() * others.length)]!, same: true };
  }

  /** Two people first, then one example of each: people with many examples come no more often. */
  different(next: () => number): Pair {
    const people = [...this.#members.values()];
    const one = Math.floor(next() * people.length);
    const other = (one + 1 + Math.floor(next() * (people.length - 1))) % people.length;
    const of = (m: readonly number[]): number => m[Math.floor(next() * m.length)]!;
    return { a: of(people[one]!), b: of(people[other]!), same: false };
  }

  /** All same pairs and as many different ones, at most `most` together, none twice. */
  some(most: number, next: () => number): Pair[] {
    if (!this.hasBoth) return [];
    const same: Pair[] = [];
    const different: Pair[] = [];
    for (const [i, a] of this.#all.entries()) for (const b of this.#all.slice(i + 1)) (this.#labels[a] === this.#labels[b] ? same : different).push({ a, b, same: this.#labels[a] === this.#labels[b] });
    const count = Math.min(same.length, different.length, Math.floor(most / 2));
    const take = (list: Pair[]): Pair[] => {
      // The first `count` places of a Fisher–Yates shuffle.
      for (let i = 0; i < count; i++) {
        const j = i + Math.floor(next() * (list.length - i));
        [list[i], list[j]] = [list[j]!, list[i]!];
      }
      return list.slice(0, count);
    };
    return [...take(same), ...take(different)];
  }
}
