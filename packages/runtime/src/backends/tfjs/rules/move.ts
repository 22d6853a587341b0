/** Moving whole tensors about: broadcasting and transposing at any rank. */
import { around, mergeBroadcast, mergedShape, MOST_AXES, reshape, runs, untouchedMerged } from "../axes.ts";
import type { Tensor, WithTf } from "../rule.ts";
import { toFloat } from "./integer.ts";

/** NumPy broadcasting to `shape`. */
export function broadcastTo(cx: WithTf, x: Tensor, shape: readonly number[]): Tensor {
  const { tf } = cx;
  const merged = mergeBroadcast([x.shape], shape);
  const source = reshape(cx, x, merged.shapes[0]!);
  if (merged.out.length <= MOST_AXES) return reshape(cx, tf.broadcastTo(source, merged.out), shape);
  const now = [...merged.shapes[0]!];
  let result = source;
  merged.out.forEach((length, axis) => {
    if (now[axis] === length) return;
    const [before, , after] = around(now, axis);
    result = tf.broadcastTo(reshape(cx, result, [before, 1, after]), [before, length, after]);
    now[axis] = length;
  });
  return reshape(cx, result, shape);
}

/** Merges axes that stay neighbours and drops those of length 1, then permutes. */
export function transpose(cx: WithTf, x: Tensor, perm: readonly number[]): Tensor {
  const out = perm.map((p) => x.shape[p]!);
  const kept = perm.filter((p) => x.shape[p] !== 1);
  const moved = runs(kept.length, (i) => onlyOnesBetween(x.shape, kept[i - 1]!, kept[i]!)).map((g) => g.map((i) => kept[i]!));
  const order = moved.map((_, i) => i).sort((a, b) => moved[a]![0]! - moved[b]![0]!);
  const source = reshape(cx, x, mergedShape(x.shape, order.map((i) => moved[i]!)));
  const reduced = moved.map((_, i) => order.indexOf(i));
  if (reduced.every((p, i) => p === i)) return reshape(cx, x, out);
  // The engine's tiled shader, taken for swaps of two axes, only compiles for floats.
  if (x.dtype !== "float32") return cx.tf.cast(transpose(cx, toFloat(cx.tf, x), perm), x.dtype);
  if (reduced.length <= MOST_AXES) return reshape(cx, cx.tf.transpose(source, reduced), out);
  return reshape(cx, oneByOne(cx, source, reduced), out);
}

const onlyOnesBetween = (shape: readonly number[], a: number, b: number): boolean => a < b && shape.slice(a + 1, b).every((d) => d === 1);

/** Brings one axis after the other to its place: each step swaps two neighbouring blocks of axes. */
function oneByOne(cx: WithTf, x: Tensor, perm: readonly number[]): Tensor {
  const now = perm.map((_, i) => i);
  let result = x;
  perm.forEach((axis, to) => {
    const from = now.indexOf(axis);
    if (from === to) return;
    const length = (axes: readonly number[]) => axes.reduce((n, a) => n * x.shape[a]!, 1);
    const blocks = [now.slice(0, to), now.slice(to, from), [axis], now.slice(from + 1)].map(length);
    result = cx.tf.transpose(reshape(cx, result, blocks), [0, 2, 1, 3]);
    now.splice(from, 1);
    now.splice(to, 0, axis);
  });
  return result;
}

/**
 * Applies `f` to the touched axes, at most four axes at a time: `f` gets the tensor with untouched axes merged, and for each of
 * its axes the original one it stands for, or null where it is to be left alone. Axes that `f` gets one at a time it may resize.
 */
export function alongAxes(cx: WithTf, x: Tensor, touched: readonly boolean[], f: (x: Tensor, axes: readonly (number | null)[]) => Tensor): Tensor {
  const groups = untouchedMerged(touched);
  if (groups.length <= MOST_AXES) return f(reshape(cx, x, mergedShape(x.shape, groups)), groups.map((g) => (touched[g[0]!] ? g[0]! : null)));
  const now = [...x.shape];
  let result = x;
  touched.forEach((is, axis) => {
    if (!is) return;
    result = f(reshape(cx, result, around(now, axis)), [null, axis, null]);
    now[axis] = result.shape[1]!;
  });
  return result;
}
