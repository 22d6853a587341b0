/** What the editor asks of the engine, wherever that runs: in a worker, or on the page's own thread where it is embedded without one. */
import type { Diagnostic, Facts, GraphDocument, NetworkLayerType } from "@patchbay/graph-core";
import type { BackendId, NetworkValue, OnnxExport, OptimiserState, RunEvent, RunResult, RuntimeValue } from "@patchbay/runtime";
import type { BackendStatus, Loading, ShownValue } from "../model/run-state.ts";

export interface RunRequest {
  readonly document: GraphDocument;
  /** Flat node ids; their values and all they need. Absent: every node that can run. */
  readonly nodes?: readonly string[];
  readonly backend?: BackendId | readonly BackendId[];
  readonly resume?: { readonly [node: string]: OptimiserState };
}

export type EngineEvent =
  | RunEvent
  | { readonly type: "value"; readonly node: string; readonly port: string; readonly value: ShownValue }
  /** What continuing needs, at every preview: kept on the page, so that it outlives the worker. */
  | { readonly type: "checkpoint"; readonly node: string; readonly state: OptimiserState }
  | { readonly type: "loading"; readonly loading: readonly Loading[] }
  /** The engine was lost and the run goes on elsewhere, or not: a full sentence. */
  | { readonly type: "recovered"; readonly text: string };

/** The engine that computed, with all that were passed over before it. */
export type RanOn = Omit<RunResult["backend"], "tried"> & { readonly tried: readonly { readonly id: string; readonly reason: string }[] };

export type RunOutcome =
  /** `problems`: what kept the rest of the graph from running. */
  | { readonly kind: "done"; readonly result: Pick<RunResult, "timings" | "states" | "interrupted" | "manifest"> & { readonly backend: RanOn }; readonly problems?: readonly Diagnostic[] }
  | { readonly kind: "stopped"; readonly states: { readonly [node: string]: OptimiserState } }
  | { readonly kind: "failed"; readonly diagnostics: readonly Diagnostic[] };

export interface RunHandle {
  /** Never rejects. */
  readonly finished: Promise<RunOutcome>;
  /** Resolves within 100 ms: between steps by a signal, inside a long kernel by ending the worker. */
  stop(): Promise<void>;
}

export interface Comparison {
  /** By port of the node that was compared. */
  readonly ports: readonly { readonly port: string; readonly largest: number; readonly mean: number; /** Flat index and both numbers where they differ most. */ readonly at?: { readonly index: number; readonly a: number; readonly b: number }; readonly note?: string }[];
  readonly milliseconds: readonly [number, number];
}

export interface NetworkInside {
  readonly layers: readonly NetworkLayerType[];
  /** Channels last, with the batch; `null`: open. */
  readonly input: readonly (number | null)[] | null;
  readonly output: readonly (number | null)[] | null;
  /** How many tensors of weights it has, and how many numbers those hold. */
  readonly tensors: number;
  readonly numbers: number;
  /** Why it cannot be written as IR; null where it can. */
  readonly opaque: string | null;
}

export interface Engine {
  run(request: RunRequest, onEvent: (event: EngineEvent) => void): RunHandle;
  /** The whole of a value of the last run (flat `node.port`); null where the engine no longer has it. */
  value(key: string): Promise<RuntimeValue | null>;
  probe(): Promise<readonly BackendStatus[]>;
  /** What types need to know of the files that the document names, besides what is known: large ones are read there. Rejects where the engine cannot be loaded. */
  facts(document: GraphDocument, known: Facts): Promise<Facts>;
  /** What is inside a network that came out at `key`; `value`: where the page has all of it. Null where the engine no longer has it. Rejects for what cannot be read. */
  network(key: string, value?: NetworkValue): Promise<NetworkInside | null>;
  /** Its weights as a safetensors file. */
  weights(key: string, value?: NetworkValue): Promise<Uint8Array | null>;
  /** Rejects with GraphError. */
  exportOnnx(document: GraphDocument): Promise<OnnxExport>;
  /** Runs up to one node on two backends. Rejects with GraphError or NoBackend. */
  compare(document: GraphDocument, node: string, backends: readonly [BackendId, BackendId]): Promise<Comparison>;
  /** Bytes, as far as the browser tells; null where it does not. */
  memory(): Promise<number | null>;
  dispose(): void;
}
