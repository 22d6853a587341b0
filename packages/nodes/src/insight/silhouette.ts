/** How well groups hang together in a map. */

/**
 * Mean silhouette (Rousseeuw, Journal of Computational and Applied Mathematics 20, 1987): for each point `(b − a) / max(a, b)`,
 * `a` its mean distance to others of its group and `b` the least mean distance to another group. 1: groups far apart;
 * about 0: mixed; below 0: nearer to others. A point that is alone in its group counts 0; NaN with fewer than two groups.
 */
export function silhouette(points: readonly (readonly [number, number])[], groups: ArrayLike<number>): number {
  const numbers = [...new Set(Array.from(groups))];
  if (numbers.length < 2) return NaN;
  const place = new Map(numbers.map((g, i) => [g, i]));
  const of = Array.from(groups, (g) => place.get(g)!);
  const sizes = numbers.map((_, g) => of.filter((o) => o === g).length);
  let sum = 0;
  points.forEach(([x, y], i) => {
    if (sizes[of[i]!] === 1) return;
    const totals = new Float64Array(numbers.length);
    points.forEach(([u, v], j) => (totals[of[j]!]! += Math.hypot(x - u, y - v)));
    const own = totals[of[i]!]! / (sizes[of[i]!]! - 1);
    const other = Math.min(...[...totals].flatMap((t, g) => (g === of[i] ? [] : [t / sizes[g]!])));
    sum += own === other ? 0 : (other - own) / Math.max(own, other);
  });
  return sum / points.length;
}
