/** Tensors whose numbers are known when a network is written: weights, and everything that shape arithmetic computes. */
import { allocate, sizeOf, type DType, type TensorData } from "../ir/tensor.ts";
import { unsupported } from "./failures.ts";

/** Element types of network files. */
export type Elem = "float32" | "float64" | "float16" | "bfloat16" | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "bool";

/** Integers may be held as float64, which is exact to 2⁵³, because files say "to the end" with the largest int64. */
export interface Known {
  readonly elem: Elem;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array | Float64Array;
}

const FLOATS: ReadonlySet<Elem> = new Set<Elem>(["float32", "float64", "float16", "bfloat16"]);

/** The IR's dtype for an element type. */
export const carrierOf = (elem: Elem): DType => (elem === "bool" ? "bool" : FLOATS.has(elem) ? "float32" : "int32");

/** Bits and sign of integers narrower than the IR's, whose arithmetic wraps around earlier. */
export const NARROW: { readonly [E in Elem]?: { readonly low: number; readonly count: number } } = {
  uint8: { low: 0, count: 2 ** 8 }, int8: { low: -(2 ** 7), count: 2 ** 8 }, uint16: { low: 0, count: 2 ** 16 }, int16: { low: -(2 ** 15), count: 2 ** 16 },
};

const INT32_LEAST = -(2 ** 31);
const INT32_MOST = 2 ** 31 - 1;

export const fitsInt32 = (data: ArrayLike<number>): boolean => {
  for (let i = 0; i < data.length; i++) if (!(data[i]! >= INT32_LEAST && data[i]! <= INT32_MOST)) return false;
  return true;
};

/** As data of the IR. Throws NodeFailure `network-unsupported` for integers beyond 32 bits. */
export function toTensorData(known: Known): TensorData {
  const dtype = carrierOf(known.elem);
  const { data, shape } = known;
  const fits = dtype === "float32" ? data instanceof Float32Array : dtype === "int32" ? data instanceof Int32Array : data instanceof Uint8Array;
  if (fits) return { dtype, shape, data: data as TensorData["data"] };
  if (dtype === "int32" && !fitsInt32(data)) throw unsupported(`A tensor of ${known.elem} holds numbers beyond 32 bits, which cannot be carried.`);
  const own = allocate(dtype, data.length);
  own.set(data);
  return { dtype, shape, data: own };
}

export const fromTensorData = (t: TensorData, elem: Elem = t.dtype): Known => ({ elem, shape: t.shape, data: t.data });

export const knownInts = (values: readonly number[], elem: Elem = "int64"): Known => ({ elem, shape: [values.length], data: Float64Array.from(values) });

export const knownScalar = (value: number, elem: Elem): Known => ({ elem, shape: [], data: carrierOf(elem) === "float32" ? Float32Array.of(value) : Float64Array.of(value) });

export const elements = (shape: readonly number[]): number => sizeOf(shape);
