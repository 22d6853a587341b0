/** Worked examples of Contrastive loss: by another framework, and by hand what costs nothing. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const numbers = (...values: number[]) => tensorValue(float32([values.length], values));
const scalar = (value: number) => tensorValue(float32([], [value]));
const pairs = { a: busy([4, 3]), b: busy([4, 3], -1, 1, 5), same: numbers(1, 0, 1, 0) };
const from = "PyTorch 1.13, tests/peers/learning_cases.py";

export const cases: NodeCase[] = [
  { name: "four pairs", params: { margin: 1.5 }, inputs: pairs, from, expected: { loss: scalar(0.61839857), losses: numbers(0.185856, 0.39633317, 1.4950719, 0.39633317) }, differentiable: ["a", "b"] },
  { name: "weighted, one left out", params: { margin: 1.5 }, inputs: { ...pairs, weights: numbers(1, 0, 2, 1) }, from, expected: { loss: scalar(0.89308326), losses: numbers(0.185856, 0, 2.9901439, 0.39633317) }, differentiable: ["a", "b"] },
  { name: "different and beyond the margin costs nothing, equal and different the whole margin", params: { reduction: "sum" }, inputs: { a: tensorValue(float32([2, 2], [0, 0, 1, 1])), b: tensorValue(float32([2, 2], [3, 4, 1, 1])), same: numbers(0, 0) }, from: "by hand: d = 5 > 1; ½·1²", expected: { loss: scalar(0.5), losses: numbers(0, 0.5) } },
];
