/** Tensor data in memory, and the static type of an IR value. */
import type { DType } from "@patchbay/graph-core";

export type { DType } from "@patchbay/graph-core";

export interface StaticType {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** Row-major. `bool` is held as bytes 0 or 1. */
export type TensorArray = Float32Array | Int32Array | Uint8Array;

export interface TensorData extends StaticType {
  readonly data: TensorArray;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((d, i) => d === b[i]);

export function allocate(dtype: DType, size: number): TensorArray {
  return dtype === "float32" ? new Float32Array(size) : dtype === "int32" ? new Int32Array(size) : new Uint8Array(size);
}

/** A tensor from numbers; throws a RangeError when their count does not fill `shape`. */
export function tensor(dtype: DType, shape: readonly number[], values: ArrayLike<number>): TensorData {
  if (values.length !== sizeOf(shape)) throw new RangeError(`${values.length} values do not fill the shape [${shape}].`);
  const data = allocate(dtype, values.length);
  data.set(values);
  return { dtype, shape: [...shape], data };
}

export const float32 = (shape: readonly number[], values: ArrayLike<number>): TensorData =>
  values instanceof Float32Array && values.length === sizeOf(shape)
    ? { dtype: "float32", shape: [...shape], data: values }
    : tensor("float32", shape, values);
