/** Reads one DICOM file: the slice or frames in it, where they lie, and which series they belong to. */
import { NodeFailure } from "@patchbay/runtime/node-api";
import type { DataSet } from "dicom-parser";
import { checkedSize, cutOff, malformed, readNumbers, type NumberType, type StoredVolume, type Triple, type VolumeHeader } from "./stored-volume.ts";

const PREAMBLE = 128;

/** Files begin with 128 bytes of anything and then these letters (PS3.10, section 7.1). */
export const isDicom = (bytes: Uint8Array): boolean => bytes.length > PREAMBLE + 4 && String.fromCharCode(...bytes.subarray(PREAMBLE, PREAMBLE + 4)) === "DICM";

/** Transfer syntaxes of PS3.5 whose pixels lie there as they are. */
const PLAIN: { readonly [uid: string]: { littleEndian: boolean } } = { "1.2.840.10008.1.2": { littleEndian: true }, "1.2.840.10008.1.2.1": { littleEndian: true }, "1.2.840.10008.1.2.2": { littleEndian: false } };

const COMPRESSED: { readonly [uid: string]: string } = {
  "1.2.840.10008.1.2.1.99": "Deflated Explicit VR Little Endian",
  "1.2.840.10008.1.2.4.50": "JPEG Baseline", "1.2.840.10008.1.2.4.51": "JPEG Extended", "1.2.840.10008.1.2.4.57": "JPEG Lossless", "1.2.840.10008.1.2.4.70": "JPEG Lossless, first-order prediction",
  "1.2.840.10008.1.2.4.80": "JPEG-LS Lossless", "1.2.840.10008.1.2.4.81": "JPEG-LS Near-Lossless", "1.2.840.10008.1.2.4.90": "JPEG 2000 Lossless", "1.2.840.10008.1.2.4.91": "JPEG 2000",
  "1.2.840.10008.1.2.4.100": "MPEG2", "1.2.840.10008.1.2.4.102": "MPEG-4 AVC/H.264", "1.2.840.10008.1.2.4.107": "HEVC/H.265",
  "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 Lossless", "1.2.840.10008.1.2.4.202": "High-Throughput JPEG 2000 Lossless", "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000",
  "1.2.840.10008.1.2.5": "RLE Lossless",
};

/** What says where slices lie; never who the patient is. */
export interface DicomSlice extends VolumeHeader {
  readonly series: { readonly uid: string; readonly number: string; readonly description: string };
  readonly instance: number | null;
  /** Millimetres in the patient's coordinates of the first voxel. */
  readonly position: Triple<number> | null;
  /** Directions along a row (width) and down a column (height). */
  readonly directions: readonly [Triple<number>, Triple<number>] | null;
  /** Millimetres between rows and between columns. */
  readonly inPlane: readonly [number, number] | null;
  read(): Float32Array;
}

/** `null`: a DICOM file without pixels (a report, a directory). Throws NodeFailure `file-malformed`, `too-large` or `dicom-compressed`. */
export async function dicomSlice(bytes: Uint8Array, what: string): Promise<DicomSlice | null> {
  const { default: dicom } = await import("dicom-parser");
  const parsed = <T>(parse: () => T): T => {
    try {
      return parse();
    } catch (error) {
      if (error instanceof NodeFailure) throw error;
      throw malformed(`${what} is a damaged DICOM file: it is cut off, or its fields do not follow each other.`, error);
    }
  };
  const syntax = parsed(() => dicom.readPart10Header(bytes).string("x00020010") ?? "");
  const plain = Object.hasOwn(PLAIN, syntax) ? PLAIN[syntax]! : null;
  if (!plain) throw new NodeFailure("dicom-compressed", `${what} is written in the transfer syntax ${Object.hasOwn(COMPRESSED, syntax) ? `${COMPRESSED[syntax]} (${syntax})` : syntax ? `“${printable(syntax)}”` : "of no name"}; only uncompressed ones are read. Convert it, for instance with “dcmdjpeg in.dcm out.dcm” or “gdcmconv --raw in.dcm out.dcm”.`, { param: "file" });
  const set = parsed(() => dicom.parseDicom(bytes));
  const pixels = set.elements["x7fe00010"];
  if (!pixels) return null;
  return parsed(() => sliceOf(set, pixels, bytes, plain.littleEndian, what));
}

