/** What the page and the engine say to each other: plain data, posted between a page and its worker. */
import { GraphError, type Diagnostic, type Facts, type GraphDocument } from "@patchbay/graph-core";
import type { BackendId, NetworkValue } from "@patchbay/runtime";
import type { Loading, ShownValue } from "../model/run-state.ts";
import type { EngineEvent, RunOutcome, RunRequest } from "./engine.ts";

/** One question to the engine; each gets one answer. */
export type EngineCall =
  | { readonly method: "run"; readonly request: RunRequest }
  | { readonly method: "value"; readonly key: string }
  | { readonly method: "probe" }
  | { readonly method: "facts"; readonly document: GraphDocument; readonly known: Facts }
  | { readonly method: "exportOnnx"; readonly document: GraphDocument }
  | { readonly method: "compare"; readonly document: GraphDocument; readonly node: string; readonly backends: readonly [BackendId, BackendId] }
  /** `value`: where the page has all of it; otherwise it is the engine's own under `key`. */
  | { readonly method: "network"; readonly key: string; readonly value?: NetworkValue }
  | { readonly method: "weights"; readonly key: string; readonly value?: NetworkValue }
  | { readonly method: "memory" };

export type ToEngine =
  /** The first message: where the editor's own files are, as a whole URL. */
  | { readonly type: "open"; readonly assets: string }
  | { readonly type: "call"; readonly id: number; readonly call: EngineCall }
  | { readonly type: "stop"; readonly id: number }
  /** The answer to `read` or `list`. */
  | { readonly type: "found"; readonly id: number; readonly found: Uint8Array | readonly string[] | null; readonly problem?: string };

export type FromEngine =
  | { readonly type: "ready" }
  | { readonly type: "events"; readonly id: number; readonly events: readonly PostedEvent[] }
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  | { readonly type: "refused"; readonly id: number; readonly error: PostedError }
  | { readonly type: "loading"; readonly loading: readonly Loading[] }
  /** The page holds the graph's files. */
  | { readonly type: "read" | "list"; readonly id: number; readonly path: string };

/** A value that has not changed since it was last posted under the same key is not posted again. */
export type PostedEvent =
  | Exclude<EngineEvent, { readonly type: "value" }>
  | { readonly type: "value"; readonly node: string; readonly port: string; readonly value?: ShownValue };

/** How a run ended; `lost`: the engine can compute no more, in the words of whoever noticed. */
export type RunAnswer = RunOutcome | { readonly kind: "lost"; readonly reason: string; readonly again: boolean };

/** What is used of a worker or of a port, at either end. */
export interface MessageEnd {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

export interface PostedError {
  readonly name: string;
  readonly message: string;
  readonly diagnostics?: readonly Diagnostic[];
}

export function postedError(error: unknown): PostedError {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  return { name, message, ...(error instanceof GraphError ? { diagnostics: error.diagnostics } : {}) };
}

/** The error as callers know it: a GraphError again, or an Error of the same name. */
export function thrownError({ name, message, diagnostics }: PostedError): Error {
  if (diagnostics) return new GraphError(diagnostics);
  return Object.assign(new Error(message), { name });
}
