/** What a rule of reverse-mode differentiation is given and gives. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpAttrs, OpName } from "../../ir/ops.ts";
import { sameShape, sizeOf, type TensorData } from "../../ir/tensor.ts";

export interface VjpSite<Op extends OpName> {
  readonly b: Builder;
  readonly attrs: OpAttrs[Op];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Of the first output; the one output that rules differentiate (topK's indices carry nothing). */
  readonly grad: Value;
  /** Which inputs' gradients anything asks for; the others may be skipped. */
  readonly wanted: readonly boolean[];
  /** The data of a value that is a constant. */
  readonly constantOf: (v: Value) => TensorData | undefined;
}

/** Emits the gradient of each input, of that input's shape; `null` where it is zero or not wanted. */
export type Vjp<Op extends OpName> = (site: VjpSite<Op>) => readonly (Value | null)[];

/** Sums `g` over what was repeated when `shape` was broadcast to `g`'s shape. */
export function sumTo(b: Builder, g: Value, shape: readonly number[]): Value {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.shape.length - shape.length;
  const axes = g.shape.flatMap((d, i) => (i < lead || (shape[i - lead] === 1 && d !== 1) ? [i] : []));
  return b.reshape(b.sum(g, axes), shape);
}

/** `g` of the reduced shape, with the reduced axes put back as length 1. */
export const restoreAxes = (b: Builder, g: Value, shape: readonly number[], axes: readonly number[]): Value =>
  b.reshape(g, shape.map((d, i) => (axes.includes(i) ? 1 : d)));

/** The value that all elements of a constant share, if they do and it is one. */
export function splat(t: TensorData | undefined): number | undefined {
  if (!t || sizeOf(t.shape) === 0) return undefined;
  const first = t.data[0]!;
  for (let i = 1; i < t.data.length; i++) if (t.data[i] !== first) return undefined;
  return first;
}

/** No gradient: the operation is constant almost everywhere, or computes no floats. */
export const none = (): readonly null[] => [];
