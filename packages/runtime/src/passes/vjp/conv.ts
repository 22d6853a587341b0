/** Gradients of convolutions of rank 1 to 3, in operations that every backend has. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { ConvAttrs } from "../../ir/ops.ts";
import { convFilterGradient } from "./conv-filters.ts";
import type { Vjp } from "./rule.ts";

/** Below this many input channels a transposed convolution is the faster way back (`npm run bench:blocks` measures it). */
const FEW_CHANNELS = 8;

/**
 * The engine multiplies filters, as rows, by unfolded positions, which it copies for each multiplication: up to so many rows that takes
 * as long as the products themselves. Taps of the last axis as rows of their own help from five of them on, in volumes from three.
 */
const FEW_ROWS = 32;
const MANY_TAPS = 5;

/**
 * The gradient of conv's input `[N,C,…S]` from that of its output, for filters `[O,C/g,…K]`.
 *
 * Stride 1: a convolution with filters reversed and transposed, measured 1.29× faster than ConvTranspose. Any other
 * stride: convTranspose, whose zero-stuffing would otherwise be computed on. `constant`: the filters never change, so that engines
 * prepare them and have kernels of their own for few channels.
 */
export function convInputGradient(b: Builder, grad: Value, filters: Value, spatial: readonly number[], a: ConvAttrs, constant = false): Value {
  const kernel = filters.shape.slice(2);
  const span = kernel.map((k, i) => a.dilations[i]! * (k - 1));
  // With few channels to give back (a picture's three), onnxruntime's transposed convolution takes 0.5–0.6 of the flipped one's time.
  if (a.strides.some((s) => s !== 1) || (a.groups === 1 && filters.shape[1]! < FEW_CHANNELS)) {
    const outputPad = spatial.map((n, i) => n - ((grad.shape[i + 2]! - 1) * a.strides[i]! - a.padLow[i]! - a.padHigh[i]! + span[i]! + 1));
    return b.convTranspose(grad, filters, { ...a, outputPad });
  }
  const taps = kernel.at(-1)!;
  if (!constant && a.groups === 1 && filters.shape[1]! <= FEW_ROWS && kernel.length > 1 && taps >= (kernel.length === 3 ? 3 : MANY_TAPS)) return byLastTaps(b, grad, filters, spatial, a);
  // More padding than the window reaches: the outermost gradients belong to padding alone and are cut off.
  const [low, high] = [span.map((s, i) => s - a.padLow[i]!), span.map((s, i) => s - a.padHigh[i]!)];
  const cut = b.slice(grad, [0, 0, ...low.map((p) => Math.max(0, -p))], grad.shape.map((d, i) => (i < 2 ? d : d - Math.max(0, -high[i - 2]!))));
  const positive = (p: number) => Math.max(0, p);
  return b.conv(cut, swapped(b, filters, a.groups), { dilations: a.dilations, padLow: low.map(positive), padHigh: high.map(positive), groups: a.groups });
}

/** Each tap of the last axis as channels of its own, which are then shifted to where the tap read, and added. 0.6 to 0.8 of the time. */
function byLastTaps(b: Builder, grad: Value, filters: Value, spatial: readonly number[], a: ConvAttrs): Value {
  const [o, c, ...kernel] = filters.shape as [number, number, ...number[]];
  const [n, last] = [grad.shape[0]!, kernel.length - 1];
  const [taps, length, positions] = [kernel[last]!, spatial[last]!, grad.shape.at(-1)!];
  const rows = b.reshape(b.transpose(filters, [0, last + 2, 1, ...kernel.slice(0, -1).map((_, i) => i + 2)]), [o, taps * c, ...kernel.with(last, 1)]);
  const others = { ...a, padLow: a.padLow.with(last, 0), padHigh: a.padHigh.with(last, 0) };
  const each = b.reshape(convInputGradient(b, grad, rows, spatial.with(last, positions), others), [n, taps, c, ...spatial.with(last, positions)]);
  const shifted = Array.from({ length: taps }, (_, k) => {
    // The tap k of position p read x at p + k·dilation − pad.
    const to = k * a.dilations[last]! - a.padLow[last]!;
    const [from, end] = [Math.max(0, -to), Math.min(positions, length - to)];
    if (from >= end) return undefined;
    const axis = last + 3;
    const seen = b.slice(each, each.shape.map((_, i) => (i === 1 ? k : i === axis ? from : 0)), each.shape.map((d, i) => (i === 1 ? k + 1 : i === axis ? end : d)));
    const at = b.reshape(seen, [n, c, ...spatial.with(last, end - from)]);
    return b.pad(at, at.shape.map((_, i) => (i === axis - 1 ? from + to : 0)), at.shape.map((_, i) => (i === axis - 1 ? length - end - to : 0)));
  });
  // Dilation and padding may leave no tap that ever read x.
  return shifted.reduce((sum, v) => (sum && v ? b.add(sum, v) : (sum ?? v)), undefined) ?? b.zeros([n, c, ...spatial]);
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

export const CONV_VJP: { readonly conv: Vjp<"conv">; readonly convTranspose: Vjp<"convTranspose"> } = {
  conv: ({ b, attrs, grad, inputs, wanted, constantOf }) => [
    wanted[0] ? convInputGradient(b, grad, inputs[1]!, inputs[0]!.shape.slice(2), attrs, constantOf(inputs[1]!) !== undefined) : null,
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
