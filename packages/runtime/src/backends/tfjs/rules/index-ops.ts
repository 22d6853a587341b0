/** Reading and adding at indices: gather, its transpose, and rolling by a shift known only at run time. */
import { around, reshape } from "../axes.ts";
import type { Rules, Tensor, WithTf } from "../rule.ts";
import { floorMod, toFloat } from "./integer.ts";
import { transpose } from "./move.ts";

/** Elements along `axis` at a vector of indices → `[before, count, after]`. */
function gatherAxis(cx: WithTf, x: Tensor, indices: Tensor, axis: number): Tensor {
  const { tf } = cx;
  const wide = reshape(cx, x.dtype === "bool" ? tf.cast(x, "int32") : x, around(x.shape, axis));
  const picked = tf.gather(wide, reshape(cx, indices, [indices.size]) as never, 1);
  return x.dtype === "bool" ? tf.cast(picked, "bool") : picked;
}

export const INDEX: Rules<"gather" | "scatterAdd" | "roll"> = {
  gather: (cx, { axis }, [x, indices], [out]) => reshape(cx, gatherAxis(cx, x!, indices!, axis), out!.shape),
  scatterAdd: (cx, { axis, size }, [updates, indices], [out]) => {
    const { tf } = cx;
    const before = updates!.shape.slice(0, axis).reduce((n, d) => n * d, 1);
    const count = indices!.size;
    const after = updates!.size / (before * count);
    // The engine adds the bits of whole numbers as if they were floats', so those travel as floats.
    const rows = transpose(cx, reshape(cx, toFloat(tf, updates!), [before, count, after]), [1, 0, 2]);
    const sums = tf.unsortedSegmentSum(reshape(cx, rows, [count, before * after]), reshape(cx, indices!, [count]) as never, size);
    return tf.cast(reshape(cx, transpose(cx, reshape(cx, sums, [size, before, after]), [1, 0, 2]), out!.shape), out!.dtype);
  },
  roll: (cx, { axis }, [x, shift], [out]) => {
    const { tf } = cx;
    const length = x!.shape[axis]!;
    const positions = cx.once("positions", () => tf.tensor1d(Int32Array.from({ length }, (_, i) => i), "int32"));
    const period = cx.once("period", () => tf.scalar(length, "int32"));
    return reshape(cx, gatherAxis(cx, x!, floorMod(tf, tf.sub(positions, shift!), period), axis), out!.shape);
  },
};
