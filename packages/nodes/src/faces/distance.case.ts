/** Worked examples of Distance: every metric by another framework, and the shapes of pairs and batches. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "PyTorch 1.13, tests/peers/face_cases.py";
const vector = (values: readonly number[]) => tensorValue(float32([values.length], values));
const row = (values: readonly number[]) => tensorValue(float32([1, values.length], values));

const ROWS: { readonly [metric: string]: readonly number[] } = {
  euclidean: [0.70400002, 1.7646665, 0.704],
  "squared-euclidean": [0.49561603, 3.1140478, 0.495616],
  cosine: [0.19354903, 1.2563549, 0.11849015],
  manhattan: [1.408, 2.7119999, 1.408],
  "chi-squared": [0.69194628, 2.4533011, 0.59858822],
};
const SINGLE: { readonly [metric: string]: readonly number[] } = {
  euclidean: [1.785291, 1.0049477, 1.268801],
  "squared-euclidean": [3.1872639, 1.00992, 1.609856],
  cosine: [1.2777868, 0.38328822, 0.48967802],
  manhattan: [3.416, 1.792, 1.984],
  "chi-squared": [3.1545142, 1.1538284, 1.5377597],
};

export const cases: NodeCase[] = [
  ...Object.entries(ROWS).map(([metric, values]): NodeCase => ({
    name: `${metric}, row by row`, params: { metric }, inputs: { a: busy([3, 4]), b: busy([3, 4], -1, 1, 5) }, expected: { distance: vector(values) }, from, differentiable: ["a", "b"],
  })),
  ...Object.entries(SINGLE).map(([metric, values]): NodeCase => ({
    name: `${metric}, one against three`, params: { metric }, inputs: { a: busy([1, 4], -1, 1, 9), b: busy([3, 4]) }, expected: { distance: vector(values) }, from,
  })),
  { name: "a pair gives one number", inputs: { a: row([1, 2]), b: row([4, 6]) }, expected: { distance: tensorValue(float32([], [5])) }, from: "by hand: 3² + 4² = 5²" },
  { name: "two plain vectors", inputs: { a: vector([1, 2]), b: vector([4, 6]) }, expected: { distance: tensorValue(float32([], [5])) }, from: "by hand" },
];
