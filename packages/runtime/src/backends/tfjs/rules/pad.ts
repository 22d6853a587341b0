/** Padding: constant with gaps between elements, reflecting, and repeating the edge. */
import type { OpAttrs } from "../../../ir/ops.ts";
import { around, reshape } from "../axes.ts";
import type { Rule, RuleContext, Tensor, WithTf } from "../rule.ts";
import { alongAxes } from "./move.ts";

export const pad: Rule<"pad"> = (cx, attrs, [x], [out]) => {
  if (x!.dtype === "bool") return cx.tf.cast(reshape(cx, padNumbers(cx, attrs, cx.tf.cast(x!, "int32")), out!.shape), "bool");
  return reshape(cx, padNumbers(cx, attrs, x!), out!.shape);
};

function padNumbers(cx: RuleContext, { mode, low, high, interior, value }: OpAttrs["pad"], x: Tensor): Tensor {
  if (mode === "edge") return padEdge(cx, x, low, high);
  if (mode === "reflect") return onPadded(cx, x, low, high, (part, pads) => cx.tf.mirrorPad(part, pads, "reflect"));
  return padConstant(cx, spread(cx, x, interior, value), low, high, value);
}

/** Constant padding around the axes. */
export function padConstant(cx: WithTf, x: Tensor, low: readonly number[], high: readonly number[], value = 0): Tensor {
  return onPadded(cx, x, low, high, (part, pads) => cx.tf.pad(part, pads, value));
}

function onPadded(cx: WithTf, x: Tensor, low: readonly number[], high: readonly number[], f: (x: Tensor, pads: [number, number][]) => Tensor): Tensor {
  const touched = x.shape.map((_, i) => low[i]! + high[i]! > 0);
  if (!touched.includes(true)) return x;
  const padded = alongAxes(cx, x, touched, (part, axes) => f(part, axes.map((a) => (a === null ? [0, 0] : [low[a]!, high[a]!]))));
  return reshape(cx, padded, x.shape.map((d, i) => d + low[i]! + high[i]!));
}

/** `interior[i]` copies of `value` between neighbours along axis i: each element gets a tail, and the last tail is cut off. */
export function spread(cx: WithTf, x: Tensor, interior: readonly number[], value = 0): Tensor {
  const shape = [...x.shape];
  let result = x;
  interior.forEach((gap, axis) => {
    const [before, length, after] = around(shape, axis);
    if (gap === 0 || length <= 1) return;
    const tailed = cx.tf.pad(reshape(cx, result, [before * length, 1, after]), [[0, 0], [0, gap], [0, 0]], value);
    shape[axis] = length + (length - 1) * gap;
    result = cx.tf.slice(reshape(cx, tailed, [before, length * (gap + 1), after]), [0, 0, 0], [before, shape[axis]!, after]);
  });
  return reshape(cx, result, shape);
}

/** No shader repeats an edge, so the padded axis is gathered at clamped positions. */
function padEdge(cx: RuleContext, x: Tensor, low: readonly number[], high: readonly number[]): Tensor {
  const shape = [...x.shape];
  let result = x;
  shape.forEach((length, axis) => {
    const padded = length + low[axis]! + high[axis]!;
    if (padded === length) return;
    const positions = cx.once(`edge ${axis}`, () => cx.tf.tensor1d(Int32Array.from({ length: padded }, (_, i) => Math.min(Math.max(i - low[axis]!, 0), length - 1)), "int32"));
    result = cx.tf.gather(reshape(cx, result, around(shape, axis)), positions as never, 1);
    shape[axis] = padded;
  });
  return reshape(cx, result, shape);
}
