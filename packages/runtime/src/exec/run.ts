/** Runs a loaded graph: the one function that a host program needs. */
import type { Diagnostic, Json } from "@patchbay/graph-core";
import type { BackendId } from "../backends/backend.ts";
import { resolveBackend } from "../backends/resolve.ts";
import type { RuntimeValue } from "../node-api/values.ts";
import type { OptimiserState } from "../optimize/minimise.ts";
import type { RunCache } from "./cache.ts";
import type { RunEvent } from "./events.ts";
import { execute } from "./execute.ts";
import type { LoadedGraph } from "./load-graph.ts";
import { makeManifest, type RunManifest } from "./manifest.ts";
import type { InputValue } from "./overrides.ts";
import { makePlan } from "./plan.ts";
import { settle } from "./settle.ts";

export interface RunOptions {
  /** By the names of the graph's interface: JSON for parameters, and for files a path, bytes or a picture. */
  inputs?: { readonly [name: string]: InputValue };
  /** By `node.param`. */
  params?: { readonly [nodeAndParam: string]: Json };
  /** Values that arrive at input ports, by `node.port`, in the place of what is wired to them. */
  ports?: { readonly [nodeAndPort: string]: RuntimeValue };
  /** Names of interface outputs, or `node.port`; by default all of the interface. */
  outputs?: readonly string[];
  /** One id is a demand; a list is tried in order. By default what suits the environment. */
  backend?: BackendId | readonly BackendId[];
  /** CPU threads inside one kernel. */
  threads?: number;
  /** Sets every parameter named `seed`. */
  seed?: number;
  /**
   * Stops between steps. An optimisation that was stopped hands on the picture so far (`interrupted` says so); any other
   * node rejects with the signal's reason.
   */
  signal?: AbortSignal;
  onProgress?(event: RunEvent): void;
  /**
   * Every node's outputs by port, as soon as they are computed or found in the cache (`cached`): also of nodes that no
   * output asks for. Nodes that an optimiser swallows have none. The values are the cache's own: they must not be changed.
   */
  onValue?(node: string, outputs: { readonly [port: string]: RuntimeValue }, cached: boolean): void;
  /** At every preview of an optimiser, what `resume` needs to go on from there: kept elsewhere, it outlives a lost engine. */
  onCheckpoint?(node: string, state: OptimiserState): void;
  /** Where optimisers continue: `states` of an earlier result. */
  resume?: { readonly [node: string]: OptimiserState };
  /** Kept values and programs; by default the graph's own. */
  cache?: RunCache;
}

export interface RunResult {
  outputs: { [name: string]: RuntimeValue };
  backend: { id: BackendId; device: string; version: string; threads?: number; tried: readonly { id: BackendId; reason: string }[] };
  /** Milliseconds; `engine` is the share spent compiling and running programs in the backend. */
  timings: { total: number; engine: number; nodes: { [id: string]: number } };
  manifest: RunManifest;
  /** Of every optimiser that ran, for `resume`. */
  states: { readonly [node: string]: OptimiserState };
  /** Optimisers stopped before their last step. */
  interrupted: readonly { node: string; step: number; of: number }[];
  /** What nodes warned of: the run went on. */
  notices: readonly Diagnostic[];
  /** What was to be said of the graph before it ran, with everything set for this run. */
  warnings: readonly Diagnostic[];
}

/**
 * @throws GraphError with every diagnostic when the graph, the settings or a node's work fails;
 * NoBackend when no engine can be used; the signal's reason when it stopped the run.
 */
export async function run(graph: LoadedGraph, options: RunOptions = {}): Promise<RunResult> {
  const started = new Date();
  const began = performance.now();
  const { document, flat, types, retype, overrides, outputs, seeds, warnings } = await settle(graph, options);
  const targets = [...new Set(outputs.map((o) => o.node))];
  const plan = makePlan(flat, overrides, targets);
  const { backend, probe, tried } = await resolveBackend(options.backend);
  const told = tried.map((t) => ({ id: t.id, reason: t.reason }));
  const onEvent = options.onProgress ?? (() => {});
  onEvent({ type: "backend", id: backend.id, device: probe.device, tried: told });
  const execution = await execute({
    flat,
    types,
    retype,
    overrides,
    plan,
    targets,
    host: graph.host,
    backend,
    cache: options.cache ?? graph.cache,
    onEvent,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.resume ? { resume: options.resume } : {}),
    ...(options.onValue ? { onValue: (node, values, cached) => options.onValue!(node, values, cached) } : {}),
    ...(options.onCheckpoint ? { onCheckpoint: (node, state) => options.onCheckpoint!(node, state) } : {}),
  });
  const results: { [name: string]: RuntimeValue } = {};
  for (const o of outputs) {
    const value = execution.values.get(o.node)?.[o.port];
    if (value) results[o.name] = value;
  }
  const total = performance.now() - began;
  const engine = { id: backend.id, device: probe.device, version: probe.version, ...(probe.threads === undefined ? {} : { threads: options.threads ?? probe.threads }) };
  return {
    outputs: results,
    backend: { ...engine, tried: told },
    timings: { total, engine: execution.engineMilliseconds, nodes: Object.fromEntries(execution.timings) },
    manifest: await makeManifest({ document, seeds, outputs: results, execution, backend: engine, started, total }),
    states: execution.states,
    interrupted: execution.interrupted,
    notices: execution.notices,
    warnings,
  };
}
