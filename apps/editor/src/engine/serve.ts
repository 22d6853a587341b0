/** The engine's side of the worker: what a host program's own worker calls with its node types. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";

export interface ServeOptions {
  nodes: NodeRegistry<RunnableNode>;
}

export function serveEngine(_options: ServeOptions): void {
  throw new Error("to be written");
}
