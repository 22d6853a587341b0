/** Resampling of spatial axes: bilinear shaders for two axes at a time, gathered positions for nearest. */
import { nearestSource } from "../../../ir/resampling.ts";
import { around, reshape } from "../axes.ts";
import type { Rules, RuleContext, Tensor } from "../rule.ts";

export const RESIZE: Rules<"resize"> = {
  resize: (cx, { size, mode }, [x], [out]) => reshape(cx, mode === "nearest" ? nearest(cx, x!, size) : linear(cx, x!, size), out!.shape),
};

/** The shader resizes `[batch, height, width, 1]`; interpolation is separable, so the depth of rank 3 follows as the height of planes one row of which is a slice. */
function linear(cx: RuleContext, x: Tensor, size: readonly number[]): Tensor {
  const spatial = x.shape.slice(2);
  const batch = x.shape[0]! * x.shape[1]!;
  const planes = (from: number[], to: [number, number], value: Tensor) => cx.tf.image.resizeBilinear(reshape(cx, value, [...from, 1]) as never, to, false, true) as Tensor;
  if (spatial.length === 1) return planes([batch, 1, spatial[0]!], [1, size[0]!], x);
  if (spatial.length === 2) return planes([batch, spatial[0]!, spatial[1]!], [size[0]!, size[1]!], x);
  const slices = planes([batch * spatial[0]!, spatial[1]!, spatial[2]!], [size[1]!, size[2]!], x);
  return planes([batch, spatial[0]!, size[1]! * size[2]!], [size[0]!, size[1]! * size[2]!], slices);
}

function nearest(cx: RuleContext, x: Tensor, size: readonly number[]): Tensor {
  const shape = [...x.shape];
  let result = x;
  size.forEach((to, i) => {
    const from = shape[i + 2]!;
    if (from === to) return;
    const positions = cx.once(`axis ${i}`, () => cx.tf.tensor1d(Int32Array.from({ length: to }, (_, at) => nearestSource(at, from, to)), "int32"));
    result = cx.tf.gather(reshape(cx, result, around(shape, i + 2)), positions as never, 1);
    shape[i + 2] = to;
  });
  return result;
}
