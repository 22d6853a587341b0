/** Brings a flat graph up to date when only parameters or positions changed, without flattening again. */
import type { NodeDeclaration } from "../declaration/declaration.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import type { GraphBody, GraphNode } from "../document/document.ts";
import type { FlatGraph } from "./flat-graph.ts";

/** `null` when the structure may differ. Relies on unchanged parts being the same objects. */
export function refreshFlat<D extends NodeDeclaration>(flat: FlatGraph<D>, before: GraphBody, after: GraphBody): FlatGraph<D> | null {
  if (before.wires !== after.wires || before.interface !== after.interface || before.nodes.length !== after.nodes.length) return null;
  const changed: GraphNode[] = [];
  for (const [i, old] of before.nodes.entries()) {
    const node = after.nodes[i]!;
    if (node === old) continue;
    if (node.id !== old.id || node.type !== old.type || !node.muted !== !old.muted || node.graph !== old.graph) return null;
    if (node.params === old.params && node.version === old.version) continue;
    if (node.type === SUBGRAPH) return null;
    if (node.muted) continue;
    // Two nodes of one id: the flat graph holds the first.
    if (flat.byId.get(node.id)?.params !== old.params) return null;
    changed.push(node);
  }
  if (changed.length === 0) return flat;
  const byId = new Map(flat.byId);
  for (const { id, params, version } of changed) byId.set(id, { ...byId.get(id)!, params, version });
  return { ...flat, byId, nodes: flat.nodes.map((node) => byId.get(node.id)!) };
}
