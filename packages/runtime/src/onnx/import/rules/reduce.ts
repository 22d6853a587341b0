/** Reductions along axes, and what orders elements. */
import type { Value } from "../../../ir/builder.ts";
import { sizeOf } from "../../../ir/tensor.ts";
import type { OpCall, Rule, Written } from "../../../networks/rule.ts";

type Reduction = (op: OpCall, x: Value, axes: readonly number[], keepDims: boolean) => Value;

/** Axes are an attribute at first, an input from 13 (ReduceSum) or 18 on; none mean all, unless the node says that they mean nothing. */
const reduction = (f: Reduction): Rule => (op) => {
  const input = op.value(0);
  const x = input.dtype === "bool" ? op.b.cast(input, "int32") : input;
  const listed = op.setting("axes", 1) ?? [];
  if (!listed.length && op.attributes.flag("noop_with_empty_axes")) return input;
  const axes = listed.length ? op.axes(listed, x.shape.length) : x.shape.map((_, i) => i);
  const reduced = f(op, x, axes, op.attributes.flag("keepdims", true));
  // Of no elements at all, the extremes are those of the integers.
  const result = input.dtype === "bool" ? op.b.min(op.b.max(reduced, 0), 1) : reduced;
  return result.dtype === input.dtype ? result : op.as(op.elem(0), op.b.cast(result, input.dtype));
};

/** In float32 whatever the dtype. */
const inFloat = (f: Reduction): Rule => reduction((op, x, axes, keep) => f(op, op.b.cast(x, "float32"), axes, keep));

/** Halves multiplied until one is left; there is no reduction by products in the IR. */
const product: Reduction = ({ b }, x, axes, keep) => {
  const kept = x.shape.flatMap((_, i) => (axes.includes(i) ? [] : [i]));
  const count = sizeOf(axes.map((a) => x.shape[a]!));
  const outer = kept.map((i) => x.shape[i]!);
  const shape = keep ? x.shape.map((d, i) => (axes.includes(i) ? 1 : d)) : outer;
  if (count === 0) return b.broadcast(b.scalar(1, x.dtype), shape);
  let rest = b.reshape(b.transpose(x, [...kept, ...axes]), [sizeOf(outer), count]);
  for (let n = count; n > 1; n = rest.shape[1]!) {
    const half = Math.floor(n / 2);
    const pairs = b.mul(b.sliceAxis(rest, 1, 0, half), b.sliceAxis(rest, 1, half, 2 * half));
    rest = n % 2 ? b.concat([pairs, b.sliceAxis(rest, 1, n - 1, n)], 1) : pairs;
  }
  return b.reshape(rest, shape);
};

const logSumExp: Reduction = ({ b }, x, axes, keep) => {
  const most = b.stopGradient(b.reduceMax(x, axes, true));
  const sum = b.add(b.log(b.sum(b.exp(b.sub(x, most)), axes, true)), most);
  return keep ? sum : b.reshape(sum, x.shape.filter((_, i) => !axes.includes(i)));
};

/** The first of equals, or the last where the node says so: then the axis is searched backwards. */
const argument = (smallest: boolean): Rule => (op) => {
  const { b } = op;
  const given = op.value(0);
  const x = smallest ? b.neg(given) : given;
  const axis = op.axis(op.attributes.int("axis", 0), x.shape.length);
  const last = op.attributes.flag("select_last_index");
  const index = b.argMax(last ? b.reverse(x, [axis]) : x, axis);
  const place = last ? b.sub(x.shape[axis]! - 1, index) : index;
  return op.as("int64", op.attributes.flag("keepdims", true) ? b.reshape(place, x.shape.map((d, i) => (i === axis ? 1 : d))) : place);
};

function topK(op: OpCall): readonly Written[] {
  const { b, attributes } = op;
  const x = op.value(0);
  const axis = op.axis(attributes.int("axis", -1), x.shape.length);
  const k = op.version < 10 ? attributes.int("k", 0) : op.numbers(1)[0]!;
  const order = x.shape.map((_, i) => i);
  [order[axis], order[order.length - 1]] = [order.at(-1)!, axis];
  const { values, indices } = b.topK(b.transpose(x, order), k, attributes.flag("largest", true));
  return [b.transpose(values, order), op.as("int64", b.transpose(indices, order))];
}

/** A product with a triangle of ones. */
function cumulativeSum(op: OpCall): Value {
  const { b, attributes } = op;
  const given = op.value(0);
  const x = b.cast(given, "float32");
  const axis = op.axis(op.numbers(1)[0] ?? 0, x.shape.length);
  const n = x.shape[axis]!;
  if (n > 4096) op.refuse(`an axis of ${n}; sums along axes up to 4096 can be computed`);
  const [reverse, exclusive] = [attributes.flag("reverse"), attributes.flag("exclusive")];
  const triangle = Float32Array.from({ length: n * n }, (_, i) => {
    const [from, to] = [Math.floor(i / n), i % n];
    return from === to ? (exclusive ? 0 : 1) : from < to !== reverse ? 1 : 0;
  });
  const order = x.shape.map((_, i) => i);
  [order[axis], order[order.length - 1]] = [order.at(-1)!, axis];
  const turned = b.transpose(x, order);
  const sums = b.matmul(b.reshape(turned, [sizeOf(turned.shape) / n, n]), b.floats([n, n], triangle));
  return b.cast(b.transpose(b.reshape(sums, turned.shape), order), given.dtype);
}

export const REDUCE = {
  ReduceSum: reduction(({ b }, x, axes, keep) => b.sum(x, axes, keep)),
  ReduceMax: reduction(({ b }, x, axes, keep) => b.reduceMax(x, axes, keep)),
  ReduceMin: reduction(({ b }, x, axes, keep) => b.reduceMin(x, axes, keep)),
  ReduceMean: inFloat(({ b }, x, axes, keep) => b.mean(x, axes, keep)),
  ReduceL1: reduction(({ b }, x, axes, keep) => b.sum(b.abs(x), axes, keep)),
  ReduceL2: inFloat(({ b }, x, axes, keep) => b.sqrt(b.sum(b.mul(x, x), axes, keep))),
  ReduceSumSquare: reduction(({ b }, x, axes, keep) => b.sum(b.mul(x, x), axes, keep)),
  ReduceLogSum: inFloat(({ b }, x, axes, keep) => b.log(b.sum(x, axes, keep))),
  ReduceLogSumExp: inFloat(logSumExp),
  ReduceProd: reduction(product),
  ArgMax: argument(false),
  ArgMin: argument(true),
  TopK: topK,
  CumSum: cumulativeSum,
} satisfies { readonly [op: string]: Rule };
