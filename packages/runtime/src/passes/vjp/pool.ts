/** Gradients of pooling and of resampling. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { PoolAttrs } from "../../ir/ops.ts";
import { resizeMatrix } from "../../ir/resampling.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { tapsOf } from "./conv-filters.ts";
import { convInputGradient } from "./conv.ts";
import type { Vjp } from "./rule.ts";

/** Below every float that a network computes, yet finite: some engines treat infinities badly. */
const LOWEST = -3.4e38;

/** Windows side by side, unpadded: each element belongs to at most one. */
const tiles = (a: PoolAttrs): boolean => a.kernel.every((k, i) => k === a.strides[i]) && [...a.padLow, ...a.padHigh].every((p) => p === 0);

/** `[N,C,…S]` without the last rows that fill no window. */
const wholeWindows = (b: Builder, x: Value, out: readonly number[], kernel: readonly number[]): Value =>
  b.slice(x, x.shape.map(() => 0), [...x.shape.slice(0, 2), ...out.map((o, i) => o * kernel[i]!)]);

/** One value a window, repeated over its elements. Measured ten times as fast as reshaping and broadcasting on onnxruntime. */
const overWindows = (b: Builder, y: Value, kernel: readonly number[]): Value => b.resize(y, y.shape.slice(2).map((o, i) => o * kernel[i]!), "nearest");

/** With zeros in the rows that no window covered. */
const uncover = (b: Builder, x: Value, shape: readonly number[]): Value => b.pad(x, shape.map(() => 0), shape.map((d, i) => d - x.shape[i]!));

/**
 * Elements equal to their window's maximum share its gradient equally. No engine needs to keep indices, and a tie loses
 * nothing. (PyTorch gives all to the first; both are subgradients.)
 */
function maxPoolGradient(b: Builder, grad: Value, x: Value, y: Value, a: PoolAttrs): Value {
  const out = y.shape.slice(2);
  if (tiles(a)) {
    const best = b.cast(b.eq(wholeWindows(b, x, out, a.kernel), overWindows(b, y, a.kernel)), "float32");
    const count = b.mul(b.avgPool(best, a.kernel), sizeOf(a.kernel));
    return uncover(b, b.mul(best, overWindows(b, b.div(grad, count), a.kernel)), x.shape);
  }
  const padded = b.pad(x, [0, 0, ...a.padLow], [0, 0, ...a.padHigh], { value: LOWEST });
  const taps = tapsOf(a.kernel).map((tap) => {
    const last = tap.map((t, i) => t + (out[i]! - 1) * a.strides[i]! + 1);
    const seen = b.slice(padded, [0, 0, ...tap], [...x.shape.slice(0, 2), ...last], [1, 1, ...a.strides]);
    return { tap, last, best: b.cast(b.eq(seen, y), "float32") };
  });
  const share = b.div(grad, taps.map((t) => t.best).reduce((p, q) => b.add(p, q)));
  const spread = taps.map(({ tap, last, best }) => {
    const high = last.map((l, i) => padded.shape[i + 2]! - l);
    return b.pad(b.mul(best, share), [0, 0, ...tap], [0, 0, ...high], { interior: [0, 0, ...a.strides.map((s, i) => (out[i]! > 1 ? s - 1 : 0))] });
  });
  const sum = spread.reduce((p, q) => b.add(p, q));
  return b.slice(sum, [0, 0, ...a.padLow], x.shape.map((d, i) => (i < 2 ? d : d + a.padLow[i - 2]!)));
}

/** How many elements each window averages over, `[…out]`; padding is not counted. */
function counts(spatial: readonly number[], out: readonly number[], a: PoolAttrs): Float32Array {
  const perAxis = out.map((o, axis) => Array.from({ length: o }, (_, i) => {
    const from = i * a.strides[axis]! - a.padLow[axis]!;
    return Math.min(from + a.kernel[axis]!, spatial[axis]!) - Math.max(from, 0);
  }));
  return Float32Array.from(tapsOf(out), (at) => at.reduce((n, i, axis) => n * perAxis[axis]![i]!, 1));
}

/** One axis resized from `from` to `to` by a dense matrix, so backwards by its transpose. */
function resizeAxisGradient(b: Builder, g: Value, axis: number, from: number, mode: "linear" | "nearest"): Value {
  const to = g.shape[axis]!;
  const matrix = b.floats([to, from], resizeMatrix(from, to, mode));
  const shape = g.shape.map((d, i) => (i === axis ? from : d));
  const [outer, inner] = [sizeOf(g.shape.slice(0, axis)), sizeOf(g.shape.slice(axis + 1))];
  if (inner === 1) return b.reshape(b.matmul(b.reshape(g, [outer, to]), matrix), shape);
  return b.reshape(b.matmul(matrix, b.reshape(g, [outer, to, inner]), { transposeA: true }), shape);
}

export const POOL_VJP: { readonly maxPool: Vjp<"maxPool">; readonly avgPool: Vjp<"avgPool">; readonly resize: Vjp<"resize"> } = {
  maxPool: ({ b, attrs, grad, inputs, outputs }) => [maxPoolGradient(b, grad, inputs[0]!, outputs[0]!, attrs)],
  avgPool: ({ b, attrs, grad, inputs }) => {
    const { shape } = inputs[0]!;
    const out = grad.shape.slice(2);
    const uniform = attrs.countIncludePad || [...attrs.padLow, ...attrs.padHigh].every((p) => p === 0);
    const share = uniform ? b.mul(grad, 1 / sizeOf(attrs.kernel)) : b.div(grad, b.floats([1, 1, ...out], counts(shape.slice(2), out, attrs)));
    if (tiles(attrs)) return [uncover(b, overWindows(b, share, attrs.kernel), shape)];
    const ones = b.floats([shape[1]!, 1, ...attrs.kernel], new Float32Array(shape[1]! * sizeOf(attrs.kernel)).fill(1));
    const { kernel, ...window } = attrs;
    return [convInputGradient(b, share, ones, shape.slice(2), { strides: window.strides, padLow: window.padLow, padHigh: window.padHigh, dilations: kernel.map(() => 1), groups: shape[1]! })];
  },
  resize: ({ b, attrs: { mode }, grad, inputs }) => {
    const { shape } = inputs[0]!;
    let g = grad;
    // The axis that shrinks most goes first: the next product is then the smaller one.
    const axes = shape.flatMap((_, i) => (i >= 2 && shape[i] !== grad.shape[i] ? [i] : [])).sort((p, q) => shape[p]! / grad.shape[p]! - shape[q]! / grad.shape[q]!);
    for (const axis of axes) g = resizeAxisGradient(b, g, axis, shape[axis]!, mode);
    return [g];
  },
};
