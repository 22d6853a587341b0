/** What is known of the run that goes on, of the last one, and of the values that came out. */
import type { Diagnostic } from "@patchbay/graph-core";
import type { BackendId, OptimiserState, RunEvent, RuntimeValue, SeriesValue, ImageValue } from "@patchbay/runtime";

export type NodePhase = Extract<RunEvent, { type: "node" }>["state"];

/** Of one node; absent from the map: idle. */
export interface NodeRun {
  readonly phase: NodePhase;
  /** Since it started running, or that it took. */
  readonly milliseconds?: number;
  readonly progress?: NodeProgressState;
}

/** Of an optimiser or another long node. */
export interface NodeProgressState {
  readonly step: number;
  readonly of: number;
  readonly note?: string;
  readonly secondsPerStep?: number;
  readonly secondsLeft?: number;
  /** The picture so far. */
  readonly preview?: ImageValue;
  /** Every term of the loss so far, one curve each, over steps. */
  readonly curves?: SeriesValue;
  /** Of a training: metrics of the held-out examples, over the steps after which they were looked at. */
  readonly validation?: SeriesValue;
  /** Of a training: what its batches count now. */
  readonly counts?: { readonly [count: string]: number };
}

/** A value that came out of a node, as much of it as is kept on the page. */
export interface ShownValue {
  /** Absent where it is large: then `summary` says what it is and `Engine.value` fetches it. */
  readonly value?: RuntimeValue;
  readonly summary: ValueSummary;
  /** False once the graph has changed in a way that this value may no longer be what a run would give. */
  readonly fresh: boolean;
}

export interface ValueSummary {
  readonly kind: RuntimeValue["kind"];
  readonly bytes: number;
  /** Of a tensor (of activations: of the first layer). */
  readonly tensor?: TensorSummary;
  /** Of activations: each layer's name and shape. */
  readonly layers?: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Small picture of it, where it can be seen as one: at most 256 px a side. */
  readonly thumbnail?: ImageValue;
}

export interface TensorSummary {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Counts in 32 equal bins from min to max. */
  readonly histogram: readonly number[];
  /** Numbers that are NaN or infinite. */
  readonly notFinite: number;
}

export interface BackendStatus {
  readonly id: BackendId;
  readonly available: boolean;
  /** Name of the device and version, or the sentence that says why it cannot be used. */
  readonly text: string;
  readonly threads?: number;
}

/** Something is being fetched or compiled before anything can run. */
export interface Loading {
  /** What, as a person would say it: “ONNX Runtime”, “Face recognition network”. */
  readonly what: string;
  readonly loaded: number;
  /** Bytes; 0 where it is not known. */
  readonly total: number;
}

export interface RunState {
  readonly phase: "idle" | "running" | "stopping";
  readonly live: boolean;
  /** Chosen by the user; null: the best that works. */
  readonly backend: BackendId | null;
  readonly backends: readonly BackendStatus[] | null;
  /** The engine of the current or last run, with the reasons of those that were passed over. */
  readonly used: { readonly id: BackendId; readonly device: string; readonly tried: readonly { readonly id: string; readonly reason: string }[] } | null;
  /** By flat node id. */
  readonly nodes: ReadonlyMap<string, NodeRun>;
  /** By flat `node.port`. */
  readonly values: ReadonlyMap<string, ShownValue>;
  /** What the last run reported as wrong; cleared by the next. */
  readonly problems: readonly Diagnostic[];
  /** What nodes warned of when they last ran. */
  readonly notices: readonly Diagnostic[];
  /** Optimisers that can be continued: node id to the state and the step it stands for. */
  readonly resumable: ReadonlyMap<string, OptimiserState>;
  readonly loading: readonly Loading[];
  /** Milliseconds of the last finished run. */
  readonly lastMilliseconds: number | null;
  /** Bytes that the engine holds, as far as the browser tells. */
  readonly memory: number | null;
}

export const IDLE: RunState = {
  phase: "idle", live: false, backend: null, backends: null, used: null, nodes: new Map(), values: new Map(), problems: [], notices: [], resumable: new Map(), loading: [], lastMilliseconds: null, memory: null,
};
