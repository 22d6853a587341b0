/** How far the numbers would move with other people: intervals by drawing the people again, with replacement. */
import type { Estimate } from "@patchbay/runtime/node-api";
import { seededUniform } from "../seeded.ts";
import { areaUnder, curveOf, equalErrorRate, ratesAt, roomFor, type SortedPairs } from "./curve.ts";
import { pick, type Rule } from "./rule.ts";

export interface BootstrapOptions {
  /** What is drawn: people, or pairs where nobody knows whose they are; `pairs.a` and `pairs.b` index it. */
  readonly units: number;
  readonly samples: number;
  readonly seed: number;
  readonly rule: Rule;
  /** Where FAR and FRR are read off in each sample. */
  readonly threshold: number;
  /** Called now and then; may throw to stop. */
  pause?(done: number): Promise<void> | void;
}

/** By quantity: its value in each sample, ascending. */
export interface Spread {
  readonly auc: Float64Array;
  readonly eer: Float64Array;
  /** The threshold that the rule picks from each sample. */
  readonly threshold: Float64Array;
  readonly far: Float64Array;
  readonly frr: Float64Array;
}

/** Pairs looked at between two pauses: some tens of milliseconds. */
const STRETCH = 5e6;

/**
 * Draws as many units as there are, again and again, and measures each sample. Photos of a person belong together (and so
 * do all pairs with that person), which is why people are drawn and not pairs: intervals from pairs would be too narrow
 * (Bolle, Ratha & Pankanti, Computer Vision and Image Understanding 93, 2004: the subsets bootstrap). Samples without both
 * kinds of pairs are drawn anew; `null` where that happens more often than not.
 */
export async function bootstrap(pairs: SortedPairs, options: BootstrapOptions): Promise<Spread | null> {
  const { units, samples, rule, threshold } = options;
  const next = seededUniform(options.seed);
  const drawn = new Float64Array(units);
  const room = roomFor(pairs.distance.length);
  const spread = { auc: new Float64Array(samples), eer: new Float64Array(samples), threshold: new Float64Array(samples), far: new Float64Array(samples), frr: new Float64Array(samples) };
  let [missed, looked] = [0, 0];
  for (let s = 0; s < samples; ) {
    drawn.fill(0);
    for (let k = 0; k < units; k++) drawn[Math.floor(next() * units)]!++;
    const curve = curveOf(pairs, drawn, room);
    if ((looked += pairs.distance.length) >= STRETCH) {
      looked = 0;
      await options.pause?.(s);
    }
    if (!curve) {
      if (++missed > samples) return null;
      continue;
    }
    spread.auc[s] = areaUnder(curve);
    spread.eer[s] = equalErrorRate(curve).rate;
    spread.threshold[s] = pick(curve, rule);
    const { far, frr } = ratesAt(curve, threshold);
    spread.far[s] = far;
    spread.frr[s++] = frr;
  }
  for (const values of Object.values(spread)) values.sort();
  return spread;
}

/** The middle `share` of the samples around the value measured on everyone. */
export function interval(value: number, sorted: Float64Array | undefined, share: number): Estimate {
  if (!sorted?.length) return { value, low: value, high: value };
  return { value, low: Math.min(value, quantile(sorted, (1 - share) / 2)), high: Math.max(value, quantile(sorted, (1 + share) / 2)) };
}

/**
 * As `interval`, for a rate among `pairs` pairs. Where none was wrong every sample says 0; the rate that would still give
 * no error with probability 1 − share bounds it then, 1 − (1 − share)^(1/pairs), the "rule of three" at 95 %.
 */
export function rateInterval(rate: number, sorted: Float64Array | undefined, share: number, pairs: number): Estimate {
  const found = interval(rate, sorted, share);
  return rate > 0 || !sorted ? found : { ...found, high: Math.max(found.high, 1 - (1 - share) ** (1 / pairs)) };
}

/**
 * The (B + 1)q-th of B samples in order, linear between neighbours: the truth is as likely to lie in any of the B + 1 gaps
 * (Davison & Hinkley, Bootstrap Methods and their Application, 1997, section 5.2).
 */
function quantile(sorted: Float64Array, q: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, q * (sorted.length + 1) - 1));
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
