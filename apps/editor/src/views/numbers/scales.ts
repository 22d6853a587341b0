/** Ends and ticks of scales. */

/** The smallest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × a power of ten that is at least this. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]) {
    const candidate = Number((step * power).toPrecision(6));
    if (candidate >= value * (1 - 1e-9)) return candidate;
  }
  return 10 * power;
}

/** Where the scale of distances ends: τ stands in its middle, unless the distance needs more room. */
export const distanceEnd = (threshold: number | null, distances: readonly number[]): number => {
  const most = Math.max(0, ...distances.filter(Number.isFinite));
  return niceCeiling(Math.max((threshold ?? 0) * 2, most * 1.1));
};

/** Values are better read on a logarithmic axis: all positive, and spread over two powers of ten. */
export function wantsLogarithm(values: Iterable<number>): boolean {
  let [low, high] = [Infinity, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value <= 0) return false;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high / low >= 100;
}

/** A point on a half circle from the left end (0) over the top to the right (1). */
export function onArc(share: number, radius: number, cx: number, cy: number): readonly [number, number] {
  const angle = Math.PI * (1 - Math.min(1, Math.max(0, share)));
  return [cx + radius * Math.cos(angle), cy - radius * Math.sin(angle)];
}

/** The path of a part of that half circle. */
export function arcPath(from: number, to: number, radius: number, cx: number, cy: number): string {
  const [[x0, y0], [x1, y1]] = [onArc(from, radius, cx, cy), onArc(to, radius, cx, cy)];
  const two = (n: number): string => n.toFixed(2);
  return `M${two(x0)} ${two(y0)}A${radius} ${radius} 0 0 1 ${two(x1)} ${two(y1)}`;
}
