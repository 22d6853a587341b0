/** Identities of reductions: what can be reduced first, or less. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import { sameShape, sizeOf } from "../../ir/tensor.ts";
import { made } from "../rebuild.ts";
import type { Identities, Identity } from "./rule.ts";

type Reduction = "reduceSum" | "reduceMax" | "reduceMin";

const reducedShape = (shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] =>
  keepDims ? shape.map((d, i) => (axes.includes(i) ? 1 : d)) : shape.filter((_, i) => !axes.includes(i));

/** Axes of length 1 reduce to themselves. */
const trivial = <O extends Reduction>(): Identity<O> => (b, { axes, keepDims }, [x]) =>
  axes.every((a) => x!.shape[a] === 1) ? b.reshape(x!, reducedShape(x!.shape, axes, keepDims)) : undefined;

/** Two reductions of one kind are one. */
const nested = <O extends Reduction>(op: O): Identity<O> => (b, { axes, keepDims }, [x]) => {
  const inner = made(b, x!, op);
  if (!inner) return undefined;
  const source = inner.inputs[0]!;
  const left = source.shape.flatMap((_, i) => (inner.attrs.keepDims || !inner.attrs.axes.includes(i) ? [i] : []));
  const both = [...new Set([...inner.attrs.axes, ...axes.map((a) => left[a]!)])].sort((p, q) => p - q);
  return b.reshape(b.emit(op, { axes: both, keepDims: false } as never, source), reducedShape(x!.shape, axes, keepDims));
};

/** A reduction to one element does not care how its elements are arranged. */
const arrangement = <O extends Reduction>(op: O): Identity<O> => (b, { axes, keepDims }, [x]) => {
  if (axes.length !== x!.shape.length) return undefined;
  const inner = made(b, x!, "reshape") ?? made(b, x!, "transpose") ?? made(b, x!, "reverse");
  const source = inner?.inputs[0];
  if (!source) return undefined;
  return b.reshape(b.emit(op, { axes: source.shape.map((_, i) => i), keepDims: false } as never, source), reducedShape(x!.shape, axes, keepDims));
};

/** `Σ x·s = s·Σ x` for a factor of one element: one pass over x less. */
function factorOut(b: Builder, x: Value, sum: (v: Value) => Value): Value | undefined {
  for (const op of ["mul", "div"] as const) {
    const [p, q] = made(b, x, op)?.inputs ?? [];
    if (!p || !q || x.dtype !== "float32") continue;
    if (sizeOf(q.shape) === 1 && sameShape(p.shape, x.shape)) return b[op](sum(p), b.reshape(q, []));
    if (op === "mul" && sizeOf(p.shape) === 1 && sameShape(q.shape, x.shape)) return b.mul(sum(q), b.reshape(p, []));
  }
  const negated = made(b, x, "neg")?.inputs[0];
  return negated && b.neg(sum(negated));
}

/** Summing repeated elements counts them. */
const repeated: Identity<"reduceSum"> = (b, { axes, keepDims }, [x]) => {
  const source = made(b, x!, "broadcast")?.inputs[0];
  if (!source || x!.dtype !== "float32") return undefined;
  const full = [...new Array<number>(x!.shape.length - source.shape.length).fill(1), ...source.shape];
  const counted = axes.filter((a) => full[a] === 1 && x!.shape[a]! > 1);
  if (counted.length === 0) return undefined;
  const times = counted.reduce((n, a) => n * x!.shape[a]!, 1);
  const less = b.broadcast(b.reshape(source, full), x!.shape.map((d, i) => (counted.includes(i) ? 1 : d)));
  return b.mul(b.sum(less, axes, keepDims), times);
};

export const REDUCE: Identities<OpName> = {
  reduceSum: [
    trivial(), nested("reduceSum"), arrangement("reduceSum"), repeated,
    (b, { axes, keepDims }, [x]) => factorOut(b, x!, (v) => b.sum(v, axes, keepDims)),
  ],
  reduceMax: [trivial(), nested("reduceMax"), arrangement("reduceMax")],
  reduceMin: [trivial(), nested("reduceMin"), arrangement("reduceMin")],
};
