/** From labelled pairs to a calibration: error rates over thresholds, a threshold by a rule, and how sure all of it is. */
import type { CalibrationValue } from "@patchbay/runtime/node-api";
import { bootstrap, interval, rateInterval } from "./bootstrap.ts";
import { areaUnder, curveOf, equalErrorRate, ratesAt, type Curve, type SortedPairs } from "./curve.ts";
import type { LabelledPairs } from "./labelled-pairs.ts";
import { pick, ruleText, type Rule } from "./rule.ts";

export interface CalibrateOptions {
  readonly metric: string;
  readonly rule: Rule;
  /** Bootstrap samples, and the share of them between the ends of an interval. */
  readonly samples: number;
  readonly share: number;
  readonly seed: number;
  pause?(done: number): Promise<void> | void;
}

const BINS = 50;

/** `sampled` is false where too few people have two pictures for drawing them again: intervals are points then. */
export async function calibrate(labelled: LabelledPairs, options: CalibrateOptions): Promise<{ calibration: CalibrationValue; sampled: boolean }> {
  const { pairs, same, different, people, network } = labelled;
  const { metric, rule, share, samples, seed, pause } = options;
  const curve = curveOf(pairs)!;
  const threshold = pick(curve, rule);
  const rates = ratesAt(curve, threshold);
  const equal = equalErrorRate(curve);
  const spread = await bootstrap(pairs, { units: people || pairs.distance.length, samples, seed, rule, threshold, ...(pause ? { pause } : {}) });
  return {
    sampled: spread !== null,
    calibration: {
      kind: "calibration",
      network,
      metric,
      pairs: { same, different },
      people,
      auc: interval(areaUnder(curve), spread?.auc, share),
      eer: { ...rateInterval(equal.rate, spread?.eer, share, Math.min(same, different)), threshold: equal.threshold },
      points: pointsOf(curve, [threshold, equal.threshold]),
      histogram: histogramOf(pairs),
      chosen: {
        rule: ruleText(rule),
        threshold: interval(threshold, spread?.threshold, share),
        far: rateInterval(rates.far, spread?.far, share, different),
        frr: rateInterval(rates.frr, spread?.frr, share, same),
      },
      confidence: { share, samples: spread ? samples : 0 },
    },
  };
}

/**
 * The curve with as many points as can be told apart: a next one where a rate has moved by 1/256, or by a tenth of itself
 * (small rates matter on logarithmic axes), and those around the thresholds in `keep`. Begins where nothing is accepted.
 */
function pointsOf({ length, threshold, far, frr }: Curve, keep: readonly number[]): CalibrationValue["points"][number][] {
  const point = (k: number) => ({ threshold: threshold[k]!, far: far[k]!, frr: Math.max(0, frr[k]!) });
  const first = threshold[1]!;
  const points = first === 0 ? [] : [{ threshold: first > 0 ? 0 : first - (threshold[length - 1]! - first || 1) / 1000, far: 0, frr: 1 }];
  let last = 0;
  for (let k = 1; k < length; k++) {
    const moved = Math.max(far[k]! - far[last]!, frr[last]! - frr[k]!) >= 1 / 256 || far[k]! > far[last]! * 1.1 || frr[k]! * 1.1 < frr[last]!;
    const near = keep.some((limit) => threshold[k]! <= limit && (k + 1 === length || threshold[k + 1]! > limit)) || keep.some((limit) => threshold[k]! > limit && threshold[k - 1]! <= limit);
    if (!moved && !near && k !== 1 && k !== length - 1) continue;
    points.push(point(k));
    last = k;
  }
  return points;
}

/** Counts of distances in bins of equal width, from 0 (or the smallest, where distances may be negative) to the largest. */
function histogramOf({ distance, same }: SortedPairs): CalibrationValue["histogram"] {
  const [first, last] = [distance[0]!, distance.at(-1)!];
  const from = Math.min(0, first);
  const width = (last - from || 1) / BINS;
  const counts = { same: new Array<number>(BINS).fill(0), different: new Array<number>(BINS).fill(0) };
  distance.forEach((d, i) => counts[same[i] ? "same" : "different"][Math.min(BINS - 1, Math.floor((d - from) / width))]!++);
  return { from, width, ...counts };
}
