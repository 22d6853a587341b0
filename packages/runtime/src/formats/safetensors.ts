/**
 * Tensors with names in one file, as the field exchanges weights: safetensors. Eight bytes with the header's length, the
 * header as JSON, and the numbers, little-endian and without gaps. https://huggingface.co/docs/safetensors (format 0.x).
 */
import { allocate, sizeOf, type DType, type TensorArray, type TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";

export interface SafetensorsFile {
  readonly tensors: { readonly [name: string]: TensorData };
  /** Free text by name, `__metadata__` in the file. */
  readonly metadata: { readonly [name: string]: string };
}

/** As in the reference implementation: a header beyond it is no header. */
const LARGEST_HEADER = 100_000_000;
const LENGTH_BYTES = 8;
const METADATA = "__metadata__";

const WRITTEN: { readonly [D in DType]: string } = { float32: "F32", int32: "I32", bool: "BOOL" };

interface Stored {
  /** Bytes of one number. */
  size: number;
  dtype: DType;
  read(view: DataView, at: number): number;
}

/** What can be read. Numbers of other widths become ours; those that would lose their value are refused while reading. */
const STORED: { readonly [name: string]: Stored } = {
  F64: { size: 8, dtype: "float32", read: (v, at) => v.getFloat64(at, true) },
  F32: { size: 4, dtype: "float32", read: (v, at) => v.getFloat32(at, true) },
  F16: { size: 2, dtype: "float32", read: (v, at) => half(v.getUint16(at, true)) },
  BF16: { size: 2, dtype: "float32", read: (v, at) => brain(v.getUint16(at, true)) },
  I64: { size: 8, dtype: "int32", read: (v, at) => Number(v.getBigInt64(at, true)) },
  I32: { size: 4, dtype: "int32", read: (v, at) => v.getInt32(at, true) },
  BOOL: { size: 1, dtype: "bool", read: (v, at) => v.getUint8(at) },
};

/** IEEE 754 binary16. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

const word = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a float32. */
function brain(bits: number): number {
  word.setUint32(0, bits * 65536);
  return word.getFloat32(0);
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The same tensors and metadata give the same bytes, in whatever order they are named. */
export function encodeSafetensors(tensors: { readonly [name: string]: TensorData }, metadata: { readonly [name: string]: string } = {}): Uint8Array {
  // Wide numbers first, so that each tensor lies at a multiple of its numbers' width; then by name.
  const entries = Object.entries(tensors).sort(([a, x], [b, y]) => STORED[WRITTEN[y.dtype]]!.size - STORED[WRITTEN[x.dtype]]!.size || (a < b ? -1 : 1));
  const described: [string, unknown][] = [];
  if (Object.keys(metadata).length) described.push([METADATA, Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)))]);
  let end = 0;
  for (const [name, t] of entries) {
    if (name === METADATA) throw new RangeError(`A tensor cannot be named ${METADATA}.`);
    if (t.data.length !== sizeOf(t.shape)) throw new RangeError(`${t.data.length} values of “${name}” do not fill the shape [${t.shape}].`);
    const begin = end;
    end += t.data.length * STORED[WRITTEN[t.dtype]]!.size;
    described.push([name, { dtype: WRITTEN[t.dtype], shape: t.shape, data_offsets: [begin, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(described)));
  const header = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + header + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + header).set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + header;
  for (const [, { data }] of entries) {
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    bytes.set(LITTLE_ENDIAN ? raw : swapped(raw, data.BYTES_PER_ELEMENT), at);
    at += raw.length;
  }
  return bytes;
}

function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i - (i % width) + width - 1 - (i % width)]!;
  return out;
}

/** @throws NodeFailure `safetensors-invalid` that says what is wrong with bytes that are no such file; nothing is allocated before its size has been checked. */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_BYTES) throw invalid(`it has ${bytes.length} bytes, and the length of its header alone takes ${LENGTH_BYTES}`);
  const length = view.getBigUint64(0, true);
  if (length > LARGEST_HEADER) throw invalid(`its header would be ${length} bytes long`);
  const start = LENGTH_BYTES + Number(length);
  if (start > bytes.length) throw invalid(`it ends within its header`);
  const header = headerOf(bytes.subarray(LENGTH_BYTES, start));
  const metadata = header[METADATA] ?? {};
  if (!isObject(metadata) || Object.values(metadata).some((v) => typeof v !== "string")) throw invalid(`its ${METADATA} is not text by name`);
  const entries = Object.entries(header).filter(([name]) => name !== METADATA).map(([name, entry]) => checked(name, entry, bytes.length - start));
  // Without gaps or overlaps, so that a small file cannot stand for much memory.
  let end = 0;
  for (const e of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (e.begin !== end) throw invalid(`“${e.name}” begins at byte ${e.begin}, and what is before it ends at ${end}`);
    end = e.end;
  }
  if (end !== bytes.length - start) throw invalid(`it holds ${bytes.length - start} bytes of numbers, and its header speaks of ${end}`);
  return {
    tensors: Object.fromEntries(entries.map((e) => [e.name, { dtype: e.stored.dtype, shape: e.shape, data: numbers(view, e, start) }])),
    metadata: metadata as { [name: string]: string },
  };
}

function headerOf(bytes: Uint8Array): { readonly [name: string]: unknown } {
  if (bytes[0] !== 0x7b) throw invalid("its header does not begin with {");
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid("its header is not JSON");
  }
  if (!isObject(header)) throw invalid("its header is no object");
  return header;
}

interface Entry {
  name: string;
  stored: Stored;
  shape: readonly number[];
  begin: number;
  end: number;
}

function checked(name: string, entry: unknown, available: number): Entry {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  const whole = (list: unknown): list is number[] => Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole(shape) || shape.length > 32 || !whole(offsets) || offsets.length !== 2 || typeof dtype !== "string") throw invalid(`“${name}” does not say its dtype, its shape and where it lies`);
  const stored = Object.hasOwn(STORED, dtype) ? STORED[dtype]! : undefined;
  if (!stored) throw invalid(`“${name}” holds ${dtype}, and what can be read is ${Object.keys(STORED).join(", ")}`);
  const [begin, end] = offsets as [number, number];
  const size = sizeOf(shape) * stored.size;
  if (end < begin || end > available || end - begin !== size) throw invalid(`“${name}” [${shape}] needs ${size} bytes, and it lies from ${begin} to ${end} of ${available}`);
  return { name, stored, shape, begin, end };
}

function numbers(view: DataView, { name, stored, shape, begin }: Entry, start: number): TensorArray {
  const { dtype, size, read } = stored;
  const data = allocate(dtype, sizeOf(shape));
  if (LITTLE_ENDIAN && size === data.BYTES_PER_ELEMENT) new Uint8Array(data.buffer).set(new Uint8Array(view.buffer, view.byteOffset + start + begin, data.byteLength));
  else
    for (let i = 0; i < data.length; i++) {
      const value = read(view, start + begin + i * size);
      data[i] = value;
      if (dtype === "int32" && data[i] !== value) throw invalid(`“${name}” holds ${value}, which does not fit into 32 bits`);
    }
  if (dtype === "bool" && data.some((v) => v > 1)) throw invalid(`“${name}” holds truth values other than 0 and 1`);
  return data;
}

const isObject = (x: unknown): x is { readonly [name: string]: unknown } => typeof x === "object" && x !== null && !Array.isArray(x);

const invalid = (what: string): NodeFailure => new NodeFailure("safetensors-invalid", `This is no safetensors file that can be read: ${what}.`);
