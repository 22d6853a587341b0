/** The network behind a value on a wire, read once however often it is used. */
import { NodeFailure } from "../node-api/host.ts";
import type { NetworkValue } from "../node-api/values.ts";
import { readOnnxNetwork } from "../onnx/import/index.ts";
import type { NetworkSource } from "./network-source.ts";
import { readTfjsFiles } from "./tfjs/read-network.ts";

/** By the first file's bytes: values are copied between threads, but within one they share their files. */
const opened = new WeakMap<Uint8Array, NetworkSource>();

/** Throws NodeFailure for damaged files. */
export function openFiles(format: NetworkValue["format"], files: NetworkValue["files"]): NetworkSource {
  const [first] = files;
  if (!first) throw new NodeFailure("network-damaged", "The network has no file.");
  const known = opened.get(first.bytes);
  if (known) return known;
  const source = format === "onnx" ? readOnnxNetwork(first.bytes, first.name) : readTfjsFiles(first.bytes, new Map(files.slice(1).map((f) => [f.name, f.bytes])), first.name);
  opened.set(first.bytes, source);
  return source;
}

/** Throws NodeFailure for damaged files. */
export const openNetwork = (value: NetworkValue): NetworkSource => openFiles(value.format, value.files);
