/** Worked examples of Threshold, the limit itself among them. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const distance = (d: number) => ({ distance: tensorValue(float32([], [d])) });

export const cases: NodeCase[] = [
  { name: "the same person", inputs: distance(0.25), params: { threshold: 0.75 }, expected: { decision: { kind: "decision", same: true, distance: 0.25, threshold: 0.75, margin: 0.5 } }, from: "by hand" },
  { name: "someone else", inputs: distance(1), params: { threshold: 0.75 }, expected: { decision: { kind: "decision", same: false, distance: 1, threshold: 0.75, margin: -0.25 } }, from: "by hand" },
  { name: "the limit still counts", inputs: distance(0.75), params: { threshold: 0.75 }, expected: { decision: { kind: "decision", same: true, distance: 0.75, threshold: 0.75, margin: 0 } }, from: "by hand" },
  { name: "a threshold on a wire", inputs: { ...distance(0.25), threshold: { kind: "number", value: 0.125 } }, params: { threshold: 0.75 }, expected: { decision: { kind: "decision", same: false, distance: 0.25, threshold: 0.125, margin: -0.125 } }, from: "by hand" },
];
