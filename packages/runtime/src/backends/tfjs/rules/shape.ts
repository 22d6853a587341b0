/** Shape and order: reshape, broadcast, transpose, concat, slice, reverse and pad. */
import { around, reshape } from "../axes.ts";
import type { Rules, Tensor, WithTf } from "../rule.ts";
import { alongAxes, broadcastTo, transpose } from "./move.ts";
import { pad } from "./pad.ts";

type Shape = "reshape" | "broadcast" | "transpose" | "concat" | "slice" | "reverse" | "pad";

export const SHAPE: Rules<Shape> = {
  reshape: (cx, { shape }, [x]) => reshape(cx, x!, shape),
  broadcast: (cx, { shape }, [x]) => broadcastTo(cx, x!, shape),
  transpose: (cx, { perm }, [x]) => transpose(cx, x!, perm),
  concat: (cx, { axis }, xs, [out]) => {
    const parts = xs.filter((x) => x.size > 0); // empty parts have no buffer to bind
    if (parts.length === 1) return reshape(cx, parts[0]!, out!.shape);
    const before = around(out!.shape, axis)[0];
    return reshape(cx, cx.tf.concat(parts.map((x) => reshape(cx, x, [before, x.size / before])), 1), out!.shape);
  },
  slice: (cx, { starts, ends, steps }, [x], [out]) => {
    const touched = x!.shape.map((d, i) => starts[i] !== 0 || ends[i] !== d || steps[i] !== 1);
    return reshape(cx, alongAxes(cx, x!, touched, (part, axes) => slice(cx, part, axes.map((a) => a === null ? null : { start: starts[a]!, end: ends[a]!, step: steps[a]! }))), out!.shape);
  },
  reverse: (cx, { axes }, [x]) =>
    reshape(cx, alongAxes(cx, x!, x!.shape.map((d, i) => axes.includes(i) && d > 1), (part, at) => cx.tf.reverse(part, at.flatMap((a, i) => (a === null ? [] : [i])))), x!.shape),
  pad,
};

interface Range {
  start: number;
  end: number;
  step: number;
}

function slice({ tf }: WithTf, x: Tensor, ranges: readonly (Range | null)[]): Tensor {
  const full = ranges.map((r, i) => r ?? { start: 0, end: x.shape[i]!, step: 1 });
  if (full.length === 0) return x;
  if (full.every((r) => r.step === 1)) return tf.slice(x, full.map((r) => r.start), full.map((r) => r.end - r.start));
  return tf.stridedSlice(x, full.map((r) => r.start), full.map((r) => r.end), full.map((r) => r.step));
}