function sliceOf(set: DataSet, pixels: { readonly dataOffset: number; readonly encapsulatedPixelData?: boolean }, bytes: Uint8Array, littleEndian: boolean, what: string): DicomSlice {
  const uint = (tag: string): number => set.uint16(tag) ?? 0;
  const numbers = (tag: string, count: number): number[] | null => {
    const all = Array.from({ length: count }, (_, i) => set.floatString(tag, i) ?? NaN);
    return all.every(Number.isFinite) ? all : null;
  };
  const [rows, columns, allocated, samples] = [uint("x00280010"), uint("x00280011"), uint("x00280100"), uint("x00280002") || 1];
  const stored = uint("x00280101") || allocated;
  const frames = set.elements["x00280008"] ? (set.intString("x00280008") ?? NaN) : 1;
  const photometric = (set.string("x00280004") ?? "MONOCHROME2").trim();
  const isSigned = uint("x00280103") === 1;
  const type = ({ 8: isSigned ? "int8" : "uint8", 16: isSigned ? "int16" : "uint16", 32: isSigned ? "int32" : "uint32" } as { readonly [bits: number]: NumberType })[allocated];
  if (!type || stored > allocated || stored < 1 || (allocated === 32 && stored < 32)) throw malformed(`${what} has pixels of ${stored} in ${allocated} bits; up to 16 bits in 8 or 16, and 32, are read.`);
  if (!(photometric.startsWith("MONOCHROME") && samples === 1) && !(photometric === "RGB" && samples === 3)) throw malformed(`${what} has pixels of the kind “${printable(photometric)}” with ${samples} sample${samples === 1 ? "" : "s"} each; greys (MONOCHROME) and RGB are read.`);
  const size = checkedSize([frames, rows, columns, samples], what);
  const count = size.reduce((n, d) => n * d, 1);
  const needed = (count * allocated) / 8;
  if (pixels.encapsulatedPixelData) throw malformed(`${what} says that its pixels are plain, but they are packed into fragments.`);
  if (pixels.dataOffset + needed > bytes.length) throw cutOff(what, needed, bytes.length - pixels.dataOffset);
  const [slope, intercept] = [set.floatString("x00281053") ?? 1, set.floatString("x00281052") ?? 0];
  const isInverted = photometric === "MONOCHROME1";
  const isPlanar = samples === 3 && uint("x00280006") === 1;

  const orientation = numbers("x00200037", 6);
  const directions = orientation ? ([orientation.slice(0, 3), orientation.slice(3)] as unknown as [Triple<number>, Triple<number>]) : null;
  const pixelSpacing = numbers("x00280030", 2) ?? numbers("x00181164", 2);
  const inPlane = pixelSpacing?.every((d) => d > 0) ? (pixelSpacing as [number, number]) : null;
  const between = set.floatString("x00180088") ?? set.floatString("x00180050");
  return {
    format: "DICOM", size, directions, inPlane,
    series: { uid: set.string("x0020000e") ?? "", number: String(set.intString("x00200011") ?? ""), description: printable(set.string("x0008103e") ?? "") },
    instance: set.intString("x00200013") ?? null,
    position: numbers("x00200032", 3) as unknown as Triple<number> | null,
    spacing: inPlane && between && Number.isFinite(between) && between > 0 ? [between, ...inPlane] : null,
    axes: directions ? [cross(...directions), directions[1], directions[0]] : null,
    read() {
      const voxels = readNumbers(bytes, pixels.dataOffset, count, { type, littleEndian });
      // Bits above the stored ones may hold anything (overlays once did).
      const unused = stored < allocated ? 32 - stored : 0;
      for (let i = 0; i < count; i++) {
        const value = unused === 0 ? voxels[i]! : isSigned ? (voxels[i]! << unused) >> unused : (voxels[i]! << unused) >>> unused;
        voxels[i] = (isInverted ? (isSigned ? -1 : 2 ** stored - 1) - value : value) * slope + intercept;
      }
      return isPlanar ? interleaved(voxels, frames, rows * columns) : voxels;
    },
  };
}

/** A file with frames of its own, such as a film or an enhanced scan, or a single slice. */
export function volumeOf({ format, size, spacing, axes, read }: DicomSlice): StoredVolume {
  return { format, size, spacing, axes: size[0] > 1 ? axes : null, data: read() };
}

/** All reds of a frame, all greens, all blues → colour by colour. */
function interleaved(data: Float32Array, frames: number, pixels: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let f = 0; f < frames; f++) for (let c = 0; c < 3; c++) for (let i = 0; i < pixels; i++) out[(f * pixels + i) * 3 + c] = data[(f * 3 + c) * pixels + i]!;
  return out;
}

export const cross = (a: Triple<number>, b: Triple<number>): Triple<number> => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** Text of files comes into sentences only without control characters, and short. */
const printable = (text: string): string => text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "").slice(0, 64);
