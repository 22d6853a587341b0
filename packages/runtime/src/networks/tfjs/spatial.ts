/** Convolutions, pools and normalisation as TensorFlow has them: channels last, filters `[…kernel, in, out]`, padding by name. */
import type { Builder, Value } from "../../ir/builder.ts";
import { RuleError } from "../rule.ts";

export interface Sliding {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
}
/** `same`: `ceil(length/stride)` outputs, an odd one of padding at the high end; or what is laid on, per axis. */
export type Padding = "same" | "valid" | readonly (readonly [number, number])[];

const each = (n: number, rank: number): number[] => new Array<number>(rank).fill(n);

/** Lengths at the low and at the high end of each spatial axis. */
export function pads(input: readonly number[], kernel: readonly number[], { strides, dilations, padding }: Sliding): { padLow: number[]; padHigh: number[] } {
  if (padding === "valid") return { padLow: each(0, input.length), padHigh: each(0, input.length) };
  if (padding !== "same") return { padLow: padding.map((p) => p[0]), padHigh: padding.map((p) => p[1]) };
  const total = input.map((n, i) => Math.max(0, (Math.ceil(n / strides[i]!) - 1) * strides[i]! + dilations[i]! * (kernel[i]! - 1) + 1 - n));
  return { padLow: total.map((t) => Math.floor(t / 2)), padHigh: total.map((t) => Math.ceil(t / 2)) };
}

/** `[…kernel, in, out]` → `[out, in, …kernel]`. */
const turned = (b: Builder, filters: Value): Value => {
  const rank = filters.shape.length - 2;
  return b.transpose(filters, [rank + 1, rank, ...Array.from({ length: rank }, (_, i) => i)]);
};

export function convolve(b: Builder, x: Value, filters: Value, how: Sliding): Value {
  const channels = x.shape.at(-1)!;
  const perGroup = filters.shape.at(-2)!;
  if (x.shape.length !== filters.shape.length || channels % perGroup) throw new RuleError(`filters [${filters.shape}]`);
  const padding = pads(x.shape.slice(1, -1), filters.shape.slice(0, -2), how);
  return b.channelsLast(b.conv(b.channelsFirst(x), turned(b, filters), { strides: how.strides, dilations: how.dilations, ...padding, groups: channels / perGroup }));
}

/** Filters `[…kernel, channels, multiplier]`: each channel by itself. */
export function depthwise(b: Builder, x: Value, filters: Value, how: Sliding): Value {
  const kernel = filters.shape.slice(0, -2);
  const [channels, multiplier] = filters.shape.slice(-2) as [number, number];
  if (x.shape.at(-1) !== channels) throw new RuleError(`filters [${filters.shape}]`);
  const order = [kernel.length, kernel.length + 1, ...kernel.keys()];
  const flat = b.reshape(b.transpose(filters, order), [channels * multiplier, 1, ...kernel]);
  return b.channelsLast(b.conv(b.channelsFirst(x), flat, { strides: how.strides, dilations: how.dilations, ...pads(x.shape.slice(1, -1), kernel, how), groups: channels }));
}

/** Filters `[…kernel, out, in]`, to spatial lengths `size`: the transpose of the convolution that leads from there to here. */
export function convolveTranspose(b: Builder, x: Value, filters: Value, how: Sliding, size: readonly number[]): Value {
  const kernel = filters.shape.slice(0, -2);
  if (x.shape.length !== filters.shape.length || x.shape.at(-1) !== filters.shape.at(-1)) throw new RuleError(`filters [${filters.shape}]`);
  const { padLow, padHigh } = pads(size, kernel, how);
  const bare = x.shape.slice(1, -1).map((n, i) => (n - 1) * how.strides[i]! - padLow[i]! - padHigh[i]! + how.dilations[i]! * (kernel[i]! - 1) + 1);
  const outputPad = size.map((n, i) => n - bare[i]!);
  if (outputPad.some((p, i) => p < 0 || p >= Math.max(how.strides[i]!, 1))) throw new RuleError(`it leads to [${size}]`);
  return b.channelsLast(b.convTranspose(b.channelsFirst(x), turned(b, filters), { strides: how.strides, dilations: how.dilations, padLow, padHigh, outputPad }));
}

/** Averages leave padding out. */
export function pool(b: Builder, x: Value, kind: "max" | "average", kernel: readonly number[], strides: readonly number[], padding: Padding): Value {
  const options = { strides, ...pads(x.shape.slice(1, -1), kernel, { strides, padding, dilations: each(1, kernel.length) }) };
  const first = b.channelsFirst(x);
  return b.channelsLast(kind === "max" ? b.maxPool(first, kernel, options) : b.avgPool(first, kernel, options));
}

export interface Statistics {
  readonly mean: Value;
  readonly variance: Value;
  readonly scale?: Value;
  readonly offset?: Value;
  readonly epsilon: number;
}

/** Over the last axis, as one factor and one term. */
export function batchNormalise(b: Builder, x: Value, { mean, variance, scale, offset, epsilon }: Statistics): Value {
  const root = b.sqrt(b.add(variance, epsilon));
  const factor = scale ? b.div(scale, root) : b.div(1, root);
  const shift = b.mul(mean, factor);
  return b.add(b.mul(x, factor), offset ? b.sub(offset, shift) : b.neg(shift));
}

/** `[…, in]` by `[in, out]`. */
export function dense(b: Builder, x: Value, kernel: Value): Value {
  if (x.shape.length <= 2) return b.matmul(x, kernel);
  const rows = x.shape.slice(0, -1);
  return b.reshape(b.matmul(b.reshape(x, [rows.reduce((n, d) => n * d, 1), x.shape.at(-1)!]), kernel), [...rows, kernel.shape[1]!]);
}
