/** Worked examples of Synthetic faces: the same bytes everywhere, counts, and that pixels alone do not tell people apart. */
import { sha256Hex } from "@patchbay/graph-core";
import type { DatasetValue, NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";
import { eer } from "../faces/error-rates.ts";

const check = (look: (value: DatasetValue) => unknown, wanted: unknown) => (value: RuntimeValue) => {
  const [told, expected] = [JSON.stringify(look(value as DatasetValue)), JSON.stringify(wanted)];
  if (told !== expected) throw new Error(`${told} instead of ${expected}`);
};

/** The equal error rate of Euclidean distances between pixels. */
function pixelError({ data, labels, example }: DatasetValue): number {
  const size = example.reduce((n, d) => n * d, 1);
  const pairs = [...labels].flatMap((a, i) => [...labels.subarray(i + 1)].map((b, k) => {
    let sum = 0;
    for (let p = 0; p < size; p++) sum += (data[i * size + p]! - data[(i + 1 + k) * size + p]!) ** 2;
    return { same: a === b, distance: Math.sqrt(sum) };
  }));
  return eer(pairs).rate;
}

export const cases: NodeCase[] = [
  {
    name: "five people with three photos each, two of them held out", params: { people: 5, photos: 3, size: 16, holdOut: 0.4 }, from: "by hand: counted",
    expected: { dataset: check((d) => [d.example, d.classes[4], d.names[14], [...d.labels], d.heldOut.reduce((n, h) => n + h, 0)], [[16, 16, 3], "person 5", "person 5, photo 3", [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], 6]) },
  },
  {
    name: "pixels say nothing of who it is", params: { people: 12, photos: 5, size: 16 }, from: "by hand: guessing errs in one of two; anything below 0.4 would be too easy",
    expected: {
      dataset: (value) => {
        const rate = pixelError(value as DatasetValue);
        if (rate < 0.4 || rate > 0.55) throw new Error(`an equal error rate of ${rate}`);
      },
    },
  },
  {
    name: "the same bytes on every machine and in every engine", params: { people: 4, photos: 2, size: 24 }, from: "recorded once; only operations that IEEE 754 rounds alike everywhere are used",
    expected: { dataset: check((d) => sha256Hex(d.data as Uint8Array).slice(0, 16), "cb618de02f3cacf8") },
  },
];
