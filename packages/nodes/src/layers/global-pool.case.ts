/** Worked examples of GlobalPool. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const picture = tensorValue(float32([2, 2, 2, 2], [1, 8, 2, 7, 3, 6, 4, 1, 0, -1, 0, -2, 0, -3, 8, -6]));

export const cases: NodeCase[] = [
  { name: "the mean of each channel", inputs: { input: picture }, expected: { output: tensorValue(float32([2, 2], [2.5, 5.5, 2, -3])) }, from: "by hand", differentiable: ["input"] },
  { name: "the largest along a signal", params: { kind: "max" }, inputs: { input: tensorValue(float32([1, 3, 2], [1, -4, 3, -2, 2, -3])) }, expected: { output: tensorValue(float32([1, 2], [3, -2])) }, from: "by hand", differentiable: ["input"] },
];
