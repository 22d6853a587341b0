/** Writes NumPy's `.npy` files, version 1.0: a header in text, then the numbers as they lie in memory. */
import type { ImageValue, TensorValue } from "@patchbay/runtime";

const DTYPES: { readonly [dtype: string]: string } = { float32: "<f4", int32: "<i4", bool: "|b1" };

/** A tensor with its dtype and shape; a picture as `[height,width,3]` of bytes. */
export function writeNpy(value: Pick<TensorValue, "dtype" | "shape" | "data"> | ImageValue): Uint8Array<ArrayBuffer> {
  const [descr, shape] = "dtype" in value ? [DTYPES[value.dtype]!, value.shape] : ["|u1", [value.height, value.width, 3]];
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  // Magic, version and length take ten bytes; the numbers begin at a multiple of 64.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const { buffer, byteOffset, byteLength } = value.data;
  const file = new Uint8Array(10 + length + byteLength);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  file.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), 10);
  file.set(new Uint8Array(buffer, byteOffset, byteLength), 10 + length);
  return file;
}
