/** Long curves with as many points as can be seen, their peaks among them. */

/** About one for each pixel of a small curve. */
const MOST = 240;

/** Index and value of what is drawn: all of a short curve, of a long one the lowest and highest of each stretch. */
export function thinned(curve: ArrayLike<number>, most = MOST): (readonly [number, number])[] {
  if (curve.length <= most) return Array.from(curve, (v, i) => [i, v] as const);
  const points: (readonly [number, number])[] = [];
  const step = (2 * curve.length) / most;
  for (let from = 0; from < curve.length; from += step) {
    const end = Math.min(curve.length, Math.floor(from + step));
    let [low, high] = [Math.floor(from), Math.floor(from)];
    for (let i = low; i < end; i++) {
      if (curve[i]! < curve[low]!) low = i;
      if (curve[i]! > curve[high]!) high = i;
    }
    for (const i of low <= high ? [low, high] : [high, low]) points.push([i, curve[i]!]);
  }
  return points;
}
