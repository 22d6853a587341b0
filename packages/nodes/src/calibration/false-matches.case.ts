/** Worked examples of FalseMatches: the formula by hand on a small curve. */
import type { CalibrationValue, GalleryValue, NodeCase } from "@patchbay/runtime/node-api";

const exactly = (value: number) => ({ value, low: value, high: value });

/** 1,000 pairs of each kind; rates read off at 0.5 (FAR 1 %) and 0.25 (FAR 0.1 %). */
const calibration: CalibrationValue = {
  kind: "calibration", network: "face-128", metric: "euclidean", pairs: { same: 1000, different: 1000 }, people: 50,
  auc: exactly(0.99), eer: { ...exactly(0.03), threshold: 0.6 },
  points: [{ threshold: 0, far: 0, frr: 1 }, { threshold: 0.25, far: 0.001, frr: 0.2 }, { threshold: 0.5, far: 0.01, frr: 0.05 }, { threshold: 1, far: 1, frr: 0 }],
  histogram: { from: 0, width: 0.5, same: [950, 50], different: [10, 990] },
  chosen: { rule: "FAR ≤ 0.01", threshold: exactly(0.5), far: exactly(0.01), frr: exactly(0.05) }, confidence: { share: 0.95, samples: 0 },
};
const two: GalleryValue = { kind: "gallery", network: "face-128", width: 1, calibration, entries: [{ name: "a", encoding: Float32Array.of(0) }, { name: "a", encoding: Float32Array.of(1) }] };

export const cases: NodeCase[] = [
  {
    name: "a hundred people at a FAR of 1 %", params: { people: 100, chance: 0.1 }, inputs: { calibration }, from: "by hand: 1 − 0.99¹⁰⁰; a FAR of 1 − 0.9^0.01 = 0.00105 is wanted, and 0.001 there is",
    expected: {
      chance: { kind: "number", value: 1 - 0.99 ** 100 },
      threshold: { kind: "number", value: 0.25 },
      table: { kind: "table", columns: ["threshold", "FAR", "FRR", "chance among 100"], rows: [[0.5, 0.01, 0.05, 1 - 0.99 ** 100], [0.25, 0.001, 0.2, 1 - 0.999 ** 100]] },
    },
  },
  {
    name: "a gallery's two photos, at a threshold between two points", params: { chance: 0.02 }, inputs: { gallery: two, threshold: { kind: "number", value: 0.3 } }, from: "by hand: the worse rates around 0.3 are FAR 1 % and FRR 20 %; 1 − 0.99² = 0.0199 is little enough",
    expected: {
      chance: { kind: "number", value: 0.0199 },
      threshold: { kind: "number", value: 0.5 },
      table: { kind: "table", columns: ["threshold", "FAR", "FRR", "chance among 2"], rows: [[0.3, 0.01, 0.2, 0.0199], [0.5, 0.01, 0.05, 0.0199]] },
    },
  },
  {
    name: "over K", params: { people: 1, chance: 0.01 }, inputs: { calibration }, from: "by hand",
    expected: { curve: { kind: "series", x: { name: "K", values: [1, 2, 3, 4, 6, 10] }, curves: ["at 0.5", "at 0.5"].map((name) => ({ name, values: [1, 2, 3, 4, 6, 10].map((k) => 1 - 0.99 ** k) })) } },
  },
];
