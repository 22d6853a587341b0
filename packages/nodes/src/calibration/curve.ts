/** Error rates over all thresholds at once, from sorted pairs that may carry weights: the curve that every other number is read off. */

/** Pairs in ascending order of their distance. */
export interface SortedPairs {
  readonly distance: Float64Array;
  /** By pair: 1 where both are one person. */
  readonly same: Uint8Array;
  /** By pair: who or what is drawn again in a bootstrap: the person on the first picture, or the pair itself. */
  readonly a: Int32Array;
  /** By pair: the person on the second picture; absent where pairs are drawn by themselves. */
  readonly b?: Int32Array;
}

/** One point for each distinct distance, after a first one at −∞ that accepts nothing. */
export interface Curve {
  readonly length: number;
  /** Rising. Pairs with `distance ≤ threshold` count as the same person. */
  readonly threshold: Float64Array;
  /** False acceptance rate: share of different-person pairs accepted. Rising. */
  readonly far: Float64Array;
  /** False rejection rate: share of same-person pairs rejected. Falling. */
  readonly frr: Float64Array;
}

/** Room for the curve of `pairs` pairs, to be used again from sample to sample. */
export const roomFor = (pairs: number): Curve => ({ length: 0, threshold: new Float64Array(pairs + 1), far: new Float64Array(pairs + 1), frr: new Float64Array(pairs + 1) });

/**
 * The curve; `null` without weight on both kinds of pairs, where no rate is defined. With `weights` (how often each person
 * was drawn) a pair of different people counts `weights[a]·weights[b]`, and one of the same person `weights[a]`: a person
 * drawn twice is two people with equal photos, whose photos are not compared with their own copies.
 */
export function curveOf(pairs: SortedPairs, weights?: ArrayLike<number>, room: Curve = roomFor(pairs.distance.length)): Curve | null {
  const { distance, same, a, b } = pairs;
  const { threshold, far, frr } = room;
  [threshold[0], far[0], frr[0]] = [-Infinity, 0, 0];
  let [accepted, wrong, last] = [0, 0, 0];
  for (let i = 0; i < distance.length; i++) {
    const weight = weights === undefined ? 1 : same[i] || b === undefined ? weights[a[i]!]! : weights[a[i]!]! * weights[b[i]!]!;
    if (weight === 0) continue;
    if (same[i]) accepted += weight;
    else wrong += weight;
    if (threshold[last] !== distance[i]) threshold[++last] = distance[i]!; // ties are accepted together
    far[last] = wrong;
    frr[last] = accepted;
  }
  if (accepted === 0 || wrong === 0) return null;
  for (let k = 0; k <= last; k++) {
    far[k] = far[k]! / wrong;
    frr[k] = 1 - frr[k]! / accepted;
  }
  return { length: last + 1, threshold, far, frr };
}

/** Area under the ROC curve: the chance that a same-person pair is nearer than a different-person pair; ties count one half. */
export function areaUnder({ length, far, frr }: Curve): number {
  let area = 0;
  for (let k = 1; k < length; k++) area += (far[k]! - far[k - 1]!) * (1 - (frr[k - 1]! + frr[k]!) / 2);
  return area;
}

/** Where FAR and FRR meet, interpolated linearly between the two points of the curve around the crossing. */
export function equalErrorRate({ length, threshold, far, frr }: Curve): { rate: number; threshold: number } {
  const at = firstWhere(length, (k) => far[k]! >= frr[k]!);
  const [before, after] = [frr[at - 1]! - far[at - 1]!, far[at]! - frr[at]!];
  const t = before / (before + after);
  const [low, high] = [threshold[at - 1]!, threshold[at]!];
  return { rate: far[at - 1]! + t * (far[at]! - far[at - 1]!), threshold: Number.isFinite(low) ? low + t * (high - low) : high };
}

/** FAR and FRR when pairs up to a threshold are accepted. */
export function ratesAt({ length, threshold, far, frr }: Curve, limit: number): { far: number; frr: number } {
  const k = firstWhere(length, (i) => threshold[i]! > limit) - 1;
  return { far: far[Math.max(0, k)]!, frr: frr[Math.max(0, k)]! };
}

/** Index of the first point for which a condition holds that stays true once it is; `length` where it never does. */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
