/** Values as JSON: a tensor's numbers nested by its shape. */
import type { RuntimeValue, TensorValue } from "@patchbay/runtime";

/** Numbers that JSON cannot hold become `"NaN"`, `"Infinity"` and `"-Infinity"`. */
export function toJson(value: RuntimeValue): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "number") return Number.isFinite(inner) ? inner : String(inner);
    if (isTensor(inner)) return { ...inner, data: nested(inner.shape, inner.data) };
    if (ArrayBuffer.isView(inner)) return Array.from(inner as Uint8Array | Float32Array);
    return inner;
  });
}

const isTensor = (x: unknown): x is Pick<TensorValue, "shape" | "data"> => typeof x === "object" && x !== null && "shape" in x && "data" in x && ArrayBuffer.isView(x.data);

type Nested = number | Nested[];

export function nested(shape: readonly number[], data: ArrayLike<number>, at = 0, axis = 0): Nested {
  if (axis === shape.length) return data[at]!;
  const step = shape.slice(axis + 1).reduce((n, d) => n * d, 1);
  return Array.from({ length: shape[axis]! }, (_, i) => nested(shape, data, at + i * step, axis + 1));
}
