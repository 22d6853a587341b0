/** Reads weights in TensorFlow.js' format, the form in which face-api's networks arrive by `npm install`. */
import { NodeFailure, sizeOf, type TensorData } from "@patchbay/runtime/node-api";

interface ManifestEntry {
  name: string;
  shape: readonly number[];
  dtype: "float32" | "int32";
  quantization?: { dtype: "uint8" | "uint16"; scale: number; min: number };
}

const BYTES = { float32: 4, int32: 4, uint8: 1, uint16: 2 } as const;

/**
 * Every tensor of a manifest by name. Quantised weights come out as `q·scale + min` (computed in float64, rounded once);
 * quantised integers are rounded to the nearest. `bin` holds the manifest's files one after the other, without gaps.
 * Throws NodeFailure `weights-damaged` when the manifest does not parse or its sizes do not add up to `bin`.
 */
export function decodeTfjsWeights(manifest: Uint8Array, bin: Uint8Array): Map<string, TensorData> {
  const entries = readManifest(manifest);
  const needed = entries.reduce((n, e) => n + byteLength(e), 0);
  if (needed !== bin.byteLength)
    throw damaged(`The manifest describes ${needed} bytes of weights, but the file holds ${bin.byteLength}.`);
  const weights = new Map<string, TensorData>();
  let offset = 0;
  for (const entry of entries) {
    if (weights.has(entry.name)) throw damaged(`The manifest lists "${entry.name}" twice.`);
    weights.set(entry.name, decode(entry, bin, offset));
    offset += byteLength(entry);
  }
  return weights;
}

const storedAs = (e: ManifestEntry) => e.quantization?.dtype ?? e.dtype;
const byteLength = (e: ManifestEntry) => sizeOf(e.shape) * BYTES[storedAs(e)];

/** The numbers as they are stored; every machine that runs this is little-endian, as the format is. */
function stored(entry: ManifestEntry, bytes: ArrayBuffer): Uint8Array | Uint16Array | Float32Array | Int32Array {
  const as = storedAs(entry);
  return as === "uint8" ? new Uint8Array(bytes) : as === "uint16" ? new Uint16Array(bytes) : as === "float32" ? new Float32Array(bytes) : new Int32Array(bytes);
}

function decode(entry: ManifestEntry, bin: Uint8Array, offset: number): TensorData {
  const { dtype, quantization, shape } = entry;
  const size = sizeOf(shape);
  const data = dtype === "float32" ? new Float32Array(size) : new Int32Array(size);
  const raw = stored(entry, new Uint8Array(bin.subarray(offset, offset + byteLength(entry))).buffer);
  const { scale, min } = quantization ?? { scale: 1, min: 0 };
  if (!quantization) data.set(raw);
  else if (dtype === "int32") for (let i = 0; i < size; i++) data[i] = Math.round(raw[i]! * scale + min);
  else for (let i = 0; i < size; i++) data[i] = raw[i]! * scale + min;
  return { dtype, shape: [...shape], data };
}

function readManifest(bytes: Uint8Array): ManifestEntry[] {
  let groups: unknown;
  try {
    groups = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged("The manifest is not JSON.", cause);
  }
  if (!Array.isArray(groups)) throw damaged("The manifest is not a list of weight groups.");
  return groups.flatMap((group) => {
    const list = isRecord(group) ? group["weights"] : undefined;
    if (!Array.isArray(list)) throw damaged("A group of the manifest has no list of weights.");
    return list.map(readEntry);
  });
}

function readEntry(entry: unknown): ManifestEntry {
  if (!isRecord(entry) || typeof entry["name"] !== "string") throw damaged("A weight in the manifest has no name.");
  const { name, shape, dtype, quantization } = entry;
  if (!Array.isArray(shape) || !shape.every((d) => Number.isSafeInteger(d) && d >= 0)) throw damaged(`The shape of "${name}" is not a list of sizes.`);
  if (dtype !== "float32" && dtype !== "int32") throw damaged(`The dtype of "${name}" is neither float32 nor int32.`);
  if (quantization === undefined) return { name, shape, dtype };
  if (!isRecord(quantization)) throw damaged(`The quantisation of "${name}" is not an object.`);
  const { dtype: stored, scale, min } = quantization;
  if ((stored !== "uint8" && stored !== "uint16") || !Number.isFinite(scale) || !Number.isFinite(min))
    throw damaged(`The quantisation of "${name}" lacks a dtype uint8 or uint16, a scale or a minimum.`);
  return { name, shape, dtype, quantization: { dtype: stored, scale: scale as number, min: min as number } };
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);

const damaged = (what: string, cause?: unknown) =>
  new NodeFailure("weights-damaged", `The network's weights are damaged. ${what} Installing the package again (npm install) usually repairs it.`, { cause });
