/** Reading a calibration: the rates at a threshold, the threshold for a rate, and the chance of a false match among many. */
import type { CalibrationValue } from "@patchbay/runtime/node-api";
import { firstWhere } from "./curve.ts";

type Points = CalibrationValue["points"];

/** FAR and FRR at a threshold. Between two points of the curve the worse of each counts, so that neither is told too small. */
export function ratesIn(points: Points, threshold: number): { far: number; frr: number } {
  const next = firstWhere(points.length, (k) => points[k]!.threshold >= threshold);
  const here = points[Math.min(next, points.length - 1)]!;
  const before = here.threshold === threshold ? here : points[next - 1];
  return { far: here.far, frr: before?.frr ?? 1 };
}

/** The largest threshold of the curve whose FAR is at most `far`, with its rates. */
export function thresholdForFar(points: Points, far: number): Points[number] {
  return points[Math.max(0, firstWhere(points.length, (k) => points[k]!.far > far) - 1)]!;
}

/** `1 − (1 − FAR)^K`: the chance that a stranger is taken for at least one of K, whose comparisons are taken as independent. */
export const falseMatchChance = (far: number, k: number): number => (far >= 1 ? 1 : -Math.expm1(k * Math.log1p(-far)));

/** The FAR of one comparison that leaves a chance of `chance` among K: `1 − (1 − chance)^(1/K)`. */
export const farForChance = (chance: number, k: number): number => (chance >= 1 ? 1 : -Math.expm1(Math.log1p(-chance) / k));
