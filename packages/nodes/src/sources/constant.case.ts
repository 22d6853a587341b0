/** Worked examples of Constant. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [
  { name: "nested lists", params: { values: [[1, 2, 3], [4, 5, 6]] }, expected: { value: tensorValue(float32([2, 3], [1, 2, 3, 4, 5, 6])) }, from: "by hand" },
  { name: "a flat list in a given shape", params: { values: [1, 2, 3, 4], shape: [2, 2] }, expected: { value: tensorValue(float32([2, 2], [1, 2, 3, 4])) }, from: "by hand" },
  { name: "one number fills a shape", params: { values: [0.5], shape: [1, 3] }, expected: { value: tensorValue(float32([1, 3], [0.5, 0.5, 0.5])) }, from: "by hand" },
  { name: "a scalar", params: { values: [7], scalar: true }, expected: { value: tensorValue(float32([], [7])) }, from: "by hand" },
];
