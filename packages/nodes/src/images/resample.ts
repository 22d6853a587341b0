/** Resizing by a separable filter that widens as a picture shrinks, as Pillow does: plain arithmetic, the same everywhere. */

export type Filter = "lanczos" | "bilinear" | "nearest";

const KERNELS: { readonly [name in "lanczos" | "bilinear"]: { support: number; weight(x: number): number } } = {
  lanczos: { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
};

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** For each output position: where its window of inputs starts, and their weights, which sum to 1. */
function windows(from: number, to: number, filter: Filter): { start: number; weights: Float64Array }[] {
  const scale = from / to;
  if (filter === "nearest") return Array.from({ length: to }, (_, i) => ({ start: Math.min(from - 1, Math.floor((i + 0.5) * scale)), weights: Float64Array.of(1) }));
  const { support, weight } = KERNELS[filter];
  const stretch = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - support * stretch + 0.5));
    const end = Math.min(from, Math.floor(centre + support * stretch + 0.5));
    const weights = Float64Array.from({ length: end - start }, (_w, k) => weight((start + k - centre + 0.5) / stretch));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start, weights: weights.map((w) => w / sum) };
  });
}

/**
 * RGB rows `[height,width,3]` to `[toHeight,toWidth,3]`, clipped to `0…max` after each of the two passes (a sharp filter
 * overshoots at edges). Agrees with Pillow's `Image.resize` to its rounding, 1/255.
 */
export function resample(data: ArrayLike<number>, width: number, height: number, toWidth: number, toHeight: number, filter: Filter, max: number): Float32Array {
  const columns = windows(width, toWidth, filter);
  const narrow = new Float32Array(height * toWidth * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < toWidth; x++) {
      const { start, weights } = columns[x]!;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0, at = (y * width + start) * 3; k < weights.length; k++, at += 3) {
        const w = weights[k]!;
        r += w * data[at]!;
        g += w * data[at + 1]!;
        b += w * data[at + 2]!;
      }
      const to = (y * toWidth + x) * 3;
      narrow[to] = clip(r, max);
      narrow[to + 1] = clip(g, max);
      narrow[to + 2] = clip(b, max);
    }
  const out = new Float32Array(toHeight * toWidth * 3);
  const row = toWidth * 3;
  const sums = new Float64Array(row);
  windows(height, toHeight, filter).forEach(({ start, weights }, y) => {
    sums.fill(0);
    for (let k = 0, at = start * row; k < weights.length; k++, at += row) {
      const w = weights[k]!;
      for (let i = 0; i < row; i++) sums[i]! += w * narrow[at + i]!;
    }
    for (let i = 0; i < row; i++) out[y * row + i] = clip(sums[i]!, max);
  });
  return out;
}

const clip = (value: number, max: number): number => (value < 0 ? 0 : value > max ? max : value);
