/** Reductions, the index of the largest, and the k best. */
import { around, mergedShape, MOST_AXES, reshape, runs } from "../axes.ts";
import type { Rules, Tensor, WithTf } from "../rule.ts";
import { toFloat } from "./integer.ts";

type Reduce = "reduceSum" | "reduceMax" | "reduceMin" | "argMax" | "topK";
type Reduction = (x: Tensor, axes: number[]) => Tensor;

/** Merges neighbouring axes that are reduced or kept together; what is still too wide is reduced one run at a time. */
function reduce(cx: WithTf, x: Tensor, axes: readonly number[], f: Reduction): Tensor {
  if (axes.length === 0) return x;
  // The engine transposes what it reduces, which fails for whole numbers.
  if (x.dtype !== "float32") return cx.tf.cast(reduce(cx, toFloat(cx.tf, x), axes, f), x.dtype);
  const reduced = (axis: number) => axes.includes(axis);
  const groups = runs(x.rank, (axis) => reduced(axis) === reduced(axis - 1));
  const at = groups.flatMap((g, i) => (reduced(g[0]!) ? [i] : []));
  const shape = mergedShape(x.shape, groups);
  if (groups.length <= MOST_AXES) return f(reshape(cx, x, shape), at);
  return at.reduce((value, axis) => {
    const next = f(reshape(cx, value, around(shape, axis)), [1]);
    shape[axis] = 1;
    return next;
  }, x);
}

/** Beyond this many addends a float32 sum is taken in two stages of about √n each: a shader's lane adds its share one by one. */
const LONG_SUM = 2048;

/** The divisor of n nearest below √n. */
function divisor(n: number): number {
  for (let d = Math.floor(Math.sqrt(n)); d > 1; d--) if (n % d === 0) return d;
  return 1;
}

const sum = (cx: WithTf): Reduction => (x, axes) => {
  const short = axes.reduce((n, a) => n * x.shape[a]!, 1) <= LONG_SUM;
  if (short) return cx.tf.sum(x, axes);
  return axes.reduceRight((value, axis) => longSum(cx, value, axis), x);
};

function longSum(cx: WithTf, x: Tensor, axis: number): Tensor {
  const [before, length, after] = around(x.shape, axis);
  const rest = x.shape.filter((_, i) => i !== axis);
  const lanes = length > LONG_SUM ? Math.max(divisor(length), 16) : 1;
  const gap = (lanes - (length % lanes)) % lanes; // lengths without a fitting divisor are filled up with zeros
  const flat = reshape(cx, x, [before, length, after]);
  const filled = gap ? cx.tf.pad(flat, [[0, 0], [0, gap], [0, 0]]) : flat;
  return reshape(cx, cx.tf.sum(cx.tf.sum(reshape(cx, filled, [before, (length + gap) / lanes, lanes, after]), [1]), [1]), rest);
}

export const REDUCE: Rules<Reduce> = {
  reduceSum: (cx, { axes }, [x], [out]) => reshape(cx, reduce(cx, x!, axes, sum(cx)), out!.shape),
  reduceMax: (cx, { axes }, [x], [out]) => reshape(cx, reduce(cx, x!, axes, (v, at) => cx.tf.max(v, at)), out!.shape),
  reduceMin: (cx, { axes }, [x], [out]) => reshape(cx, reduce(cx, x!, axes, (v, at) => cx.tf.min(v, at)), out!.shape),
  argMax: (cx, { axis }, [x], [out]) => {
    const { tf } = cx;
    const wide = reshape(cx, toFloat(tf, x!), around(x!.shape, axis));
    const length = x!.shape[axis]!;
    // The engine's own shader gives *a* largest element when several are equal; the first is the smallest position among them.
    const positions = cx.once("positions", () => tf.tensor3d(Float32Array.from({ length }, (_, i) => i), [1, length, 1]));
    const best = tf.max(wide, 1, true);
    const candidates = tf.where(tf.equal(wide, best), positions, cx.once("none", () => tf.scalar(length - 1)));
    return reshape(cx, tf.cast(tf.min(candidates, 1), "int32"), out!.shape);
  },
  topK: (cx, { k, largest }, [x], [out, indexType]) => {
    const { tf } = cx;
    const length = x!.shape.at(-1)!;
    const rows = reshape(cx, x!, [x!.size / length, length]);
    // Of a single element the engine returns its input under the same reference, which a later free would take away.
    if (length === 1) return [reshape(cx, x!, out!.shape), reshape(cx, tf.zerosLike(tf.cast(rows, "int32")), indexType!.shape)];
    const { values, indices } = tf.topk(largest ? rows : tf.neg(rows), k, true);
    return [reshape(cx, largest ? values : tf.neg(values), out!.shape), reshape(cx, indices, indexType!.shape)];
  },
};
