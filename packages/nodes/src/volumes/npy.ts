/** Reads NumPy's `.npy` files as volumes: `[D,H,W]`, `[D,H,W,C]` or `[1,D,H,W,C]`. */
import { bytesOfType, checkedSize, cutOff, malformed, readNumbers, type NumberType, type StoredVolume, type VolumeHeader, type VolumeSize } from "./stored-volume.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Longer headers are no plain arrays. */
const LONGEST_HEADER = 65_535;

export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((b, i) => bytes[i] === b);

interface NpyHeader extends VolumeHeader {
  readonly type: NumberType;
  readonly littleEndian: boolean;
  readonly fortran: boolean;
  readonly offset: number;
}

const TYPES: { readonly [code: string]: NumberType } = { b1: "uint8", i1: "int8", u1: "uint8", i2: "int16", u2: "uint16", i4: "int32", u4: "uint32", i8: "int64", u8: "uint64", f4: "float32", f8: "float64" };

/** Throws NodeFailure `file-malformed` or `too-large`; `what` begins its sentences. Format: NumPy Enhancement Proposal 1. */
export function npyHeader(bytes: Uint8Array, what: string): NpyHeader {
  const version = bytes[6] ?? 0;
  const wide = version >= 2;
  const length = (bytes[8] ?? 0) | ((bytes[9] ?? 0) << 8) | (wide ? ((bytes[10] ?? 0) << 16) | ((bytes[11] ?? 0) << 24) : 0);
  const begin = wide ? 12 : 10;
  if (version < 1 || version > 3 || length < 0 || length > LONGEST_HEADER || begin + length > bytes.length) throw malformed(`${what} is a damaged .npy file: its header is cut off or of an unknown version.`);
  const text = new TextDecoder("latin1").decode(bytes.subarray(begin, begin + length));
  const descr = /'descr'\s*:\s*'([<>|=])([a-z]\d+)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(text);
  if (!order || !shape) throw malformed(`${what} is a damaged .npy file: its header is not NumPy's.`);
  const type = descr && TYPES[descr[2]!];
  if (!type) throw malformed(`${what} holds values that are no real numbers of 8 to 64 bits: save it with “array.astype('float32')”.`);
  const dims = shape[1]!.split(",").flatMap((d) => (d.trim() === "" ? [] : [Number(d)]));
  const four = dims.length === 3 ? [...dims, 1] : dims.length === 4 ? dims : dims.length === 5 && dims[0] === 1 ? dims.slice(1) : null;
  if (!four) throw malformed(`${what} has the shape [${dims.join(",")}]; a volume is [depth,height,width], [depth,height,width,channels] or [1,depth,height,width,channels].`);
  return { format: "NumPy", size: checkedSize(four, what), spacing: null, axes: null, type, littleEndian: descr[1] !== ">", fortran: order[1] === "True", offset: begin + length };
}

/** The same failures, and a file that is cut off. */
export function readNpy(bytes: Uint8Array, what: string): StoredVolume {
  const { type, littleEndian, fortran, offset, ...header } = npyHeader(bytes, what);
  const count = header.size.reduce((n, d) => n * d, 1);
  if (offset + count * bytesOfType(type) > bytes.length) throw cutOff(what, count * bytesOfType(type), bytes.length - offset);
  const data = readNumbers(bytes, offset, count, { type, littleEndian });
  return { ...header, data: fortran ? fromFortran(data, header.size) : data };
}

/** First axis fastest to last axis fastest. */
function fromFortran(data: Float32Array, [D, H, W, C]: VolumeSize): Float32Array {
  const out = new Float32Array(data.length);
  let p = 0;
  for (let d = 0; d < D; d++) for (let h = 0; h < H; h++) for (let w = 0; w < W; w++) for (let c = 0; c < C; c++) out[p++] = data[d + D * (h + H * (w + W * c))]!;
  return out;
}
