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

export function createEngine(_options: EngineOptions): Engine {
  throw new Error("to be written");
}
