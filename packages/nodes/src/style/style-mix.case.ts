/** Worked examples of StyleMix. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const scalar = (value: number) => tensorValue(float32([], [value]));
const inputLists = { costs: [scalar(3), scalar(5), scalar(1)] };

export const cases: NodeCase[] = [
  { name: "equal shares", inputLists, expected: { cost: scalar(3) }, from: "by hand", differentiable: ["costs"] },
  { name: "weighed, in the order of the wires", params: { weights: [2, 0.5, 0] }, inputLists, expected: { cost: scalar(8.5) }, from: "by hand", differentiable: ["costs"] },
  { name: "one style alone", inputLists: { costs: [scalar(4)] }, expected: { cost: scalar(4) }, from: "by hand" },
];
