/** Worked examples of EmbeddingMap: principal components against NumPy, and a gallery of three points by hand. */
import type { DatasetValue, GalleryValue, NodeCase, RuntimeValue, ScatterValue } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const X = [1.03345585, -0.9325353, 0.35031484, 1.3412362, -0.20333486, -0.62720134, 0.02395269, -0.13036266, -0.89399648, 0.67955654, -0.26982107, -0.37126441];
const Y = [-0.4567646, -0.70060618, -0.78374003, -0.06990488, 0.11809776, 0.95100555, 0.06391188, 0.08942835, -0.67859269, 0.75237536, -0.34434782, 1.0591373];

const rows: DatasetValue = {
  kind: "dataset", example: [5], meaning: "encoding", network: "busy", data: busy([12, 5], -1, 1, 4).data as Float32Array,
  classes: ["a", "b", "c"], labels: Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / 4)), heldOut: new Uint8Array(12), names: Array.from({ length: 12 }, (_, i) => `p${i}`),
};
/** 3-4-5: the long side is twice the short one, so 0.8 of the variance lies along it. */
const square: GalleryValue = { kind: "gallery", network: "n", width: 2, entries: ([[-2, -1], [-2, 1], [2, -1], [2, 1]] as const).map(([x, y], i) => ({ name: x < 0 ? "left" : "right", photo: `${i}.jpg`, encoding: Float32Array.of(x, y) })) };

export const cases: NodeCase[] = [
  {
    name: "principal components of twelve rows", inputs: { dataset: rows }, from: "NumPy 1.24, tests/peers/embedding_cases.py", tolerance: 1e-5,
    expected: {
      map: { kind: "scatter", axes: ["PCA 1, 36 % of the variance", "PCA 2, 28 % of the variance"], points: X.map((x, i) => ({ x, y: Y[i]!, name: `p${i}`, label: "abc"[Math.floor(i / 4)]! })) },
      silhouette: { kind: "number", value: 0.045054527604041876 },
    },
  },
  {
    name: "a rectangle's corners stay where they are", inputs: { dataset: square }, from: "by hand: silhouette 1 − 2 / ((4 + √20) / 2)",
    expected: {
      map: (value: RuntimeValue) => {
        const { axes, points } = value as ScatterValue;
        if (axes.join() !== "PCA 1, 80 % of the variance,PCA 2, 20 % of the variance") throw new Error(axes.join());
        points.forEach(({ x, y, name, label }, i) => {
          const { encoding, name: who } = square.entries[i]!;
          if (Math.abs(x - encoding[0]!) > 1e-9 || Math.abs(y - encoding[1]!) > 1e-9 || name !== `${i}.jpg` || label !== who) throw new Error(`${name}: ${x}, ${y}`);
        });
      },
      silhouette: { kind: "number", value: 1 - 2 / ((4 + Math.sqrt(20)) / 2) },
    },
  },
];
