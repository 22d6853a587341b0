/** What is said of many numbers at once. */
import type { TensorSummary } from "../../model/run-state.ts";

export type Statistics = Omit<TensorSummary, "dtype" | "shape">;

/** NaN and infinities are counted and otherwise left out; of nothing, all are 0. */
export function statistics(data: ArrayLike<number>, bins = 32): Statistics {
  let [min, max, sum, notFinite] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (!Number.isFinite(v)) notFinite++;
    else {
      if (v < min) min = v;
      if (v > max) max = v;
      sum += v;
    }
  }
  const count = data.length - notFinite;
  const histogram = new Array<number>(bins).fill(0);
  if (count === 0) return { min: 0, mean: 0, max: 0, histogram, notFinite };
  const scale = max > min ? bins / (max - min) : 0;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (Number.isFinite(v)) histogram[Math.min(bins - 1, Math.floor((v - min) * scale))]!++;
  }
  return { min, mean: sum / count, max, histogram, notFinite };
}

/** Lowest and highest of a strided run of numbers, without building a list of them. */
export function range(data: ArrayLike<number>, start = 0, count = data.length, stride = 1): readonly [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0, p = start; i < count; i++, p += stride) {
    const v = data[p]!;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return min <= max ? [min, max] : [0, 0];
}
