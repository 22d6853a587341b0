/** Gradients of reductions and of what picks elements by order. */
import type { Builder, Value } from "../../ir/builder.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { none, restoreAxes, type Vjp } from "./rule.ts";

type Op = "reduceSum" | "reduceMax" | "reduceMin" | "argMax" | "topK";

/** Elements equal to the extreme share the gradient equally, as PyTorch's amax. */
function extreme(b: Builder, grad: Value, x: Value, y: Value, axes: readonly number[]): Value {
  const best = b.cast(b.eq(x, restoreAxes(b, y, x.shape, axes)), "float32");
  return b.mul(best, b.div(restoreAxes(b, grad, x.shape, axes), b.sum(best, axes, true)));
}

export const REDUCE_VJP: { readonly [O in Op]: Vjp<O> } = {
  reduceSum: ({ b, attrs, grad, inputs }) => [b.broadcast(restoreAxes(b, grad, inputs[0]!.shape, attrs.axes), inputs[0]!.shape)],
  reduceMax: ({ b, attrs, grad, inputs, outputs }) => [extreme(b, grad, inputs[0]!, outputs[0]!, attrs.axes)],
  reduceMin: ({ b, attrs, grad, inputs, outputs }) => [extreme(b, grad, inputs[0]!, outputs[0]!, attrs.axes)],
  argMax: none,
  topK: ({ b, attrs: { k }, grad, inputs, outputs }) => {
    const { shape } = inputs[0]!;
    const n = shape.at(-1)!;
    const rows = sizeOf(shape) / n;
    // One flat scatter: row·n + index. Indices of a row are distinct, so nothing is added twice.
    const starts = b.ints([rows, 1], Array.from({ length: rows }, (_, i) => i * n));
    const flat = b.reshape(b.add(b.reshape(outputs[1]!, [rows, k]), starts), [rows * k]);
    return [b.reshape(b.scatterAdd(b.reshape(grad, [rows * k]), flat, 0, rows * n), shape)];
  },
};
