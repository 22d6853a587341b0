/** Worked examples of Flatten. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const numbers = Array.from({ length: 12 }, (_, i) => i);

export const cases: NodeCase[] = [
  { name: "channels vary fastest", inputs: { input: tensorValue(float32([2, 1, 3, 2], numbers)) }, expected: { output: tensorValue(float32([2, 6], numbers)) }, from: "by hand", differentiable: ["input"] },
];
