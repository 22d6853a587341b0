/** Tensors of the reference backend: every dtype held as float64, so that arithmetic is as exact as JavaScript allows. */
import type { OpAttrs, OpName } from "../../ir/ops.ts";
import { allocate, sizeOf, type DType, type StaticType, type TensorData } from "../../ir/tensor.ts";

/** Row-major. int32 and bool values are exact in float64. */
export interface Tensor64 extends StaticType {
  readonly data: Float64Array;
}

/** Computes the data of an operation's outputs, whose types are already inferred. */
export type Kernel<Op extends OpName> = (attrs: OpAttrs[Op], inputs: readonly Tensor64[], outputs: readonly StaticType[]) => readonly Float64Array[];

export const toTensor64 = (t: { readonly shape: readonly number[]; readonly data: ArrayLike<number> }, dtype: DType): Tensor64 => ({
  dtype,
  shape: t.shape,
  data: t.data instanceof Float64Array ? t.data : Float64Array.from(t.data),
});

/** Rounds to the dtype's own storage. */
export function fromTensor64(t: Tensor64): TensorData {
  const data = allocate(t.dtype, t.data.length);
  data.set(t.data);
  return { dtype: t.dtype, shape: [...t.shape], data };
}

/** How far apart, in elements, neighbours along each axis lie. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

/**
 * Calls `row(start)` for the first element of each innermost row of a strided view of `shape`, in row-major order.
 * A rank-0 view has one row of one element.
 */
export function eachRow(shape: readonly number[], strides: readonly number[], offset: number, row: (start: number) => void): void {
  const outer = shape.length - 1;
  if (shape.some((d) => d === 0)) return;
  const index = new Array<number>(Math.max(0, outer)).fill(0);
  let at = offset;
  for (;;) {
    row(at);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** A strided view of `data` made contiguous: the one loop behind broadcast, transpose, slice and reverse. */
export function readStrided(data: Float64Array, shape: readonly number[], strides: readonly number[], offset = 0): Float64Array {
  const out = new Float64Array(sizeOf(shape));
  const [length, step] = [shape.at(-1) ?? 1, strides.at(-1) ?? 0];
  let at = 0;
  eachRow(shape, strides, offset, (start) => {
    for (let i = 0, from = start; i < length; i++, from += step) out[at++] = data[from]!;
  });
  return out;
}

/** Writes contiguous `data` of `shape` into a strided view of `out`. */
export function writeStrided(out: Float64Array, data: Float64Array, shape: readonly number[], strides: readonly number[], offset = 0): void {
  const [length, step] = [shape.at(-1) ?? 1, strides.at(-1) ?? 0];
  let at = 0;
  eachRow(shape, strides, offset, (start) => {
    for (let i = 0, to = start; i < length; i++, to += step) out[to] = data[at++]!;
  });
}

/** `data` of `from` repeated to `to` as NumPy broadcasts; the same array where nothing repeats. */
export function broadcastTo(data: Float64Array, from: readonly number[], to: readonly number[]): Float64Array {
  const size = sizeOf(to);
  if (data.length === size) return data;
  if (data.length === 1) return new Float64Array(size).fill(data[0]!);
  const own = stridesOf(from);
  const lead = to.length - from.length;
  return readStrided(data, to, to.map((_, i) => (i < lead || from[i - lead] === 1 ? 0 : own[i - lead]!)));
}
