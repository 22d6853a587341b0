/** Gradients of convolutions of rank 1 to 3, in operations that every backend has. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { ConvAttrs } from "../../ir/ops.ts";
import { convFilterGradient } from "./conv-filters.ts";
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
