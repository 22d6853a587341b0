/** A calibration as curves to draw and as a table to read. */
import type { CalibrationValue, Estimate, SeriesValue, TableValue } from "@patchbay/runtime/node-api";
import { probit } from "./probit.ts";
import { thresholdForFar } from "./read-off.ts";

/** True acceptance over false acceptance, from (0, 0) to (1, 1). */
export function rocSeries({ points }: CalibrationValue): SeriesValue {
  const all = [{ far: 0, frr: 1 }, ...points.filter((p) => p.far > 0 || p.frr < 1)];
  return { kind: "series", x: { name: "FAR", values: all.map((p) => p.far) }, curves: [{ name: "1 − FRR", values: all.map((p) => 1 - p.frr) }] };
}

/** Both error rates as normal deviates, where neither is 0 or 1: −3.09 is 0.1 %, −2.33 is 1 %, 0 is 50 %. */
export function detSeries({ points }: CalibrationValue): SeriesValue {
  const inside = points.filter(({ far, frr }) => far > 0 && far < 1 && frr > 0 && frr < 1);
  return { kind: "series", x: { name: "FAR, normal deviate", values: inside.map((p) => probit(p.far)) }, curves: [{ name: "FRR, normal deviate", values: inside.map((p) => probit(p.frr)) }] };
}

export const ratesSeries = ({ points }: CalibrationValue): SeriesValue => ({
  kind: "series",
  x: { name: "threshold", values: points.map((p) => p.threshold) },
  curves: [{ name: "FAR", values: points.map((p) => p.far) }, { name: "FRR", values: points.map((p) => p.frr) }],
});

/** Shares of the pairs of each kind, by the middle of each bin: the two kinds differ by magnitudes in number. */
export const histogramSeries = ({ histogram: { from, width, same, different }, pairs }: CalibrationValue): SeriesValue => ({
  kind: "series",
  x: { name: "distance", values: same.map((_, i) => from + (i + 0.5) * width) },
  curves: [{ name: "same person", values: same.map((n) => n / pairs.same) }, { name: "different people", values: different.map((n) => n / pairs.different) }],
});

/** FARs that people ask for, as far as so many pairs can tell them. */
export const askedFor = ({ points, pairs }: CalibrationValue): { target: number; threshold: number; far: number; frr: number }[] =>
  [0.1, 0.01, 0.001, 1e-4, 1e-5].filter((target) => target * pairs.different >= 1).map((target) => ({ target, ...thresholdForFar(points, target) }));

export function summaryTable(calibration: CalibrationValue): TableValue {
  const { auc, eer, chosen, pairs, people } = calibration;
  const estimate = (name: string, { value, low, high }: Estimate): TableValue["rows"][number] => [name, value, low, high];
  const plain = (name: string, value: number): TableValue["rows"][number] => [name, value, null, null];
  return {
    kind: "table",
    columns: ["measure", "value", "low", "high"],
    rows: [
      estimate(`threshold (${chosen.rule})`, chosen.threshold),
      estimate("FAR there", chosen.far),
      estimate("FRR there", chosen.frr),
      estimate("EER", eer),
      plain("threshold at the EER", eer.threshold),
      estimate("AUC", auc),
      ...askedFor(calibration).flatMap(({ target, threshold, frr }) => [plain(`threshold for FAR ≤ ${target * 100} %`, threshold), plain(`FRR at FAR ≤ ${target * 100} %`, frr)]),
      plain("pairs of one person", pairs.same),
      plain("pairs of different people", pairs.different),
      ...(people ? [plain("people", people)] : []),
    ],
  };
}
