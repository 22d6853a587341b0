/** Worked examples of Batches: who may come into the first batch, and which triplets it holds. */
import type { DatasetValue, NodeCase, RuntimeValue, TensorValue } from "@patchbay/runtime/node-api";

/** Person 0 has examples 0, 1, 2, person 1 has 3, 4, person 2 has 5, 6 (held out), person 3 only 7; each example is its own number. */
const dataset: DatasetValue = {
  kind: "dataset", example: [1], data: Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7]), classes: ["a", "b", "c", "d"], labels: Int32Array.from([0, 0, 0, 1, 1, 2, 2, 3]),
  heldOut: Uint8Array.from([0, 0, 0, 0, 0, 1, 1, 0]), names: ["a1", "a2", "a3", "b1", "b2", "c1", "c2", "d1"],
};
const grey: DatasetValue = { ...dataset, example: [1, 1, 3], meaning: "image", data: Uint8Array.from({ length: 24 }, (_, i) => 51 * (Math.floor(i / 3) % 5)) };

const numbers = (value: RuntimeValue) => [...(value as TensorValue).data];
const check = (look: (x: number[]) => unknown, wanted: unknown) => (value: RuntimeValue) => {
  const [told, expected] = [JSON.stringify(look(numbers(value))), JSON.stringify(wanted)];
  if (told !== expected) throw new Error(`${told} instead of ${expected} in ${numbers(value)}`);
};
const sorted = (x: number[]) => [...x].sort((p, q) => p - q);

export const cases: NodeCase[] = [
  {
    name: "two people with three photos: the held-out and the single one are never fed, who has two shows one twice", params: { people: 2, photos: 3 }, inputs: { dataset }, from: "by hand",
    expected: {
      examples: check((x) => [sorted(x).slice(0, 3), sorted(x).slice(3).every((v) => v === 3 || v === 4), new Set(x).size], [[0, 1, 2], true, 5]),
      labels: check(sorted, [0, 0, 0, 1, 1, 1]),
      // Person 0 as anchor: 3·2 positives × 3 negatives. Person 1, one photo twice: of 3·2 ordered pairs 4 join different photos, × 3.
      triplets: check((x) => [x.length, x.filter((v) => v > 0).length, x.every((v) => v >= 0 && v <= 1)], [216, 18 + 12, true]),
    },
  },
  { name: "examples in random order: all of them before any again", params: { mode: "shuffled", size: 6 }, inputs: { dataset }, from: "by hand: six are not held out", expected: { examples: check(sorted, [0, 1, 2, 3, 4, 7]), triplets: check((x) => x.length, 0) } },
  { name: "bytes are 0…1", params: { mode: "shuffled", size: 6 }, inputs: { dataset: grey }, from: "by hand: 51/255 = 0.2", expected: { examples: check((x) => [x.length, sorted(x).map((v) => Math.round(v * 1000) / 1000).filter((_, i) => i % 3 === 0)], [18, [0, 0.2, 0.4, 0.4, 0.6, 0.8]]) } },
  {
    name: "listed triplets and no others", params: { people: 2, photos: 2 }, inputs: { dataset: { ...dataset, triplets: [{ anchor: 1, positive: 0, negative: 3 }, { anchor: 5, positive: 6, negative: 0 }] } }, from: "by hand: the second one is held out; the fourth row repeats",
    expected: { examples: check((x) => x, [1, 0, 3, 3]), triplets: check((x) => x.flatMap((v, i) => (v > 0 ? [i] : [])), [1 * 4 + 2]) },
  },
];
