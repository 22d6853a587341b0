/** How well distances tell same from different people: the ROC curve, the area under it, and the equal error rate. */
import { areaUnder, curveOf, equalErrorRate, type Curve } from "../calibration/curve.ts";

export interface Pair {
  readonly distance: number;
  /** Whether both pictures show one person. */
  readonly same: boolean;
}

export interface RocPoint {
  /** Pairs with `distance ≤ threshold` count as the same person. */
  readonly threshold: number;
  /** False acceptance rate: share of different-person pairs accepted. */
  readonly far: number;
  /** False rejection rate: share of same-person pairs rejected. */
  readonly frr: number;
}

/**
 * One point for each distinct distance in ascending order, after a first one at −∞ that accepts nothing. Throws RangeError
 * without at least one same and one different pair: no rate is defined then.
 */
export function roc(pairs: readonly Pair[]): RocPoint[] {
  const { length, threshold, far, frr } = curveFrom(pairs);
  return Array.from({ length }, (_, k) => ({ threshold: threshold[k]!, far: far[k]!, frr: frr[k]! }));
}

/** Area under the ROC curve: the chance that a same-person pair is nearer than a different-person pair; ties count one half. */
export const auc = (pairs: readonly Pair[]): number => areaUnder(curveFrom(pairs));

/** Where FAR and FRR meet, interpolated linearly between the two points of the curve around the crossing. */
export const eer = (pairs: readonly Pair[]): { rate: number; threshold: number } => equalErrorRate(curveFrom(pairs));

function curveFrom(pairs: readonly Pair[]): Curve {
  const sorted = [...pairs].sort((x, y) => x.distance - y.distance);
  const curve = curveOf({ distance: Float64Array.from(sorted, (p) => p.distance), same: Uint8Array.from(sorted, (p) => Number(p.same)), a: new Int32Array(sorted.length) });
  if (curve) return curve;
  const same = pairs.filter((p) => p.same).length;
  throw new RangeError(`Error rates need pairs of one person and of different people; there are ${same} and ${pairs.length - same}.`);
}

/** Share of pairs that a threshold decides rightly, with the two error rates there. */
export function atThreshold(pairs: readonly Pair[], threshold: number): { accuracy: number; far: number; frr: number } {
  let [falseAccepts, falseRejects, same] = [0, 0, 0];
  for (const p of pairs) {
    if (p.same) same++;
    if (!p.same && p.distance <= threshold) falseAccepts++;
    if (p.same && p.distance > threshold) falseRejects++;
  }
  return { accuracy: 1 - (falseAccepts + falseRejects) / pairs.length, far: falseAccepts / (pairs.length - same), frr: falseRejects / same };
}

/**
 * Rank-1 recognition with one enrolled photo of each person: how often the nearest enrolled photo of a picture is its own
 * person's, averaged over every choice of enrolled photos and every picture that is not enrolled. A tie counts as missed.
 * `undefined` when nobody has two pictures, or there is only one person.
 *
 * @param people the person on each picture
 * @param distance between pictures `i` and `j`
 */
export function rank1(people: readonly string[], distance: (i: number, j: number) => number): number | undefined {
  const byPerson = new Map<string, number[]>();
  people.forEach((person, i) => byPerson.set(person, [...(byPerson.get(person) ?? []), i]));
  if (byPerson.size < 2) return undefined;
  let [sum, count] = [0, 0];
  for (const [person, own] of byPerson)
    for (const i of own)
      for (const j of own) {
        if (i === j) continue;
        // The choices of the other people are independent, so that the chance that all are farther is a product.
        const limit = distance(i, j);
        let chance = 1;
        for (const [other, theirs] of byPerson) if (other !== person) chance *= theirs.filter((k) => distance(i, k) > limit).length / theirs.length;
        sum += chance;
        count++;
      }
  return count ? sum / count : undefined;
}
