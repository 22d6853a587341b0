/** Brings pictures of an optimisation to another size: Lanczos, widened as a picture shrinks, so that nothing finer than the new grid stays. */
import type { TensorData } from "../ir/tensor.ts";

const SUPPORT = 3;
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (x: number): number => (Math.abs(x) < SUPPORT ? sinc(x) * sinc(x / SUPPORT) : 0);

/** For each output position: where its window of inputs starts, and their weights, which sum to 1. */
function windows(from: number, to: number): { start: number; weights: Float64Array }[] {
  const stretch = Math.max(1, from / to);
  return Array.from({ length: to }, (_, i) => {
    const centre = ((i + 0.5) * from) / to;
    const start = Math.max(0, Math.floor(centre - SUPPORT * stretch + 0.5));
    const end = Math.min(from, Math.floor(centre + SUPPORT * stretch + 0.5));
    const weights = Float64Array.from({ length: end - start }, (_w, k) => lanczos((start + k - centre + 0.5) / stretch));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start, weights: weights.map((w) => w / sum) };
  });
}

/** `[1,H,W,C]` to `[1,height,width,C]`, kept within the range of the input's own values, which a sharp filter would leave at edges. */
export function resamplePicture(picture: TensorData, height: number, width: number): TensorData {
  const [, fromHeight, fromWidth, channels] = picture.shape as [number, number, number, number];
  if (fromHeight === height && fromWidth === width) return picture;
  const columns = windows(fromWidth, width);
  const row = width * channels;
  const narrow = new Float32Array(fromHeight * row);
  const sums = new Float64Array(Math.max(channels, row));
  for (let y = 0; y < fromHeight; y++)
    for (let x = 0; x < width; x++) {
      const { start, weights } = columns[x]!;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0, at = (y * fromWidth + start) * channels + c; k < weights.length; k++, at += channels) sum += weights[k]! * picture.data[at]!;
        narrow[y * row + x * channels + c] = sum;
      }
    }
  const [low, high] = rangeOf(picture.data);
  const data = new Float32Array(height * row);
  windows(fromHeight, height).forEach(({ start, weights }, y) => {
    sums.fill(0);
    for (let k = 0, at = start * row; k < weights.length; k++, at += row) {
      const w = weights[k]!;
      for (let i = 0; i < row; i++) sums[i]! += w * narrow[at + i]!;
    }
    for (let i = 0; i < row; i++) data[y * row + i] = Math.min(high, Math.max(low, sums[i]!));
  });
  return { dtype: "float32", shape: [1, height, width, channels], data };
}

function rangeOf(data: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < low) low = data[i]!;
    if (data[i]! > high) high = data[i]!;
  }
  return [low, high];
}

/** `[1,H,W,C]` → the rectangle of it. */
export function cutOut(picture: TensorData, top: number, left: number, height: number, width: number): TensorData {
  const [, , fromWidth, channels] = picture.shape as [number, number, number, number];
  const data = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const at = ((top + y) * fromWidth + left) * channels;
    data.set((picture.data as Float32Array).subarray(at, at + width * channels), y * width * channels);
  }
  return { dtype: "float32", shape: [1, height, width, channels], data };
}
