/** Worked examples of TableOutput. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [
  {
    name: "the rows of a matrix, cut after two",
    params: { rows: 2 },
    inputs: { value: tensorValue(float32([3, 2], [1, 2, 3, 4, 5, 6])) },
    expected: { table: { kind: "table", columns: ["0", "1"], rows: [[1, 2], [3, 4]] } },
    from: "by hand",
  },
  {
    name: "a series step by step",
    inputs: { value: { kind: "series", x: { name: "step", values: [1, 2] }, curves: [{ name: "total", values: [9, 4] }, { name: "style", values: [8] }] } },
    expected: { table: { kind: "table", columns: ["step", "total", "style"], rows: [[1, 9, 8], [2, 4, null]] } },
    from: "by hand",
  },
];
