/** From a framework's convolution weights to the IR's: layout, folded normalisation, and TensorFlow's "same" padding. */
import { float32, NodeFailure, type Builder, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { samePadding, type Weights } from "./feature-network.ts";

/** One convolution as the IR takes it. Constants are shared: two programs built from it hold the same arrays. */
export interface ConvWeights {
  /** `[O, I/groups, kh, kw]` */
  readonly filters: TensorData;
  /** `[O]` */
  readonly bias: TensorData;
  readonly groups: number;
}

export type { Weights } from "./feature-network.ts";

/** A tensor by name. Throws NodeFailure `weights-damaged` where the file lacks it or it has another shape (-1: any length). */
export function weight(weights: Weights, name: string, shape: readonly number[]): Float32Array {
  const t = weights.get(name);
  if (!t || t.dtype !== "float32" || t.shape.length !== shape.length || shape.some((d, i) => d !== -1 && d !== t.shape[i]))
    throw new NodeFailure("weights-damaged", `The network's weights are damaged: "${name}" should be [${shape.map((d) => (d < 0 ? "any" : d))}] and is ${t ? `[${t.shape}]` : "missing"}.`);
  return t.data as Float32Array;
}

/** Filters `[kh,kw,I,O]` → `[O,I,kh,kw]`, each output channel times `scale`; `keep` picks output channels. */
export function convFilters(weights: Weights, name: string, options: { scale?: ArrayLike<number>; keep?: readonly number[] } = {}): TensorData {
  const from = weight(weights, name, [-1, -1, -1, -1]);
  const [kh, kw, inputs, outputs] = weights.get(name)!.shape as [number, number, number, number];
  const keep = options.keep ?? Array.from({ length: outputs }, (_, o) => o);
  const taps = kh * kw;
  const to = new Float32Array(keep.length * inputs * taps);
  const scales = keep.map((o) => options.scale?.[o] ?? 1);
  // Read in the order of the file: networks of millions of weights wait for memory otherwise.
  for (let k = 0; k < taps; k++)
    for (let i = 0; i < inputs; i++) {
      const row = (k * inputs + i) * outputs;
      const first = i * taps + k;
      for (let n = 0; n < keep.length; n++) to[n * inputs * taps + first] = from[row + keep[n]!]! * scales[n]!;
    }
  return float32([keep.length, inputs, kh, kw], to);
}

/** Depthwise filters `[kh,kw,C,1]` → `[C,1,kh,kw]`, each channel times `scale`. */
export function depthwiseFilters(weights: Weights, name: string, scale?: ArrayLike<number>): TensorData {
  const from = weight(weights, name, [-1, -1, -1, 1]);
  const [kh, kw, channels] = weights.get(name)!.shape as [number, number, number, number];
  const to = new Float32Array(from.length);
  for (let c = 0; c < channels; c++)
    for (let k = 0; k < kh * kw; k++) to[c * kh * kw + k] = from[k * channels + c]! * (scale?.[c] ?? 1);
  return float32([channels, 1, kh, kw], to);
}

/** `x` is `[N,C,H,W]`; zero padding, either TensorFlow's "same", none, or a number of pixels on every side. */
export function convolve(b: Builder, x: Value, w: ConvWeights, options: { stride?: number; padding?: "same" | "valid" | number; /** Puts a variable in the place of `filters` or `bias`. */ weight?: (part: "filters" | "bias", data: TensorData) => Value } = {}): Value {
  const { stride = 1, padding = "same", weight: put = (_: string, data: TensorData) => b.constant(data) } = options;
  const pads = x.shape.slice(2).map((length, i) =>
    padding === "same" ? samePadding(length, w.filters.shape[i + 2]!, stride) : padding === "valid" ? { low: 0, high: 0 } : { low: padding, high: padding });
  const attrs = { strides: [stride, stride], padLow: pads.map((p) => p.low), padHigh: pads.map((p) => p.high), groups: w.groups };
  return b.conv(x, put("filters", w.filters), attrs, put("bias", w.bias));
}

/** `(x·255 − mean)/divisor` per channel, from `[N,H,W,3]` in 0…1 to `[N,3,H,W]`. */
export function normaliseRgb(b: Builder, images: Value, mean: readonly [number, number, number], divisor: number): Value {
  const shift = b.floats([1, 3, 1, 1], mean.map((m) => -m / divisor));
  return b.add(b.mul(b.channelsFirst(images), 255 / divisor), shift);
}
