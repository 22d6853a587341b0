/** The node library, loaded when a command needs it. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime/node-api";

export async function loadRegistry(): Promise<NodeRegistry<RunnableNode>> {
  return (await import("@patchbay/nodes")).nodes;
}
