/** The four figures of a calibration's report. */
import type { CalibrationValue } from "@patchbay/runtime/node-api";
import { detSeries, histogramSeries, rocSeries } from "../curves-of.ts";
import { probit } from "../probit.ts";
import { roundTicks, type Axis, type Chart } from "./chart.ts";

const share = (title: string): Axis => ({ title, from: 0, to: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, text: `${Math.round(at * 100)} %` })) });

/** Rates that a DET axis names. */
const RATES = [1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99];

export function figuresOf(calibration: CalibrationValue): readonly Chart[] {
  const { points, histogram, chosen } = calibration;
  const limit = chosen.threshold.value;
  const from = points[0]!.threshold;
  const to = points.at(-1)!.threshold;
  const distances: Axis = { title: "distance", from, to: to > from ? to : from + 1, ticks: roundTicks(from, to > from ? to : from + 1) };
  const mark = { at: limit, text: `τ = ${Number(limit.toPrecision(3))}` };
  const bars = histogramSeries(calibration);
  const most = Math.max(...bars.curves.flatMap((c) => c.values));
  const bins = (curve: number): [number, number][] => [...bars.curves[curve]!.values.map((v, i): [number, number] => [histogram.from + i * histogram.width, v]), [histogram.from + bars.x.values.length * histogram.width, 0]];
  const roc = rocSeries(calibration);
  return [
    {
      title: "Distances of pairs", x: distances, mark,
      y: { title: "share of the pairs of a kind", from: 0, to: most * 1.08, ticks: roundTicks(0, most * 1.08, 5).map(({ at }) => ({ at, text: `${Number((at * 100).toPrecision(3))} %` })) },
      lines: [{ name: "same person", style: "a", points: bins(0), step: true, fill: true }, { name: "different people", style: "b", points: bins(1), step: true, fill: true }],
    },
    {
      title: "Error rates over the threshold", x: { ...distances, title: "threshold τ" }, y: share("error rate"), mark,
      lines: [{ name: "FRR", style: "a", points: points.map((p) => [p.threshold, p.frr]), step: true }, { name: "FAR", style: "b", points: points.map((p) => [p.threshold, p.far]), step: true }],
    },
    {
      title: "ROC", x: share("false acceptance rate (FAR)"), y: share("true acceptance rate (1 − FRR)"),
      lines: [{ style: "guide", points: [[0, 0], [1, 1]] }, { style: "a", points: roc.x.values.map((far, i) => [far, roc.curves[0]!.values[i]!]) }],
      dot: [chosen.far.value, 1 - chosen.frr.value],
    },
    det(calibration),
  ];
}

function det(calibration: CalibrationValue): Chart {
  const curve = detSeries(calibration);
  const { far, frr } = calibration.chosen;
  const ends = (values: readonly number[]): [number, number] => [Math.min(probit(0.01), ...values), Math.max(probit(0.5), ...values)];
  const axis = (title: string, [from, to]: [number, number]): Axis => ({ title, from, to, ticks: RATES.map((rate) => ({ at: probit(rate), text: `${Number((rate * 100).toPrecision(3))} %` })).filter(({ at }) => at >= from - 1e-6 && at <= to + 1e-6) });
  const inside = [far.value, frr.value].every((rate) => rate > 0 && rate < 1);
  return {
    title: "DET", x: axis("false acceptance rate (FAR)", ends(curve.x.values)), y: axis("false rejection rate (FRR)", ends(curve.curves[0]!.values)),
    lines: [{ style: "guide", points: diagonal(ends(curve.x.values), ends(curve.curves[0]!.values)) }, { style: "a", points: curve.x.values.map((x, i) => [x, curve.curves[0]!.values[i]!]) }],
    ...(curve.x.values.length ? {} : { note: "No threshold makes errors of both kinds on these pairs." }),
    ...(inside ? { dot: [probit(far.value), probit(frr.value)] as const } : {}),
  };
}

/** Where both rates are equal, as far as both axes reach. */
const diagonal = (x: [number, number], y: [number, number]): [number, number][] => [Math.max(x[0], y[0]), Math.min(x[1], y[1])].map((v) => [v, v]);
