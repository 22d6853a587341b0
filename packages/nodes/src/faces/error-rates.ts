/** How well distances tell same from different people: the ROC curve, the area under it, and the equal error rate. */

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
  const same = pairs.filter((p) => p.same).length;
  const different = pairs.length - same;
  if (same === 0 || different === 0) throw new RangeError(`Error rates need pairs of one person and of different people; there are ${same} and ${different}.`);
  const sorted = [...pairs].sort((a, b) => a.distance - b.distance);
  const curve: RocPoint[] = [{ threshold: -Infinity, far: 0, frr: 1 }];
  let [accepted, wrong] = [0, 0];
  sorted.forEach((pair, i) => {
    if (pair.same) accepted++;
    else wrong++;
    if (sorted[i + 1]?.distance === pair.distance) return; // ties are accepted together
    curve.push({ threshold: pair.distance, far: wrong / different, frr: 1 - accepted / same });
  });
  return curve;
}

/** Area under the ROC curve: the chance that a same-person pair is nearer than a different-person pair; ties count one half. */
export function auc(pairs: readonly Pair[]): number {
  const curve = roc(pairs);
  let area = 0;
  for (let i = 1; i < curve.length; i++) {
    const [p, q] = [curve[i - 1]!, curve[i]!];
    area += (q.far - p.far) * (1 - (p.frr + q.frr) / 2);
  }
  return area;
}

/** Where FAR and FRR meet, interpolated linearly between the two points of the curve around the crossing. */
export function eer(pairs: readonly Pair[]): { rate: number; threshold: number } {
  const curve = roc(pairs);
  const at = curve.findIndex((p) => p.far >= p.frr);
  const [p, q] = [curve[at - 1]!, curve[at]!];
  const [before, after] = [p.frr - p.far, q.far - q.frr];
  const t = before / (before + after);
  const threshold = Number.isFinite(p.threshold) ? p.threshold + t * (q.threshold - p.threshold) : q.threshold;
  return { rate: p.far + t * (q.far - p.far), threshold };
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
