/** The record of a run: enough to repeat it and to compare two of them. */
import { hashGraph, type GraphDocument, type Json } from "@patchbay/graph-core";
import type { RuntimeValue } from "../node-api/values.ts";
import { hashValue } from "./content-hash.ts";
import type { Execution } from "./execute.ts";

export interface RunManifest {
  format: "patchbay-manifest";
  version: 1;
  /** Content hash of the graph with all that was set for this run. */
  graph: string;
  /** Content hash of each computed node: its type, version, parameters, files, weights and inputs. */
  nodes: { [id: string]: string };
  /** SHA-256 of each file that was read, by `node.param`. */
  files: { [nodeAndParam: string]: string };
  /** Every parameter named `seed`. */
  seeds: { [nodeAndParam: string]: Json };
  /** Content hash of each output. */
  outputs: { [name: string]: string };
  backend: { id: string; device: string; version: string; threads?: number };
  versions: { patchbay: string; runtime: string };
  started: string;
  milliseconds: { total: number; engine: number; nodes: { [id: string]: number } };
  interrupted?: readonly { node: string; step: number; of: number }[];
}

export const VERSION = "0.1.0";

/** Runs that set nothing share the loaded graph's document. */
const hashes = new WeakMap<GraphDocument, string>();

function documentHash(document: GraphDocument): string {
  const known = hashes.get(document) ?? hashGraph(document);
  hashes.set(document, known);
  return known;
}

export async function makeManifest(run: {
  document: GraphDocument;
  seeds: { [nodeAndParam: string]: Json };
  outputs: { readonly [name: string]: RuntimeValue };
  execution: Execution;
  backend: RunManifest["backend"];
  started: Date;
  total: number;
}): Promise<RunManifest> {
  const { execution } = run;
  const outputs = await Promise.all(Object.entries(run.outputs).map(async ([name, v]) => [name, await hashValue(v)] as const));
  return {
    format: "patchbay-manifest",
    version: 1,
    graph: documentHash(run.document),
    nodes: Object.fromEntries(execution.keys),
    files: execution.files,
    seeds: run.seeds,
    outputs: Object.fromEntries(outputs),
    backend: run.backend,
    versions: { patchbay: VERSION, runtime: typeof process === "undefined" ? "browser" : `node ${process.versions.node}` },
    started: run.started.toISOString(),
    milliseconds: { total: run.total, engine: execution.engineMilliseconds, nodes: Object.fromEntries(execution.timings) },
    ...(execution.interrupted.length ? { interrupted: execution.interrupted } : {}),
  };
}
