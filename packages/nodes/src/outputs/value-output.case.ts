/** Worked examples of ValueOutput. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const text = (words: string) => ({ text: { kind: "text" as const, text: words } });

export const cases: NodeCase[] = [
  { name: "a scalar", inputs: { value: tensorValue(float32([], [0.123456789])) }, expected: text("0.12346"), from: "by hand" },
  { name: "a small tensor in full", inputs: { value: tensorValue(float32([1, 3], [1, 2.5, -3])) }, expected: text("float32 [1,3] 1 2.5 -3"), from: "by hand" },
  { name: "a large one in short", inputs: { value: tensorValue(float32([1, 20], Array.from({ length: 20 }, (_, i) => i))) }, expected: text("float32 [1,20] from 0 to 19, mean 9.5"), from: "by hand" },
  {
    name: "a decision",
    inputs: { value: { kind: "decision", same: true, distance: 0.25, threshold: 0.6, margin: 0.35 } },
    expected: text("same person: distance 0.25, threshold 0.6, margin 0.35"),
    from: "by hand",
  },
];
