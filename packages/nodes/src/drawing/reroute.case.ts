/** Worked examples of Reroute. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const tensor = tensorValue(float32([1, 3], [1, 2.5, -3]));
const decision = { kind: "decision" as const, same: true, distance: 0.25, threshold: 0.6, margin: 0.35 };

export const cases: NodeCase[] = [
  { name: "a tensor", inputs: { in: tensor }, expected: { out: tensor }, from: "by hand" },
  { name: "a decision", inputs: { in: decision }, expected: { out: decision }, from: "by hand" },
];
