/** The node library that comes with Patchbay together with a host program's own node types. */
import { createRegistry, type NodeRegistry } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import type { RunnableNode } from "@patchbay/runtime";

/** An own node of a type that the library has takes its place. */
export function withNodes(...own: readonly RunnableNode[]): NodeRegistry<RunnableNode> {
  const types = new Set(own.map((node) => node.type));
  return createRegistry([...nodes.declarations.filter((node) => !types.has(node.type)), ...own]);
}
