/** From a file's bytes to a network on a wire: its id, how pictures become what it takes, and which output is its result. */
import { sha256Hex } from "@patchbay/graph-core";
import { NodeFailure } from "../node-api/host.ts";
import { readNetworkId } from "../node-api/network-id.ts";
import type { NetworkInput, NetworkValue } from "../node-api/values.ts";
import type { NetworkPort, NetworkSource } from "./network-source.ts";
import { openFiles } from "./open-network.ts";
import { tfjsShards } from "./tfjs/read-network.ts";

/** The numbers that a network was trained on, for a picture's values 0…1. */
export type Scaling = "0-1" | "-1-1" | "0-255" | "imagenet";
const SCALINGS: { readonly [S in Scaling]: { times: readonly number[]; plus: readonly number[] } } = {
  "0-1": { times: [1], plus: [0] },
  "-1-1": { times: [2], plus: [-1] },
  "0-255": { times: [255], plus: [0] },
  // Mean and standard deviation of ImageNet's training pictures, as torchvision's models take them.
  imagenet: { times: [1 / 0.229, 1 / 0.224, 1 / 0.225], plus: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225] },
};

export interface NetworkReading {
  scaling: Scaling;
  /** Blue first. */
  reversed?: boolean;
  /** The layer or output that is the result; by default the first output. */
  result?: string;
  meaning?: NetworkValue["meaning"];
  classes?: readonly string[];
}

/** The id that encodings, galleries and calibrations carry: by content, so that another file is another network. */
export function networkId(format: NetworkValue["format"], files: NetworkValue["files"]): string {
  const digest = files.length === 1 ? sha256Hex(files[0]!.bytes) : sha256Hex(files.map((f) => `${f.name}:${sha256Hex(f.bytes)}`).join("\n"));
  return `${format}-${digest.slice(0, 16)}`;
}

/**
 * Throws NodeFailure: `network-…` for damaged files, `network-inputs` where it takes anything but one float32 tensor,
 * `unknown-layer` where `result` names nothing in it.
 */
export function networkFromFiles(format: NetworkValue["format"], files: NetworkValue["files"], title: string, reading: NetworkReading): NetworkValue {
  const source = openFiles(format, files);
  const port = onlyInput(source, title);
  const result = reading.result || source.outputs[0]?.name;
  if (!result) throw new NodeFailure("network-inputs", `The network “${title}” has no output.`, { param: "file" });
  if (![...source.outputs, ...source.layers].some((x) => x.name === result))
    throw new NodeFailure("unknown-layer", `The network “${title}” has no output or layer “${result}”; its outputs are ${source.outputs.map((o) => `“${o.name}”`).join(", ")}.`, { param: "result" });
  const { layout, shape } = layoutOf(port, format);
  const { times, plus } = SCALINGS[reading.scaling];
  const channels = shape.at(-1);
  if (times.length > 1 && channels !== null && channels !== times.length)
    throw new NodeFailure("network-inputs", `ImageNet's scaling is for pictures of three channels, and the network “${title}” takes ${channels}.`, { param: "scaling" });
  return {
    kind: "network",
    network: readNetworkId(networkId(format, files), reading),
    title,
    format,
    files,
    input: { name: port.name, layout, shape, times, plus, ...(reading.reversed ? { reversed: true } : {}) },
    output: result,
    ...(reading.meaning ? { meaning: reading.meaning } : {}),
    ...(reading.classes?.length ? { classes: reading.classes } : {}),
  };
}

/** Of one `.onnx` file, or of a `model.json` with the shards that it names. Throws NodeFailure for damaged or missing files. */
export async function readNetworkFiles(name: string, bytes: Uint8Array, readBeside: (name: string) => Promise<Uint8Array>, reading: NetworkReading): Promise<NetworkValue> {
  const title = name.replace(/^.*[\\/]/, "").replace(/\.(onnx|json)$/i, "") || "network";
  if (!isModelJson(bytes)) return networkFromFiles("onnx", [{ name, bytes }], title, reading);
  const shards = await Promise.all(tfjsShards(bytes, name).map(async (shard) => ({ name: shard, bytes: await readBeside(shard) })));
  return networkFromFiles("tfjs", [{ name, bytes }, ...shards], title === "model" ? "tfjs model" : title, reading);
}

/** JSON starts with a brace; a ModelProto cannot: its first byte would be a field that no version has. */
const isModelJson = (bytes: Uint8Array): boolean => /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));

function onlyInput(source: NetworkSource, title: string): NetworkPort {
  const [port, second] = source.inputs;
  if (port && !second && port.dtype === "float32" && port.shape.length >= 2) return port;
  const found = source.inputs.map((i) => `${i.name}: ${i.dtype}[${i.shape.map((d) => d ?? "?")}]`).join(", ") || "none";
  throw new NodeFailure("network-inputs", `A network on a wire takes one float32 tensor with a batch axis; the inputs of “${title}” are ${found}.`, { param: "file" });
}

/** Where the channels are: TensorFlow's last; ONNX's first, unless only the last axis can be one of channels. */
function layoutOf(port: NetworkPort, format: NetworkValue["format"]): Pick<NetworkInput, "layout" | "shape"> {
  const [, ...rest] = port.shape;
  const isCount = (d: number | null | undefined): boolean => d === 1 || d === 3 || d === 4;
  const last = rest.length === 1 || format === "tfjs" || (isCount(rest.at(-1)) && !isCount(rest[0]));
  return last ? { layout: "channels-last", shape: rest } : { layout: "channels-first", shape: [...rest.slice(1), rest[0]!] };
}
