/** Reads NIfTI-1 and NIfTI-2 files, plain or gzipped: scans as neuroimaging keeps them. */
import type { NIFTI1, NIFTI2 } from "nifti-reader-js";
import { bytesOfType, checkedSize, cutOff, malformed, readNumbers, tooLarge, type NumberType, type StoredVolume, type Triple, type VolumeHeader } from "./stored-volume.ts";

/** Decompressed; no larger plain file is read either. */
const MOST_BYTES = 2 ** 29;

/** Length of the header by version. */
const HEADER = { 1: 348, 2: 540 } as const;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Both versions begin with the length of their header, in either byte order. */
export function niftiVersion(bytes: Uint8Array): 1 | 2 | null {
  if (bytes.length < HEADER[1]) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4);
  for (const version of [1, 2] as const) if (view.getInt32(0, true) === HEADER[version] || view.getInt32(0, false) === HEADER[version]) return version;
  return null;
}

interface NiftiHeader extends VolumeHeader {
  readonly type: NumberType;
  readonly littleEndian: boolean;
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
  /** RGB voxels, whose three bytes lie together. */
  readonly coloured: boolean;
}

/** Type codes of nifti1.h. */
const TYPES: { readonly [code: number]: NumberType } = { 2: "uint8", 4: "int16", 8: "int32", 16: "float32", 64: "float64", 128: "uint8", 256: "int8", 512: "uint16", 768: "uint32", 1024: "int64", 1280: "uint64" };
const RGB = 128;

/** Of the first bytes of a file (decompressed). Times and further components become channels. Throws NodeFailure `file-malformed` or `too-large`. */
export async function niftiHeader(bytes: Uint8Array, what: string): Promise<NiftiHeader> {
  const version = niftiVersion(bytes);
  if (!version || bytes.length < HEADER[version]) throw malformed(`${what} is no NIfTI file, or its header is cut off.`);
  const { NIFTI1: First, readHeader } = await import("nifti-reader-js");
  let header: ReturnType<typeof readHeader>;
  try {
    // Without what follows the header: extensions are not looked at.
    header = readHeader(bytes.slice(0, HEADER[version]).buffer, true);
  } catch (error) {
    throw malformed(`${what} is a damaged NIfTI file: its header cannot be read.`, error);
  }
  if (!header) throw malformed(`${what} is a damaged NIfTI file: its header cannot be read.`);
  if (/^n(i1|i2)/.test(header.magic)) throw malformed(`${what} is the header of a NIfTI pair whose voxels lie in another file (.img): convert it to one .nii file.`);
  const type = TYPES[header.datatypeCode];
  if (!type) throw malformed(`${what} holds voxels of a kind that is not read (NIfTI's type code ${header.datatypeCode}): real numbers and RGB are.`);
  const rank = header.dims[0]!;
  if (!(rank >= 1 && rank <= 7)) throw malformed(`${what} is a damaged NIfTI file: it says that it has ${rank} axes.`);
  const [x, y, z, ...more] = Array.from({ length: 7 }, (_, i) => (i < rank ? header.dims[i + 1]! : 1)) as [number, number, number, ...number[]];
  const coloured = header.datatypeCode === RGB;
  const size = checkedSize([z, y, x, more.reduce((n, d) => n * d, coloured ? 3 : 1)], what);
  if (!Number.isFinite(header.vox_offset) || header.vox_offset < HEADER[version]) throw malformed(`${what} is a damaged NIfTI file: it says that its voxels begin at byte ${header.vox_offset}.`);
  const spacing = header.pixDims.slice(1, 4).map((d) => Math.abs(d) * toMillimetres(header.xyzt_units));
  const known = spacing.every((d) => Number.isFinite(d) && d > 0);
  // A slope of 0 says that values stand for themselves.
  const scaled = Number.isFinite(header.scl_slope) && header.scl_slope !== 0 && !coloured;
  return {
    format: `NIfTI-${version}`, size, type, coloured,
    littleEndian: header.littleEndian,
    offset: Math.floor(header.vox_offset),
    slope: scaled ? header.scl_slope : 1,
    intercept: scaled && Number.isFinite(header.scl_inter) ? header.scl_inter : 0,
    spacing: known ? (spacing.reverse() as unknown as Triple<number>) : null,
    axes: header.qform_code > 0 || header.sform_code > 0 ? axesOf(header, new First()) : null,
  };
}

