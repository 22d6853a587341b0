/** How the axes of two shapes of equal size correspond: what a reshape merges and splits. */

export interface Group {
  /** Axes of the one shape … */
  readonly from: readonly number[];
  /** … that hold the same elements, in the same order, as these of the other. */
  readonly to: readonly number[];
}

/**
 * The finest grouping of axes longer than 1, in order: `[6,4]` and `[2,3,4]` give `{0}↔{0,1}` and `{1}↔{2}`. Axes of length 1 are in no group.
 * `null` for shapes with an axis of length 0, which correspond in no definite way.
 */
export function groupAxes(from: readonly number[], to: readonly number[]): Group[] | null {
  if (from.includes(0) || to.includes(0)) return null;
  const long = (shape: readonly number[]) => shape.flatMap((d, i) => (d > 1 ? [i] : []));
  const [left, right] = [long(from), long(to)];
  const groups: Group[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const group = { from: [left[i]!], to: [right[j]!] };
    let [p, q] = [from[left[i++]!]!, to[right[j++]!]!];
    while (p !== q) {
      if (p < q) {
        group.from.push(left[i]!);
        p *= from[left[i++]!]!;
      } else {
        group.to.push(right[j]!);
        q *= to[right[j++]!]!;
      }
    }
    groups.push(group);
  }
  return groups;
}
