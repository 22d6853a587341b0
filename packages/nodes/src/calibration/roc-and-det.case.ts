/** Worked examples of ROC: a line of five pictures by hand, and two dozen encodings against NumPy. */
import { float32, tensorValue, type CalibrationValue, type DatasetValue, type FileValue, type GalleryValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const close = (found: number, wanted: number, what: string) => {
  if (!(Math.abs(found - wanted) <= 1e-7)) throw new Error(`${what}: ${found} instead of ${wanted}`);
};

/** a at 0 and 1, b at 3 and 5, c at 4: distances of one person 1, 2; of different people 1, 1, 2, 3, 3, 4, 4, 5. */
const line: GalleryValue = { kind: "gallery", network: "line", width: 1, entries: [["a", 0], ["a", 1], ["b", 3], ["b", 5], ["c", 4]].map(([name, x]) => ({ name: name as string, encoding: Float32Array.of(x as number) })) };

const byHand = (value: RuntimeValue) => {
  const { auc, eer, points, pairs, people, chosen, histogram } = value as CalibrationValue;
  // At τ = 1 FAR is 2/8 and FRR 1/2, at 2 they are 3/8 and 0: the lines cross after 0.25 / (0.25 + 0.375) of the way.
  close(eer.value, 0.3, "EER");
  close(eer.threshold, 1.4, "threshold at the EER");
  close(auc.value, (7 / 8 + 5.5 / 8) / 2, "AUC"); // of 8 others, 1 lies below 6 and on 2, and 2 below 5 and on 1;
  close(chosen.far.value, 2 / 8, "FAR");
  close(chosen.frr.value, 1 / 2, "FRR");
  const curve = JSON.stringify(points.map((p) => [p.threshold, p.far, p.frr]));
  if (curve !== "[[0,0,1],[1,0.25,0.5],[2,0.375,0],[3,0.625,0],[4,0.875,0],[5,1,0]]") throw new Error(curve);
  if (pairs.same !== 2 || pairs.different !== 8 || people !== 3) throw new Error("wrong counts");
  if (histogram.same[10] !== 1 || histogram.different[10] !== 2 || histogram.different.at(-1) !== 1 || histogram.width !== 0.1) throw new Error(`wrong bins: ${histogram.different}`);
};

/** 24 pictures of 6 people: a place for each person and something of its own for each picture. */
const places = busy([6, 4], -1, 1, 3).data;
const own = busy([24, 4], -0.7, 0.7, 8).data;
const crowd: DatasetValue = {
  kind: "dataset", example: [4], meaning: "encoding", network: "busy",
  data: Float32Array.from({ length: 96 }, (_, i) => places[4 * Math.floor(i / 16) + (i % 4)]! + own[i]!),
  classes: ["a", "b", "c", "d", "e", "f"], labels: Int32Array.from({ length: 24 }, (_, i) => Math.floor(i / 4)), heldOut: new Uint8Array(24), names: Array.from({ length: 24 }, (_, i) => `p${i}`),
};

const FROM = "NumPy 1.24, tests/peers/calibration_cases.py";
const NUMPY: { readonly [metric: string]: { auc: number; eer: number; at: number; far: readonly number[]; frr: readonly number[] } } = {
  euclidean: { auc: 0.904050925926, eer: 0.166666666667, at: 1.312687091883, far: [0.936489111748, 0.05, 0.472222222222], frr: [1.555379309605, 0.279166666667, 0.027777777778] },
  manhattan: { auc: 0.895023148148, eer: 0.154166666667, at: 2.184000049159, far: [1.536799937487, 0.05, 0.611111111111], frr: [2.660000160336, 0.304166666667, 0.027777777778] },
  cosine: { auc: 0.90775462963, eer: 0.166666666667, at: 0.504206702117, far: [0.189072521372, 0.05, 0.555555555556], frr: [0.73073777764, 0.2875, 0.027777777778] },
};

const chosen = (rule: string, [threshold, far, frr]: readonly number[]) => (value: RuntimeValue) => {
  const calibration = value as CalibrationValue;
  close(calibration.chosen.threshold.value, threshold!, "threshold");
  close(calibration.chosen.far.value, far!, "FAR");
  close(calibration.chosen.frr.value, frr!, "FRR");
  if (calibration.chosen.rule !== rule) throw new Error(calibration.chosen.rule);
};

export const cases: NodeCase[] = [
  {
    name: "five pictures on a line", inputs: { dataset: line }, from: "by hand",
    expected: {
      calibration: byHand,
      threshold: { kind: "number", value: 1.4 },
      roc: { kind: "series", x: { name: "FAR", values: [0, 0.25, 0.375, 0.625, 0.875, 1] }, curves: [{ name: "1 − FRR", values: [0, 0.5, 1, 1, 1, 1] }] },
      rates: { kind: "series", x: { name: "threshold", values: [0, 1, 2, 3, 4, 5] }, curves: [{ name: "FAR", values: [0, 0.25, 0.375, 0.625, 0.875, 1] }, { name: "FRR", values: [1, 0.5, 0, 0, 0, 0] }] },
      // Φ⁻¹(0.25) = −0.67449, Φ⁻¹(0.5) = 0: the one point where neither rate is 0 or 1.
      det: { kind: "series", x: { name: "FAR, normal deviate", values: [-0.6744897502] }, curves: [{ name: "FRR, normal deviate", values: [0] }] },
      report: (value) => {
        const { name, mime, bytes } = value as FileValue;
        const text = new TextDecoder().decode(bytes);
        if (name !== "calibration.html" || mime !== "text/html" || !text.includes("τ = 1.4") || text.split("<svg").length !== 5) throw new Error(text.slice(0, 2000));
      },
    },
  },
  {
    name: "the same by distances and answers", from: "by hand",
    inputs: { distance: tensorValue(float32([10], [3, 1, 1, 2, 5, 4, 4, 1, 3, 2])), same: tensorValue(float32([10], [0, 1, 0, 1, 0, 0, 0, 0, 0, 0])) },
    expected: { threshold: { kind: "number", value: 1.4 } },
  },
  ...Object.entries(NUMPY).map(([metric, { auc, eer, at }]): NodeCase => ({
    name: `${metric} encodings, EER`, params: { metric }, inputs: { dataset: crowd }, from: FROM,
    expected: {
      threshold: { kind: "number", value: at },
      calibration: (value) => {
        close((value as CalibrationValue).auc.value, auc, "AUC");
        close((value as CalibrationValue).eer.value, eer, "EER");
        if ((value as CalibrationValue).network !== "busy" || (value as CalibrationValue).metric !== metric) throw new Error("of another network or metric");
      },
    },
  })),
  ...Object.entries(NUMPY).flatMap(([metric, { far, frr }]): NodeCase[] => [
    { name: `${metric} encodings, FAR of 5 %`, params: { metric, rule: "far", far: 0.05 }, inputs: { dataset: crowd }, from: FROM, expected: { calibration: chosen("FAR ≤ 0.05", far) } },
    { name: `${metric} encodings, FRR of 5 %`, params: { metric, rule: "frr", frr: 0.05 }, inputs: { dataset: crowd }, from: FROM, expected: { calibration: chosen("FRR ≤ 0.05", frr) } },
  ]),
  {
    name: "a false match among three", params: { rule: "among", chance: 1 - 0.95 ** 3, people: 3 }, inputs: { dataset: crowd }, from: `${FROM}: (1 − 0.05)³ is left`,
    expected: { calibration: (value) => chosen("false match among 3 ≤ 0.143", NUMPY["euclidean"]!.far)(value) },
  },
];
