/** Worked examples of Synthetic CT: without noise, what is labelled a lesion is denser in the middle than a healthy cube can be around it. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

const CUBE = 8;

function isLabelled(value: RuntimeValue): void {
  if (value.kind !== "dataset") throw new Error(`a ${value.kind} came out`);
  if (value.labels.length !== 40 || value.labels.reduce((n, l) => n + l, 0) !== 20) throw new Error(`labels ${value.labels}`);
  // Whole scans are held out: one of four, its ten cubes.
  if (String(value.heldOut) !== String([...new Array<number>(30).fill(0), ...new Array<number>(10).fill(1)])) throw new Error(`held out ${value.heldOut}`);
}

function hasLesions(value: RuntimeValue): void {
  if (value.kind !== "tensor") throw new Error(`a ${value.kind} came out`);
  const share = Array.from(value.data).reduce((n, v) => n + v, 0) / value.data.length;
  // Three balls with radii of 1 to 2 voxels of 24: between 12 and 100 of 13 824 voxels.
  if (!(share > 12 / 13824 && share < 110 / 13824)) throw new Error(`a share of ${share}`);
}

export const cases: NodeCase[] = [
  {
    name: "small scans without noise",
    params: { size: 24, cube: CUBE, scans: 4, cubes: 10, lesions: 3, noise: 0 },
    expected: {
      dataset: isLabelled,
      mask: hasLesions,
      volume: (value) => { if (value.kind !== "tensor" || Math.max(...value.data) > 1 || Math.min(...value.data) < 0 || String(value.shape) !== "1,24,24,24,1") throw new Error("no scan"); },
      lesions: (value) => { if (value.kind !== "table" || value.rows.length !== 3 || value.rows.some((row) => (row[3] as number) < 1 || (row[3] as number) > 2)) throw new Error(JSON.stringify(value)); },
      table: { kind: "table", columns: ["class", "examples", "held out"], rows: [["healthy", 20, 5], ["lesion", 20, 5]] },
    },
    from: "by hand",
  },
];
