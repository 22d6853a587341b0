/** Worked examples of TotalCost. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const scalar = (value: number) => tensorValue(float32([], [value]));
const inputs = { content: scalar(3), style: scalar(5), variation: scalar(7) };

export const cases: NodeCase[] = [
  { name: "α, β and γ", params: { alpha: 2, beta: 10, gamma: 0.5 }, inputs, expected: { total: scalar(59.5) }, from: "by hand", differentiable: ["content", "style", "variation"] },
  { name: "strength 1 weighs content by 0.01", params: { balance: "strength", strength: 1, gamma: 1 }, inputs, expected: { total: scalar(12.03) }, from: "by hand", differentiable: ["content"] },
  { name: "strength 0 weighs content by 0.1", params: { balance: "strength", strength: 0, gamma: 0 }, inputs, expected: { total: scalar(5.3) }, from: "by hand" },
  { name: "the style alone", params: { beta: 4 }, inputs: { style: scalar(5) }, expected: { total: scalar(20) }, from: "by hand" },
];
