/** Pairs with the right answer, from labelled encodings or from distances that were computed elsewhere, sorted by distance. */
import { NodeFailure, type DatasetValue, type GalleryValue, type TensorValue } from "@patchbay/runtime/node-api";
import { distanceBetween, type Metric } from "../faces/metrics.ts";
import { seededUniform } from "../seeded.ts";
import type { SortedPairs } from "./curve.ts";

export interface LabelledPairs {
  readonly pairs: SortedPairs;
  readonly same: number;
  readonly different: number;
  /** People; 0 where only pairs are known. */
  readonly people: number;
  /** `unknown` where nobody said. */
  readonly network: string;
  /** Pairs of different people that were left out by chance, because there are so many. */
  readonly leftOut: number;
}

/** A pair by row, with the right answer. */
interface ListedPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** Encodings of people, one row each. */
export interface LabelledEncodings {
  readonly data: Float32Array;
  readonly width: number;
  readonly labels: ArrayLike<number>;
  readonly network: string;
  readonly pairs?: readonly ListedPair[];
}

export type Part = "held-out" | "all" | "training";

/** More pairs of different people than this are thinned by a seeded draw: rates stay true, and memory stays bounded. */
export const MOST_PAIRS = 2_000_000;

/** The part of a dataset of encodings that is asked for; everything where nothing is held out. */
export function encodingsOf(value: DatasetValue | GalleryValue, part: Part): LabelledEncodings {
  if (value.kind === "gallery") {
    const names = new Map<string, number>();
    for (const { name } of value.entries) if (!names.has(name)) names.set(name, names.size);
    const data = new Float32Array(value.entries.length * value.width);
    value.entries.forEach(({ encoding }, i) => data.set(encoding, i * value.width));
    return { data, width: value.width, labels: value.entries.map((e) => names.get(e.name)!), network: value.network };
  }
  if (value.meaning !== "encoding" || value.example.length !== 1 || !(value.data instanceof Float32Array))
    throw new NodeFailure("not-encodings", "Error rates are measured on encodings, and these examples are none: encode the dataset first.");
  const [width] = value.example as [number];
  const { data, labels, pairs, network = "unknown" } = value;
  const wanted = part === "all" || !value.heldOut.some(Boolean) ? undefined : part === "held-out" ? 1 : 0;
  if (wanted === undefined) return { data, width, labels, network, ...(pairs ? { pairs } : {}) };
  const rows = [...labels.keys()].filter((i) => value.heldOut[i] === wanted);
  const place = new Map(rows.map((row, i) => [row, i]));
  const some = new Float32Array(rows.length * width);
  rows.forEach((row, i) => some.set(data.subarray(row * width, (row + 1) * width), i * width));
  const kept = pairs?.flatMap(({ a, b, same }) => (place.has(a) && place.has(b) ? [{ a: place.get(a)!, b: place.get(b)!, same }] : []));
  return { data: some, width, labels: rows.map((row) => labels[row]!), network, ...(kept ? { pairs: kept } : {}) };
}

/** All pairs of the rows, or those that a list names, with their distances in float64. */
export function pairsOfEncodings(encodings: LabelledEncodings, metric: Metric, seed: number, most = MOST_PAIRS): LabelledPairs {
  const { data, width, labels, pairs: listed } = encodings;
  const row = Array.from({ length: labels.length }, (_, i) => data.subarray(i * width, (i + 1) * width));
  if (!row.every((r) => r.every(Number.isFinite))) throw new NodeFailure("not-finite", "Some encodings hold numbers that are not finite: their distances mean nothing.");
  const torn = listed?.find(({ a, b, same }) => same !== (labels[a] === labels[b]));
  if (torn) throw new NodeFailure("pairs-contradict", `A listed pair calls examples ${torn.a + 1} and ${torn.b + 1} ${torn.same ? "one person" : "different people"}, and their labels say otherwise.`);
  const { identity, people } = numbered(labels);
  const chosen = listed ?? allPairs(identity, seed, most);
  const distance = Float64Array.from(chosen, ({ a, b }) => distanceBetween(metric, row[a]!, row[b]!));
  const made = sorted(distance, (i) => ({ same: chosen[i]!.same, a: identity[chosen[i]!.a]!, b: identity[chosen[i]!.b]! }));
  return { ...counted(made), people, network: encodings.network, leftOut: listed ? 0 : (labels.length * (labels.length - 1)) / 2 - chosen.length };
}

/** Distances `[N]` with the right answers `[N]`, 1 or true where both are one person. Nobody knows who: pairs are drawn by themselves. */
export function pairsOfDistances(distances: TensorValue, same: TensorValue): LabelledPairs {
  const { data } = distances;
  if (same.data.length !== data.length) throw new NodeFailure("rows-differ", `There are ${data.length} distances and ${same.data.length} answers: each pair needs one of both.`);
  if (!Array.from(data).every(Number.isFinite)) throw new NodeFailure("not-finite", "Some distances are not finite: they cannot be put in order.");
  if (!Array.from(same.data).every((v) => v === 0 || v === 1)) throw new NodeFailure("not-answers", "An answer is 1 where both are the same person and 0 where not; other numbers arrived.");
  const made = sorted(Float64Array.from(data), (i) => ({ same: same.data[i] === 1, a: i }));
  return { ...counted(made), people: 0, network: distances.network ?? "unknown", leftOut: 0 };
}

function counted(pairs: SortedPairs): Pick<LabelledPairs, "pairs" | "same" | "different"> {
  const same = pairs.same.reduce((n, s) => n + s, 0);
  const different = pairs.same.length - same;
  if (same === 0) throw new NodeFailure("no-pairs", `Error rates need pairs of one person, and there are none (${different} of different people): somebody needs two pictures or more.`);
  if (different === 0) throw new NodeFailure("no-pairs", `Error rates need pairs of different people, and there are none (${same} of one person): two people or more are needed.`);
  return { pairs, same, different };
}

/** Labels as numbers from 0 without gaps. */
function numbered(labels: ArrayLike<number>): { identity: Int32Array; people: number } {
  const numbers = new Map<number, number>();
  const identity = Int32Array.from(labels, (label) => {
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label)!;
  });
  return { identity, people: numbers.size };
}

/** Every pair of one person, and every pair of different people or a seeded draw of about `most` of them. */
function allPairs(identity: Int32Array, seed: number, most: number): ListedPair[] {
  const all = (identity.length * (identity.length - 1)) / 2;
  const next = seededUniform(seed);
  const chance = most / all;
  const pairs: ListedPair[] = [];
  for (let a = 0; a < identity.length; a++)
    for (let b = a + 1; b < identity.length; b++) {
      const same = identity[a] === identity[b];
      if (same || chance >= 1 || next() < chance) pairs.push({ a, b, same });
    }
  return pairs;
}

function sorted(distance: Float64Array, pair: (index: number) => { same: boolean; a: number; b?: number }): SortedPairs {
  const order = new Uint32Array(distance.length).map((_, i) => i).sort((x, y) => distance[x]! - distance[y]!);
  const made = { distance: Float64Array.from(order, (i) => distance[i]!), same: Uint8Array.from(order, (i) => Number(pair(i).same)), a: Int32Array.from(order, (i) => pair(i).a) };
  return order.length === 0 || pair(0).b === undefined ? made : { ...made, b: Int32Array.from(order, (i) => pair(i).b!) };
}