/** The lowest three bits of `xyzt_units`; unknown units are millimetres nearly always. */
const toMillimetres = (units: number): number => (({ 1: 1000, 3: 0.001 }) as { readonly [code: number]: number })[units & 7] ?? 1;

/** NIfTI's first two patient axes point the other way than DICOM's. Columns of the affine are the directions of x, y and z. */
function axesOf(header: NIFTI1 | NIFTI2, formulas: Pick<NIFTI1, "convertNiftiQFormToNiftiSForm">): Triple<Triple<number>> {
  const { affine: read, quatern_b: b, quatern_c: c, quatern_d: d, pixDims } = header;
  // Where rounding makes a quaternion longer than 1 the reader gives no numbers; its other function follows nifti1.h there.
  const affine = read.every((row) => row.every(Number.isFinite)) ? read : formulas.convertNiftiQFormToNiftiSForm(b, c, d, 0, 0, 0, pixDims[1]!, pixDims[2]!, pixDims[3]!, pixDims[0]! || 1);
  const column = (c: number): Triple<number> => [-affine[0]![c]!, -affine[1]![c]!, affine[2]![c]!];
  return [column(2), column(1), column(0)];
}

/** Throws NodeFailure for files that are damaged, cut off or too large; a gzipped one is never opened further than its header promises. */
export async function readNifti(file: Uint8Array, what: string): Promise<StoredVolume> {
  const begin = isGzip(file) ? await gunzip(file, HEADER[2], what) : file;
  const { type, littleEndian, offset, slope, intercept, coloured, ...header } = await niftiHeader(begin, what);
  const count = header.size.reduce((n, d) => n * d, 1);
  const wanted = count * bytesOfType(type);
  if (wanted > MOST_BYTES) throw tooLarge(what, header.size);
  // Deflate makes bytes at most 1,032 times fewer: nothing is set aside for what cannot be there.
  if (isGzip(file) && offset + wanted > file.length * 1032 + 1024) throw cutOff(what, wanted, file.length * 1032);
  const bytes = isGzip(file) ? await gunzip(file, offset + wanted, what) : file;
  if (offset + wanted > bytes.length) throw cutOff(what, wanted, bytes.length - offset);
  const data = readNumbers(bytes, offset, count, { type, littleEndian, slope, intercept });
  return { ...header, data: coloured ? data : channelsLast(data, header.size[3]) };
}

/** Times and components follow each other as whole volumes. */
function channelsLast(data: Float32Array, channels: number): Float32Array {
  if (channels === 1) return data;
  const voxels = data.length / channels;
  const out = new Float32Array(data.length);
  for (let c = 0; c < channels; c++) for (let i = 0; i < voxels; i++) out[i * channels + c] = data[c * voxels + i]!;
  return out;
}

/** The first `most` bytes of what is compressed, or all where there are fewer. Throws NodeFailure `file-malformed` for damaged data before them. */
export async function gunzip(file: Uint8Array, most: number, what: string): Promise<Uint8Array> {
  const reader = new Blob([file as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const all = new Uint8Array(most);
  let size = 0;
  try {
    while (size < most) {
      const { done, value } = await reader.read();
      if (done) break;
      all.set(value.subarray(0, most - size), size);
      size += Math.min(value.length, most - size);
    }
  } catch (error) {
    throw malformed(`${what} is damaged: it cannot be decompressed.`, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return all.subarray(0, size);
}
