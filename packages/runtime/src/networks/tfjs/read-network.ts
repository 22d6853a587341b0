/** Reads a TensorFlow.js model: model.json with its shards, a layers model or a graph model. */
import { NodeFailure } from "../../node-api/host.ts";
import { damaged } from "../failures.ts";
import { GraphNetwork } from "../graph-network.ts";
import type { NetworkSource } from "../network-source.ts";
import { kerasGraph } from "./keras-graph.ts";
import { tensorflowGraph } from "./tensorflow-graph.ts";
import { readTfjsWeights, shardPaths } from "./weights.ts";

interface ModelJson {
  readonly modelTopology?: unknown;
  readonly weightsManifest?: unknown;
  readonly signature?: unknown;
  readonly userDefinedMetadata?: { readonly signature?: unknown };
}

/** Reads a file that the model names, by its path beside model.json. */
export type ReadShard = (path: string) => Promise<Uint8Array>;

/**
 * `model` is model.json: its bytes, or the object that they say. Values are channels last, as the file has them.
 * Throws NodeFailure for damaged files, and what `readShard` throws.
 */
export async function readTfjsNetwork(model: Uint8Array | object, readShard: ReadShard, name: string): Promise<NetworkSource> {
  const json = parse(model, name);
  const shards = new Map<string, Uint8Array>();
  for (const path of shardPaths(name, json.weightsManifest)) shards.set(path, await readShard(path));
  return readTfjsFiles(json, shards, name);
}

/** The files beside model.json that it names, in order. Throws NodeFailure for what is no model. */
export const tfjsShards = (model: Uint8Array, name: string): string[] => shardPaths(name, parse(model, name).weightsManifest);

/** The same of files that are at hand: shards by the paths that the model gives them. */
export function readTfjsFiles(model: Uint8Array | object, shards: ReadonlyMap<string, Uint8Array>, name: string): NetworkSource {
  try {
    return read(parse(model, name), shards, name);
  } catch (error) {
    // JSON may hold anything anywhere: what is read of it is not checked word by word.
    if (error instanceof NodeFailure) throw error;
    throw damaged(name, `It does not say what a model says${error instanceof Error ? ` (${error.message})` : ""}.`);
  }
}

function read(json: ModelJson, shards: ReadonlyMap<string, Uint8Array>, name: string): NetworkSource {
  const topology = json.modelTopology as object;
  const weights = readTfjsWeights(name, json.weightsManifest, shards);
  // Python says it inside model_config, TensorFlow.js itself bare.
  if ("model_config" in topology || "class_name" in topology) return new GraphNetwork(kerasGraph(name, topology, weights));
  if ("node" in topology) return new GraphNetwork(tensorflowGraph(name, topology, (json.signature ?? json.userDefinedMetadata?.signature) as never, weights));
  throw damaged(name, "Its modelTopology is neither that of a layers model nor that of a graph model.");
}

function parse(model: Uint8Array | object, name: string): ModelJson {
  const value = (model instanceof Uint8Array ? parseBytes(model, name) : model) as ModelJson;
  if (typeof value.modelTopology !== "object" || value.modelTopology === null) throw damaged(name, "It has no modelTopology, which every model.json of TensorFlow.js has.");
  return value;
}

function parseBytes(bytes: Uint8Array, name: string): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // told below
  }
  throw damaged(name, "It is no JSON.");
}
