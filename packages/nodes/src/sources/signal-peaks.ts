/** Finds the R peaks of an electrocardiogram. */

/** Second-order sections of Butterworth's low and high pass (Q = 1/√2), by the bilinear transform. */
function section(kind: "low" | "high", cutoff: number, rate: number): { b: readonly [number, number, number]; a: readonly [number, number] } {
  const w = 2 * Math.PI * Math.min(cutoff / rate, 0.49);
  const [cos, alpha] = [Math.cos(w), Math.sin(w) / Math.SQRT2];
  const edge = kind === "low" ? (1 - cos) / 2 : (1 + cos) / 2;
  const a0 = 1 + alpha;
  return { b: [edge / a0, ((kind === "low" ? 2 : -2) * edge) / a0, edge / a0], a: [(-2 * cos) / a0, (1 - alpha) / a0] };
}

/** Forwards and then backwards, so that nothing is delayed. */
function filtered(x: Float64Array, { b, a }: ReturnType<typeof section>): Float64Array {
  const once = (from: Float64Array): Float64Array => {
    const y = new Float64Array(from.length);
    // Begins as if the first value had always been there.
    const rest = ((b[0] + b[1] + b[2]) / (1 + a[0] + a[1])) * (from[0] ?? 0);
    let [x1, x2, y1, y2] = [from[0] ?? 0, from[0] ?? 0, rest, rest];
    for (let i = 0; i < from.length; i++) {
      const value = b[0] * from[i]! + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
      [x2, x1, y2, y1] = [x1, from[i]!, y1, value];
      y[i] = value;
    }
    return y;
  };
  return once(once(x).reverse()).reverse();
}

/**
 * Samples of the R peaks of one lead, rising. Pan & Tompkins, IEEE Transactions on Biomedical Engineering 32:230, 1985, in a simple form: 5–15 Hz,
 * five-point derivative, square, mean over 150 ms; two thresholds that follow signal and noise, 200 ms in which no other beat can be, T waves told
 * by their slope up to 360 ms, and a second look where a beat is missing for 1.66 times the usual distance. Each peak is then moved to where the
 * filtered lead is farthest from zero. `rate`: samples a second.
 */
export function rPeaks(lead: ArrayLike<number>, rate: number): number[] {
  const n = lead.length;
  const band = filtered(filtered(Float64Array.from(lead), section("high", 5, rate)), section("low", 15, rate));
  const slope = new Float64Array(n);
  for (let i = 2; i < n - 2; i++) slope[i] = (2 * band[i + 2]! + band[i + 1]! - band[i - 1]! - 2 * band[i - 2]!) / 8;
  const energy = meanOver(slope.map((s) => s * s), Math.max(1, Math.round(0.15 * rate)));
  const candidates = localMaxima(energy, Math.max(1, Math.round(0.2 * rate)));
  if (candidates.length === 0) return [];

  const begin = energy.subarray(0, Math.min(n, Math.round(2 * rate)));
  let signal = 0.5 * begin.reduce((m, v) => Math.max(m, v), 0);
  let noise = 0.5 * (begin.reduce((sum, v) => sum + v, 0) / begin.length);
  const threshold = (): number => noise + 0.25 * (signal - noise);
  const steepest = (at: number): number => slope.subarray(Math.max(0, at - Math.round(0.1 * rate)), at + Math.round(0.1 * rate)).reduce((m, s) => Math.max(m, Math.abs(s)), 0);
  const beats: number[] = [];
  const passed: number[] = [];
  const accept = (at: number, share: number): void => {
    signal = share * energy[at]! + (1 - share) * signal;
    beats.push(at);
    beats.sort((a, b) => a - b);
  };
  const usual = (): number => {
    const last = beats.slice(-9);
    return last.length < 3 ? Infinity : (last.at(-1)! - last[0]!) / (last.length - 1);
  };
  for (const at of candidates) {
    // Nothing for long: the largest that was passed over, if it reaches half the threshold.
    if (beats.length && at - beats.at(-1)! > 1.66 * usual()) {
      const after = beats.at(-1)! + Math.round(0.36 * rate);
      const missed = passed.filter((p) => p > after && p < at - 0.2 * rate).sort((a, b) => energy[b]! - energy[a]!)[0];
      if (missed !== undefined && energy[missed]! > 0.5 * threshold()) accept(missed, 0.25);
    }
    const before = beats.at(-1);
    const isTWave = before !== undefined && at - before < 0.36 * rate && steepest(at) < 0.5 * steepest(before);
    if (energy[at]! > threshold() && !isTWave) accept(at, 0.125);
    else {
      noise = 0.125 * energy[at]! + 0.875 * noise;
      passed.push(at);
    }
  }
  const reach = Math.round(0.1 * rate);
  const moved = beats.map((at) => {
    let best = at;
    for (let i = Math.max(0, at - reach); i <= Math.min(n - 1, at + reach); i++) if (Math.abs(band[i]!) > Math.abs(band[best]!)) best = i;
    return best;
  });
  return moved.filter((at, i) => i === 0 || at - moved[i - 1]! > 0.1 * rate);
}

/** Centred mean over `width` samples. */
function meanOver(x: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(x.length + 1);
  for (let i = 0; i < x.length; i++) sums[i + 1] = sums[i]! + x[i]!;
  const half = width >> 1;
  return x.map((_, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(x.length, i - half + width)];
    return (sums[to]! - sums[from]!) / width;
  });
}

/** Places above zero that nothing within `distance` surpasses; of equal ones the first. */
function localMaxima(x: Float64Array, distance: number): number[] {
  const found: number[] = [];
  for (let i = 1; i < x.length - 1; i++) {
    if (!(x[i]! > 0 && x[i]! > x[i - 1]! && x[i]! >= x[i + 1]!)) continue;
    const last = found.at(-1);
    if (last === undefined || i - last > distance) found.push(i);
    else if (x[i]! > x[last]!) found[found.length - 1] = i;
  }
  return found;
}
