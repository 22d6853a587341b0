/** Brings a flat graph up to date after nodes or wires came or went at the top level, without flattening the rest again. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import { isBypassed } from "./bypass.ts";
import type { GraphBody, GraphWire } from "../document/document.ts";
import { wireEnds } from "../document/endpoint.ts";
import type { FlatGraph, FlatNode, FlatWire } from "./flat-graph.ts";
import { directWire, flatNode } from "./flat-parts.ts";
import { orderNodes } from "./order-nodes.ts";

/** An edit that reaches more nodes than this is flattened as a whole. */
const MOST_TARGETS = 16;

/**
 * `null` when more may have changed: subgraphs, muted nodes, reroutes, the interface, or a graph that was flattened with mistakes.
 * Relies on unchanged parts being the same objects.
 */
export function patchFlat<D extends NodeDeclaration>(flat: FlatGraph<D>, before: GraphBody, after: GraphBody, registry: NodeRegistry<D>): FlatGraph<D> | null {
  if (before.interface !== after.interface || flat.diagnostics.length > 0) return null;
  const nodes = difference(before.nodes, after.nodes);
  const wires = difference(before.wires, after.wires);
  if (![...nodes.gone, ...nodes.come].every((node) => node.type !== SUBGRAPH && !isBypassed(node, registry)) || nodes.gone.some((node) => !flat.byId.has(node.id))) return null;

  const byId = new Map(flat.byId);
  for (const { id } of nodes.gone) byId.delete(id);
  for (const node of nodes.come) {
    if (byId.has(node.id)) return null;
    byId.set(node.id, flatNode(node, "", registry));
  }
  // With the interface as it was, an entry may have belonged to a node that is gone now.
  if (nodes.gone.some((node) => !byId.has(node.id) && onInterface(after, node.id))) return null;

  // Not to or from a subgraph, a muted node or a reroute: what those pass on may change far away.
  const targets = new Set<string>();
  const isDirect = (wire: GraphWire, known: ReadonlyMap<string, FlatNode>): boolean => {
    const { from, to } = wireEnds(wire);
    targets.add(to.node);
    return known.has(from.node) && known.has(to.node);
  };
  if (!wires.gone.every((wire) => isDirect(wire, flat.byId)) || !wires.come.every((wire) => isDirect(wire, byId))) return null;
  for (const { id } of nodes.gone) if (!byId.has(id)) targets.add(id);
  if (targets.size > MOST_TARGETS) return null;
  const incoming = new Map(flat.incoming);
  for (const id of targets) incoming.delete(id);
  const into = new Map<string, FlatWire[]>();
  const starts = [...targets].map((id) => `${id}.`);
  for (const wire of after.wires) {
    if (!starts.some((start) => wire.to.startsWith(start))) continue;
    const ends = wireEnds(wire);
    // A wire in the same port that is not direct: its order among the others is a matter for flattening.
    if (!byId.has(ends.from.node) || !byId.has(ends.to.node)) return null;
    const list = into.get(ends.to.node);
    if (list) list.push(directWire(ends, ""));
    else into.set(ends.to.node, [directWire(ends, "")]);
  }
  for (const [id, list] of into) incoming.set(id, list);
  // Wires that stayed although their node went are a mistake that flattening reports.
  if (nodes.gone.some((node) => !byId.has(node.id)) && after.wires.some((wire) => isLost(wire, flat, byId))) return null;

  const list = nodes.gone.length + nodes.come.length === 0 ? flat.nodes : inDocumentOrder(flat, after, byId);
  if (!list) return null;
  const sorted = orderNodes(list, incoming);
  return sorted.cycles.length ? null : { ...flat, nodes: list, byId, incoming, wires: sorted.wires, order: sorted.order };
}

/** What two lists do not share: they are mostly equal, so only the stretch between equal ends is looked at closely. */
function difference<T>(before: readonly T[], after: readonly T[]): { gone: T[]; come: T[] } {
  if (before === after) return { gone: [], come: [] };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { gone: before.slice(start, before.length - end), come: after.slice(start, after.length - end) };
}

const onInterface = ({ interface: { inputs, outputs } }: GraphBody, id: string): boolean => inputs.some((e) => e.node === id) || outputs.some((e) => e.node === id);

function isLost(wire: GraphWire, flat: FlatGraph, byId: ReadonlyMap<string, FlatNode>): boolean {
  const { from, to } = wireEnds(wire);
  return (flat.byId.has(from.node) && !byId.has(from.node)) || (flat.byId.has(to.node) && !byId.has(to.node));
}

/** Only for graphs without subgraphs: the nodes of those stand in the list at a place that this does not know. */
function inDocumentOrder<D extends NodeDeclaration>(flat: FlatGraph<D>, after: GraphBody, byId: ReadonlyMap<string, FlatNode<D>>): FlatNode<D>[] | null {
  const list: FlatNode<D>[] = [];
  for (const node of after.nodes) {
    if (node.type === SUBGRAPH) return null;
    const known = byId.get(node.id);
    if (known) list.push(known);
  }
  return list.length === byId.size ? list : null;
}
