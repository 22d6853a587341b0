/** Mutes and collapses: on for all unless it is on for all. */
import type { Change, GraphBody } from "@patchbay/graph-core";

export function toggleChanges(body: Pick<GraphBody, "nodes">, ids: ReadonlySet<string>, field: "muted" | "collapsed"): Change[] {
  const nodes = body.nodes.filter((node) => ids.has(node.id));
  const on = !nodes.every((node) => node[field]);
  return nodes.filter((node) => (node[field] ?? false) !== on).map((node): Change => ({ kind: "set-node", node: node.id, fields: { [field]: on } }));
}
