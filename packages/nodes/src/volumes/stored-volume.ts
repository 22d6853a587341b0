/** What every reader of volume files gives: voxels as the file has them, and where its axes point; and how bytes become numbers. */
import { NodeFailure } from "@patchbay/runtime/node-api";

/** 512 MiB of float32. */
export const MOST_VOXELS = 2 ** 27;

/** Depth, height, width, channels. */
export type VolumeSize = readonly [number, number, number, number];
/** For depth, height and width. */
export type Triple<T> = readonly [T, T, T];

export interface VolumeHeader {
  /** "NIfTI-1", "DICOM", "NumPy". */
  readonly format: string;
  readonly size: VolumeSize;
  /** Millimetres between voxels along depth, height and width; null where the file does not say. */
  readonly spacing: Triple<number> | null;
  /**
   * Where the next voxel along depth, height and width lies, in the patient's coordinates as DICOM has them: to the left, to the back, to the
   * head. Null where the file does not say.
   */
  readonly axes: Triple<Triple<number>> | null;
}

export interface StoredVolume extends VolumeHeader {
  /** Channels last. */
  readonly data: Float32Array;
}

export type NumberType = "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64";

export const bytesOfType = (type: NumberType): number => Number(/\d+/.exec(type)![0]) / 8;

/** Throws NodeFailure `too-large`, or `file-malformed` for lengths that are none. */
export function checkedSize(size: readonly number[], what: string): VolumeSize {
  if (size.length !== 4 || !size.every((n) => Number.isSafeInteger(n) && n > 0)) throw malformed(`${what} says that its size is ${size.join(" × ")}, which no volume has.`);
  const voxels = size.reduce((n, d) => n * d, 1);
  if (voxels > MOST_VOXELS) throw tooLarge(what, size);
  return size as unknown as VolumeSize;
}

export const tooLarge = (what: string, size: readonly number[]): NodeFailure =>
  new NodeFailure("too-large", `${what} holds ${size.join(" × ")} numbers; at most ${Math.round(MOST_VOXELS / 1e6)} million are read. Take a part of it, or a coarser copy.`, { param: "file" });

export const malformed = (message: string, cause?: unknown): NodeFailure => new NodeFailure("file-malformed", message, { param: "file", cause });

export const cutOff = (what: string, wanted: number, found: number): NodeFailure =>
  malformed(`${what} is cut off: its voxels take ${wanted.toLocaleString("en-GB")} bytes, and ${Math.max(0, found).toLocaleString("en-GB")} are there.`);

/** `count` numbers from byte `offset` on, times `slope` plus `intercept`. The caller has checked that they are there. */
export function readNumbers(bytes: Uint8Array, offset: number, count: number, { type, littleEndian, slope = 1, intercept = 0 }: { type: NumberType; littleEndian: boolean; slope?: number; intercept?: number }): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = GETTERS[type];
  const step = bytesOfType(type);
  const out = new Float32Array(count);
  for (let i = 0, at = offset; i < count; i++, at += step) out[i] = read(view, at, littleEndian) * slope + intercept;
  return out;
}

const GETTERS: { readonly [T in NumberType]: (view: DataView, at: number, littleEndian: boolean) => number } = {
  int8: (v, at) => v.getInt8(at),
  uint8: (v, at) => v.getUint8(at),
  int16: (v, at, le) => v.getInt16(at, le),
  uint16: (v, at, le) => v.getUint16(at, le),
  int32: (v, at, le) => v.getInt32(at, le),
  uint32: (v, at, le) => v.getUint32(at, le),
  int64: (v, at, le) => Number(v.getBigInt64(at, le)),
  uint64: (v, at, le) => Number(v.getBigUint64(at, le)),
  float32: (v, at, le) => v.getFloat32(at, le),
  float64: (v, at, le) => v.getFloat64(at, le),
};

/**
 * `[A,B,C,channels]` in another order of its first three axes, some of them backwards: axis `i` of the result is axis `from[i]` of `data`.
 * Returns `data` itself where nothing changes.
 */
export function rearranged(data: Float32Array, size: VolumeSize, from: Triple<number>, backwards: Triple<boolean>): Float32Array {
  if (from.every((f, i) => f === i && !backwards[i])) return data;
  const channels = size[3];
  const strides = [size[1] * size[2] * channels, size[2] * channels, channels];
  const [D, H, W] = from.map((f) => size[f]!) as [number, number, number];
  const [sd, sh, sw] = from.map((f, i) => (backwards[i] ? -1 : 1) * strides[f]!) as [number, number, number];
  const start = from.reduce((sum, f, i) => sum + (backwards[i] ? (size[f]! - 1) * strides[f]! : 0), 0);
  const out = new Float32Array(data.length);
  let p = 0;
  for (let d = 0; d < D; d++)
    for (let h = 0; h < H; h++)
      for (let w = 0, at = start + d * sd + h * sh; w < W; w++, at += sw) for (let c = 0; c < channels; c++) out[p++] = data[at + c]!;
  return out;
}
