/** Reads a calibration out of a file: nothing of it is believed before it is looked at. */
import type { CalibrationValue, Estimate } from "@patchbay/runtime/node-api";

type Fields = { readonly [key: string]: unknown };

/** The calibration, or `undefined` where anything is missing, out of range or out of order. Fields that it does not know are left out. */
export function parseCalibration(json: unknown): CalibrationValue | undefined {
  if (!isRecord(json) || json["kind"] !== "calibration") return undefined;
  const { network, metric, people } = json;
  const pairs = isRecord(json["pairs"]) && isCount(json["pairs"]["same"]) && isCount(json["pairs"]["different"]) ? { same: json["pairs"]["same"], different: json["pairs"]["different"] } : undefined;
  const [auc, eer, points, histogram] = [readRate(json["auc"]), readRate(json["eer"]), readPoints(json["points"]), readHistogram(json["histogram"])];
  const at = isRecord(json["eer"]) ? json["eer"]["threshold"] : undefined;
  const [chosen, confidence] = [readChosen(json["chosen"]), readConfidence(json["confidence"])];
  if (!isName(network) || !isName(metric) || !isCount(people) || !pairs || !auc || !eer || !isNumber(at) || !points || !histogram || !chosen || !confidence) return undefined;
  return { kind: "calibration", network, metric, pairs, people, auc, eer: { ...eer, threshold: at }, points, histogram, chosen, confidence };
}

function readPoints(list: unknown): CalibrationValue["points"] | undefined {
  if (!Array.isArray(list) || list.length < 2 || list.length > 100_000) return undefined;
  const points = list.map((p: unknown) => (isRecord(p) && isNumber(p["threshold"]) && isRate(p["far"]) && isRate(p["frr"]) ? { threshold: p["threshold"], far: p["far"], frr: p["frr"] } : undefined));
  const ordered = points.every((p, i) => p && (i === 0 || (p.threshold > points[i - 1]!.threshold && p.far >= points[i - 1]!.far && p.frr <= points[i - 1]!.frr)));
  return ordered ? (points as CalibrationValue["points"][number][]) : undefined;
}

function readHistogram(json: unknown): CalibrationValue["histogram"] | undefined {
  if (!isRecord(json)) return undefined;
  const { from, width, same, different } = json;
  const counts = (list: unknown): list is number[] => Array.isArray(list) && list.length > 0 && list.length <= 10_000 && list.every(isCount);
  return isNumber(from) && isNumber(width) && width > 0 && counts(same) && counts(different) && same.length === different.length ? { from, width, same: [...same], different: [...different] } : undefined;
}

function readChosen(json: unknown): CalibrationValue["chosen"] | undefined {
  if (!isRecord(json) || !isName(json["rule"])) return undefined;
  const [threshold, far, frr] = [readEstimate(json["threshold"]), readRate(json["far"]), readRate(json["frr"])];
  return threshold && far && frr ? { rule: json["rule"], threshold, far, frr } : undefined;
}

const readConfidence = (json: unknown): CalibrationValue["confidence"] | undefined => (isRecord(json) && isRate(json["share"]) && isCount(json["samples"]) ? { share: json["share"], samples: json["samples"] } : undefined);

function readEstimate(json: unknown): Estimate | undefined {
  if (!isRecord(json)) return undefined;
  const { value, low, high } = json;
  return isNumber(value) && isNumber(low) && isNumber(high) && low <= value && value <= high ? { value, low, high } : undefined;
}

function readRate(json: unknown): Estimate | undefined {
  const estimate = readEstimate(json);
  return estimate && isRate(estimate.low) && isRate(estimate.high) ? estimate : undefined;
}

const isRecord = (x: unknown): x is Fields => typeof x === "object" && x !== null && !Array.isArray(x);
const isNumber = (x: unknown): x is number => typeof x === "number" && Number.isFinite(x);
const isRate = (x: unknown): x is number => isNumber(x) && x >= 0 && x <= 1;
const isCount = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0;
const isName = (x: unknown): x is string => typeof x === "string" && x.length > 0 && x.length <= 1000;
