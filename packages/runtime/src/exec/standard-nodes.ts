/**
 * The library that is used when a program names none. Loaded by name and only then: the runtime itself knows no node
 * (docs/decisions/0002-default-library.md).
 */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "../node-api/node.ts";

/** @throws Error naming the package to install where `@patchbay/nodes` is missing. */
export async function standardNodes(): Promise<NodeRegistry<RunnableNode>> {
  const library = "@patchbay/nodes";
  try {
    return ((await import(/* @vite-ignore */ library)) as { nodes: NodeRegistry<RunnableNode> }).nodes;
  } catch (cause) {
    throw new Error(`No node library was given and ${library} could not be loaded: install it, or pass { nodes }.`, { cause });
  }
}
