/** Tensors of ONNX files as numbers. Nothing is allocated before the data themselves are seen to be there. */
import { fromBinary } from "@bufbuild/protobuf";
import { damaged, unsupported } from "../../networks/failures.ts";
import { type Elem, type Known } from "../../networks/known.ts";
import { NodeFailure } from "../../node-api/host.ts";
import { TensorProto_DataLocation as DataLocation, TensorProto_DataType as DataType, TensorProtoSchema, type TensorProto } from "../generated/onnx_pb.ts";

export const ELEMS: { readonly [type: number]: Elem } = {
  [DataType.FLOAT]: "float32", [DataType.DOUBLE]: "float64", [DataType.FLOAT16]: "float16", [DataType.BFLOAT16]: "bfloat16",
  [DataType.INT8]: "int8", [DataType.INT16]: "int16", [DataType.INT32]: "int32", [DataType.INT64]: "int64",
  [DataType.UINT8]: "uint8", [DataType.UINT16]: "uint16", [DataType.UINT32]: "uint32", [DataType.UINT64]: "uint64", [DataType.BOOL]: "bool",
};

/** As ONNX calls it, for sentences. */
export const elemName = (type: number): string => ELEMS[type] ?? (DataType[type] ?? `type ${type}`).toLowerCase();

/** Throws NodeFailure: damaged, kept in another file, or of a type that cannot be carried (strings, complex numbers). */
export function readTensor(file: string, proto: TensorProto): Known {
  const what = `Its tensor “${proto.name}”`;
  refuseExternal(file, proto);
  const elem = ELEMS[proto.dataType];
  if (!elem) throw unsupported(`${file}: its tensor “${proto.name}” holds ${elemName(proto.dataType)}, which cannot be carried.`);
  const shape = proto.dims.map(Number);
  const size = shape.reduce((n, d) => n * d, 1);
  if (shape.some((d) => !(d >= 0)) || !Number.isSafeInteger(size)) throw damaged(file, `${what} says that its shape is [${shape}].`);
  const data = proto.rawData.length ? fromRaw(elem, proto.rawData) : fromLists(elem, proto);
  if (!data) throw damaged(file, `${what} has ${proto.rawData.length} bytes, which is no whole number of ${elem}.`);
  if (data.length !== size) throw damaged(file, `${what} has the shape [${shape}] and ${data.length} numbers.`);
  return { elem, shape, data };
}

/** A tensor that is a file by itself (`input_0.pb` of a test case), with the name that it has there. */
export function readOnnxTensor(bytes: Uint8Array, file: string): { name: string; tensor: Known } {
  try {
    const proto = fromBinary(TensorProtoSchema, bytes, { readUnknownFields: false });
    return { name: proto.name, tensor: readTensor(file, proto) };
  } catch (error) {
    if (error instanceof NodeFailure) throw error;
    throw damaged(file, "It is no ONNX tensor, or a part of one.");
  }
}

/** A file is read as it stands: what it keeps in other files is not looked for. */
export function refuseExternal(file: string, proto: TensorProto): void {
  if (proto.dataLocation !== DataLocation.EXTERNAL && !proto.externalData.length) return;
  const location = proto.externalData.find((e) => e.key === "location")?.value;
  throw unsupported(`${file} keeps its tensor “${proto.name}” in another file${location === undefined ? "" : ` (${location})`}, which is not read. Save the model with its data embedded: onnx.save(onnx.load(path), path).`);
}

const BYTES: { readonly [E in Elem]: number } = { float32: 4, float64: 8, float16: 2, bfloat16: 2, int8: 1, int16: 2, int32: 4, int64: 8, uint8: 1, uint16: 2, uint32: 4, uint64: 8, bool: 1 };

function fromRaw(elem: Elem, bytes: Uint8Array): Known["data"] | null {
  const width = BYTES[elem];
  if (bytes.length % width) return null;
  const n = bytes.length / width;
  // Typed arrays begin at multiples of their width, tensors in a file anywhere.
  const at = bytes.byteOffset % width ? new Uint8Array(bytes) : bytes;
  const view = <T>(make: new (buffer: ArrayBufferLike, offset: number, length: number) => T) => new make(at.buffer, at.byteOffset, n);
  switch (elem) {
    case "float32": return view(Float32Array) as Float32Array;
    case "float64": return Float32Array.from(view(Float64Array));
    case "float16": return Float32Array.from(view(Uint16Array), halfToFloat);
    case "bfloat16": return Float32Array.from(view(Uint16Array), bfloatToFloat);
    case "int32": return view(Int32Array) as Int32Array;
    case "int64": return Float64Array.from(view(BigInt64Array), Number);
    case "uint64": return Float64Array.from(view(BigUint64Array), Number);
    case "uint32": return Float64Array.from(view(Uint32Array));
    case "int8": return Int32Array.from(view(Int8Array));
    case "int16": return Int32Array.from(view(Int16Array));
    case "uint8": return Int32Array.from(at);
    case "uint16": return Int32Array.from(view(Uint16Array));
    case "bool": return Uint8Array.from(at, (b) => (b ? 1 : 0));
  }
}

/** Data as lists of protobuf numbers; half precision is kept there as its bits in int32. */
function fromLists(elem: Elem, proto: TensorProto): Known["data"] {
  switch (elem) {
    case "float32": return Float32Array.from(proto.floatData);
    case "float64": return Float32Array.from(proto.doubleData);
    case "float16": return Float32Array.from(proto.int32Data, halfToFloat);
    case "bfloat16": return Float32Array.from(proto.int32Data, bfloatToFloat);
    case "int64": return Float64Array.from(proto.int64Data, Number);
    case "uint32": case "uint64": return Float64Array.from(proto.uint64Data, Number);
    case "bool": return Uint8Array.from(proto.int32Data, (b) => (b ? 1 : 0));
    default: return Int32Array.from(proto.int32Data);
  }
}

/** IEEE 754 binary16. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));
function bfloatToFloat(bits: number): number {
  word.setUint32(0, (bits << 16) >>> 0);
  return word.getFloat32(0);
}
