/** Worked examples of Triplet loss: by another framework, by hand, and the collapse that the spread shows. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const scalar = (value: number) => tensorValue(float32([], [value]));
const rows = (...values: readonly number[][]) => tensorValue(float32([values.length, values[0]!.length], values.flat()));
const inputs = { anchor: busy([4, 3]), positive: busy([4, 3], -1, 1, 3), negative: busy([4, 3], -1, 1, 7) };
const from = "PyTorch 1.13, tests/peers/face_cases.py";

export const cases: NodeCase[] = [
  {
    name: "four triplets, summed", inputs, from, differentiable: ["anchor", "positive", "negative"],
    expected: { loss: scalar(0.87020793), losses: tensorValue(float32([4], [0, 0, 0.87020793, 0])), satisfied: scalar(3), spread: scalar(0.92991397) },
  },
  { name: "their mean", params: { reduction: "mean" }, inputs, expected: { loss: scalar(0.21755198) }, from },
  {
    name: "three that count, of which one keeps the margin", params: { margin: 2.5, reduction: "mean" }, inputs: { ...inputs, weights: tensorValue(float32([4], [1, 1, 1, 0])) }, from: "PyTorch 1.13, tests/peers/learning_cases.py", differentiable: ["anchor", "positive", "negative"],
    expected: { loss: scalar(1.6422613), losses: tensorValue(float32([4], [1.756576, 0, 3.1702079, 0])), satisfied: scalar(1) },
  },
  {
    name: "by hand: one easy, one hard", inputs: { anchor: rows([0, 0], [0, 0]), positive: rows([1, 0], [2, 0]), negative: rows([0, 2], [0, 1]) },
    expected: { loss: scalar(3.2), losses: tensorValue(float32([2], [0, 3.2])), satisfied: scalar(1) }, from: "by hand: 1 − 4 + 0.2 < 0; 4 − 1 + 0.2",
  },
  {
    name: "a collapsed encoder pays the margin and has no spread", inputs: { anchor: rows([0.5, 0.5]), positive: rows([0.5, 0.5]), negative: rows([0.5, 0.5]) },
    expected: { loss: scalar(0.2), losses: tensorValue(float32([1], [0.2])), satisfied: scalar(0), spread: scalar(0) }, from: "by hand: L = α", tolerance: 1e-4,
  },
];
