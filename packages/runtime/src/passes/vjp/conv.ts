/** Gradients of convolutions of rank 1 to 3, in operations that every backend has. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { ConvAttrs } from "../../ir/ops.ts";
import { sizeOf } from "../../ir/tensor.ts";
import type { Vjp } from "./rule.ts";

/** Below this many input channels a transposed convolution is the faster way back (`npm run bench:blocks` measures it). */
const FEW_CHANNELS = 8;

/**
 * The gradient of conv's input `[N,C,…S]` from that of its output, for filters `[O,C/g,…K]`.
 *
 * Stride 1: a convolution with filters reversed and transposed, measured 1.29× faster than ConvTranspose. Any other
 * stride: convTranspose, whose zero-stuffing would otherwise be computed on.
 */
export function convInputGradient(b: Builder, grad: Value, filters: Value, spatial: readonly number[], a: ConvAttrs): Value {
  const kernel = filters.shape.slice(2);
  const span = kernel.map((k, i) => a.dilations[i]! * (k - 1));
  // With few channels to give back (a picture's three), onnxruntime's transposed convolution takes 0.5–0.6 of the flipped one's time.
  if (a.strides.some((s) => s !== 1) || (a.groups === 1 && filters.shape[1]! < FEW_CHANNELS)) {
    const outputPad = spatial.map((n, i) => n - ((grad.shape[i + 2]! - 1) * a.strides[i]! - a.padLow[i]! - a.padHigh[i]! + span[i]! + 1));
    return b.convTranspose(grad, filters, { ...a, outputPad });
  }
  // More padding than the window reaches: the outermost gradients belong to padding alone and are cut off.
  const [low, high] = [span.map((s, i) => s - a.padLow[i]!), span.map((s, i) => s - a.padHigh[i]!)];
  const cut = b.slice(grad, [0, 0, ...low.map((p) => Math.max(0, -p))], grad.shape.map((d, i) => (i < 2 ? d : d - Math.max(0, -high[i - 2]!))));
  const positive = (p: number) => Math.max(0, p);
  return b.conv(cut, swapped(b, filters, a.groups), { dilations: a.dilations, padLow: low.map(positive), padHigh: high.map(positive), groups: a.groups });
}

/** `[O,C/g,…K]` → `[C,O/g,…K]`, with the spatial axes reversed. */
function swapped(b: Builder, filters: Value, groups: number): Value {
  const [o, perGroup, ...kernel] = filters.shape as [number, number, ...number[]];
  const reversed = b.reverse(filters, kernel.flatMap((k, i) => (k > 1 ? [i + 2] : [])));
  if (groups === o && perGroup === 1) return reversed; // depthwise: nothing to swap
  if (groups === 1) return b.transpose(reversed, [1, 0, ...kernel.map((_, i) => i + 2)]);
  const grouped = b.reshape(reversed, [groups, o / groups, perGroup, ...kernel]);
  return b.reshape(b.transpose(grouped, [0, 2, 1, ...kernel.map((_, i) => i + 3)]), [perGroup * groups, o / groups, ...kernel]);
}

/**
 * The gradient of conv's filters `[O,C/g,…K]`: per tap, the strided slice of the padded input that the tap saw, times the output's
 * gradient, summed over batch and positions: a matrix product, or for one channel a group a multiplication and a sum.
 */
export function convFilterGradient(b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs): Value {
  const [o, perGroup, ...kernel] = shape as [number, number, ...number[]];
  const [n, , ...out] = grad.shape as [number, number, ...number[]];
  const [groups, positions] = [a.groups, sizeOf(out)];
  const padded = b.pad(x, [0, 0, ...a.padLow], [0, 0, ...a.padHigh]);
  const g = b.reshape(grad, [n, groups, o / groups, positions]);
  const taps = tapsOf(kernel).map((tap) => {
    const starts = tap.map((k, i) => k * a.dilations[i]!);
    const seen = b.slice(padded, [0, 0, ...starts], [n, x.shape[1]!, ...starts.map((s, i) => s + (out[i]! - 1) * a.strides[i]! + 1)], [1, 1, ...a.strides]);
    const flat = b.reshape(seen, [n, groups, perGroup, positions]);
    const sum = perGroup === 1 ? b.sum(b.mul(g, flat), [0, 3]) : b.sum(b.matmul(g, flat, { transposeB: true }), [0]);
    return b.reshape(sum, [1, o, perGroup]);
  });
  return b.reshape(b.transpose(b.concat(taps, 0), [1, 2, 0]), shape);
}

/** Every tap of a window, in row-major order. */
export const tapsOf = (kernel: readonly number[]): number[][] =>
  kernel.reduce<number[][]>((list, k) => list.flatMap((head) => Array.from({ length: k }, (_, i) => [...head, i])), [[]]);

export const CONV_VJP: { readonly conv: Vjp<"conv">; readonly convTranspose: Vjp<"convTranspose"> } = {
  conv: ({ b, attrs, grad, inputs, wanted }) => [
    wanted[0] ? convInputGradient(b, grad, inputs[1]!, inputs[0]!.shape.slice(2), attrs) : null,
    wanted[1] ? convFilterGradient(b, inputs[0]!, grad, inputs[1]!.shape, attrs) : null,
    wanted[2] ? b.sum(grad, grad.shape.flatMap((_, i) => (i === 1 ? [] : [i]))) : null,
  ],
  // The roles are exchanged: what conv computes backwards, convTranspose computes forwards.
  convTranspose: ({ b, attrs, grad, inputs, wanted }) => {
    const [x, w] = inputs as [Value, Value];
    const { outputPad: _outputPad, ...conv } = attrs;
    return [
      wanted[0] ? b.slice(b.conv(grad, w, conv), x.shape.map(() => 0), x.shape) : null,
      wanted[1] ? convFilterGradient(b, grad, x, w.shape, conv) : null,
    ];
  },
};
