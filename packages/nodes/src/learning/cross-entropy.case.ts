/** Worked examples of Cross-entropy: by another framework, and scores beyond what exponentials can hold. */
import { float32, tensor, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const numbers = (...values: number[]) => tensorValue(float32([values.length], values));
const scalar = (value: number) => tensorValue(float32([], [value]));
const labels = tensorValue(tensor("int32", [4], [2, 0, 1, 1]));
const same = numbers(1, 0, 1, 0);
const from = "PyTorch 1.13, tests/peers/learning_cases.py";

export const cases: NodeCase[] = [
  { name: "three classes", inputs: { predictions: busy([4, 3], -3, 3), labels }, from, expected: { loss: scalar(1.4011011), losses: numbers(0.28896425, 0.20636288, 3.0065385, 2.1025389), accuracy: scalar(0.5) }, differentiable: ["predictions"] },
  { name: "three classes, weighted", inputs: { predictions: busy([4, 3], -3, 3), labels, weights: numbers(1, 0, 2, 1) }, from, expected: { loss: scalar(2.101145), losses: numbers(0.28896425, 0, 6.0130771, 2.1025389), accuracy: scalar(0.25) } },
  { name: "yes or no by scores", params: { kind: "yes-no" }, inputs: { predictions: busy([4], -3, 3, 4), labels: same }, from, expected: { loss: scalar(1.3072283), losses: numbers(2.0777704, 0.3446373, 0.4725687, 2.333937), accuracy: scalar(0.5) }, differentiable: ["predictions"] },
  { name: "yes or no by probabilities, one column", params: { kind: "probability" }, inputs: { predictions: busy([4, 1], 0.05, 0.95, 4), labels: same }, from, expected: { losses: numbers(1.568296, 0.45696897, 0.55234226, 1.8005984), accuracy: scalar(0.5) }, differentiable: ["predictions"] },
  { name: "scores of a thousand stay finite", params: { kind: "yes-no", reduction: "sum" }, inputs: { predictions: numbers(1000, -1000, 1000), labels: numbers(1, 0, 0) }, from: "by hand: 0 + 0 + 1000", expected: { loss: scalar(1000), accuracy: scalar(2 / 3) } },
  { name: "and so do those of classes", inputs: { predictions: tensorValue(float32([1, 2], [1000, -1000])), labels: tensorValue(tensor("int32", [1], [1])) }, from: "by hand: 2000 + log(1 + e⁻²⁰⁰⁰)", expected: { loss: scalar(2000), accuracy: scalar(0) } },
];
