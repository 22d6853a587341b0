/** Weights of TensorFlow.js models: a manifest of groups, each a few files that hold its tensors one after the other. */
import { allocate, sizeOf } from "../../ir/tensor.ts";
import { halfToFloat } from "../../onnx/import/read-tensor.ts";
import { damaged, unsupported } from "../failures.ts";
import type { Known } from "../known.ts";

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly min?: number; readonly scale?: number };
}
interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}

const WIDTH: { readonly [dtype: string]: number } = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 };
/** 2 GiB, what one array holds. */
const MOST_BYTES = 2 ** 31;

/** The files that a manifest names, in order. Throws NodeFailure for a manifest that is none, and for files that are not beside it. */
export const shardPaths = (file: string, manifest: unknown): string[] => groups(file, manifest).flatMap((g) => g.paths);

function groups(file: string, manifest: unknown): WeightGroup[] {
  if (!Array.isArray(manifest)) throw damaged(file, "It has no list of weights (weightsManifest).");
  return manifest.map((given) => checkGroup(file, given));
}

/** Throws NodeFailure for a manifest that is none, files that are too short, and dtypes that cannot be carried. */
export function readTfjsWeights(file: string, manifest: unknown, shards: ReadonlyMap<string, Uint8Array>): Map<string, Known> {
  const weights = new Map<string, Known>();
  for (const group of groups(file, manifest)) {
    const total = group.weights.reduce((n, w) => n + bytesOf(file, w), 0);
    if (!(total <= MOST_BYTES)) throw damaged(file, `Its weights would take ${total} bytes.`);
    const bytes = joined(file, group.paths, total, shards);
    let at = 0;
    for (const spec of group.weights) {
      const length = bytesOf(file, spec);
      weights.set(spec.name, decode(file, spec, bytes.slice(at, at + length)));
      at += length;
    }
  }
  return weights;
}

function checkGroup(file: string, given: unknown): WeightGroup {
  const group = given as Partial<WeightGroup> | null;
  const paths = group?.paths;
  const weights = group?.weights;
  const isSpec = (w: unknown): boolean => {
    const spec = w as Partial<WeightSpec> | null;
    return typeof spec?.name === "string" && typeof spec.dtype === "string" && Array.isArray(spec.shape) && spec.shape.every((d) => Number.isSafeInteger(d) && d >= 0);
  };
  if (!Array.isArray(paths) || !paths.every((p) => typeof p === "string") || !Array.isArray(weights) || !weights.every(isSpec)) throw damaged(file, "Its list of weights is broken.");
  for (const path of paths as string[])
    if (/^[a-z][a-z0-9+.-]*:|^[/\\]|(^|[/\\])\.\.([/\\]|$)/i.test(path)) throw unsupported(`${file} keeps weights in “${path}”, which is not beside it. Put all its files into one folder.`);
  return group as WeightGroup;
}

function bytesOf(file: string, { name, shape, dtype, quantization }: WeightSpec): number {
  const width = WIDTH[quantization?.dtype ?? dtype];
  if (width === undefined) throw unsupported(`${file}: its tensor “${name}” holds ${quantization?.dtype ?? dtype}, which cannot be carried.`);
  return width * sizeOf(shape);
}

function joined(file: string, paths: readonly string[], total: number, shards: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts = paths.map((path) => {
    const part = shards.get(path);
    if (!part) throw damaged(file, `Its weights are in “${path}”, which is not there.`);
    return part;
  });
  const length = parts.reduce((n, p) => n + p.length, 0);
  if (length < total) throw damaged(file, `Its weights take ${total} bytes, and ${paths.join(", ")} hold${paths.length === 1 ? "s" : ""} ${length}.`);
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** `bytes` belong to this tensor alone and begin at a multiple of every width. */
function decode(file: string, { name, shape, dtype, quantization }: WeightSpec, bytes: Uint8Array): Known {
  const size = sizeOf(shape);
  if (!quantization) {
    if (dtype === "float32") return { elem: "float32", shape, data: new Float32Array(bytes.buffer, 0, size) };
    if (dtype === "int32") return { elem: "int32", shape, data: new Int32Array(bytes.buffer, 0, size) };
    if (dtype === "bool") return { elem: "bool", shape, data: bytes.map((v) => (v ? 1 : 0)) };
    throw unsupported(`${file}: its tensor “${name}” holds ${dtype}, which cannot be carried.`);
  }
  if (dtype !== "float32" && dtype !== "int32") throw unsupported(`${file}: its tensor “${name}” is quantised ${dtype}, which cannot be carried.`);
  const codes = quantization.dtype === "uint8" ? bytes : new Uint16Array(bytes.buffer, 0, size);
  const data = allocate(dtype, size);
  if (quantization.dtype === "float16") {
    for (let i = 0; i < size; i++) data[i] = halfToFloat(codes[i]!);
    return { elem: dtype, shape, data };
  }
  const { min, scale } = quantization;
  if (typeof min !== "number" || typeof scale !== "number") throw damaged(file, `The quantisation of its tensor “${name}” has no min and scale.`);
  for (let i = 0; i < size; i++) data[i] = dtype === "int32" ? Math.round(codes[i]! * scale + min) : codes[i]! * scale + min;
  return { elem: dtype, shape, data };
}
