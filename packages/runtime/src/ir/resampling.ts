/** Where `resize` reads: half-pixel centres, no antialiasing, edges clamped; shared by kernels, gradients and rewrites. */

/** Position `i` of `to` lies between `low` and `high` of `from`, at `weight` of the way; `low === high` at clamped edges. */
export function interpolation(i: number, from: number, to: number): { low: number; high: number; weight: number } {
  const at = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
  const low = Math.floor(at);
  return { low, high: Math.min(low + 1, from - 1), weight: at - low };
}

/** The nearest source of position `i`: `floor((i + ½)·from/to)`, which ONNX calls half_pixel with round_prefer_ceil. */
export function nearestSource(i: number, from: number, to: number): number {
  return Math.min(Math.floor(((2 * i + 1) * from) / (2 * to)), from - 1);
}

/** Row-major `[to, from]`: multiplied from the left onto a column, it resizes it. */
export function resizeMatrix(from: number, to: number, mode: "linear" | "nearest"): Float32Array {
  const matrix = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    if (mode === "nearest") {
      matrix[i * from + nearestSource(i, from, to)] = 1;
      continue;
    }
    const { low, high, weight } = interpolation(i, from, to);
    matrix[i * from + low]! += 1 - weight;
    matrix[i * from + high]! += weight;
  }
  return matrix;
}
