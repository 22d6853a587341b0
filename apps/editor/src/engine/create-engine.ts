/** Starts the engine: in a worker, which can be ended at any moment, or on the page's own thread for a host program's node types without a worker of their own. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { Engine } from "./engine.ts";

export interface EngineOptions {
  /** Where the built editor's own files are; ends with `/`. */
  assets: string;
  /** What graphs name by relative paths. */
  files: GraphFiles;
  /** A worker that calls `serveEngine`; by default the editor's own. */
  worker?: () => Worker;
  /** Node types of the host program, when it brings no worker: the engine then runs on the page's own thread. */
  nodes?: NodeRegistry<RunnableNode>;
}

// TO BE REPLACED: stands in until the engine is written.
export function createEngine(_options: EngineOptions): Engine {
  const no = async (): Promise<never> => Promise.reject(new Error("to be written"));
  return {
    run: () => ({ finished: Promise.resolve({ kind: "failed", diagnostics: [{ code: "engine", severity: "error", message: "To be written." }] }), stop: async () => {} }),
    value: async () => null, probe: async () => [], exportOnnx: no, compare: no, memory: async () => null, dispose() {},
  };
}
