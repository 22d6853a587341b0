/** Walks the wires to what a view shows beside its own value: the faces behind a distance, the threshold after it, the optimiser of a loss. */
import type { FlatGraph, FlatWire } from "@patchbay/graph-core";

type Walked = Pick<FlatGraph, "wires" | "incoming">;

const outgoingOf = new WeakMap<readonly FlatWire[], ReadonlyMap<string, readonly FlatWire[]>>();

/** Wires by the node they leave, made once for each list of wires. */
export function outgoing(flat: Pick<FlatGraph, "wires">): ReadonlyMap<string, readonly FlatWire[]> {
  let map = outgoingOf.get(flat.wires);
  if (!map) {
    const made = new Map<string, FlatWire[]>();
    for (const wire of flat.wires) {
      const list = made.get(wire.fromNode);
      if (list) list.push(wire);
      else made.set(wire.fromNode, [wire]);
    }
    outgoingOf.set(flat.wires, (map = made));
  }
  return map;
}

const into = (flat: Walked, node: string, port?: string): readonly FlatWire[] =>
  (flat.incoming.get(node) ?? []).filter((wire) => port === undefined || wire.toPort === port);

/** Every output upstream of a node (or of one of its ports) as `node.port`, nearest first; each once. */
export function upstreamKeys(flat: Walked, node: string, port?: string): string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  let wires = into(flat, node, port);
  while (wires.length) {
    const next: FlatWire[] = [];
    for (const wire of wires) {
      found.add(wire.fromKey);
      if (visited.has(wire.fromNode)) continue;
      visited.add(wire.fromNode);
      next.push(...into(flat, wire.fromNode));
    }
    wires = next;
  }
  return [...found];
}

/** The nearest node downstream that the test accepts. */
export function nearestDownstream(flat: Walked, node: string, accepts: (node: string) => boolean): string | null {
  const visited = new Set([node]);
  const next = outgoing(flat);
  let nodes = [node];
  while (nodes.length) {
    const after = nodes.flatMap((id) => (next.get(id) ?? []).map((wire) => wire.toNode)).filter((id) => !visited.has(id));
    for (const id of after) {
      if (accepts(id)) return id;
      visited.add(id);
    }
    nodes = after;
  }
  return null;
}

/** τ that a distance is held against: the `threshold` of the nearest node downstream that has one; null where none is connected. */
export function thresholdAfter(flat: FlatGraph, node: string): number | null {
  const judge = nearestDownstream(flat, node, (id) => flat.byId.get(id)?.declaration?.params.some((p) => p.name === "threshold") ?? false);
  if (judge === null) return null;
  const found = flat.byId.get(judge)!;
  const value = found.params["threshold"] ?? found.declaration!.params.find((p) => p.name === "threshold")!.default;
  return typeof value === "number" ? value : null;
}

/** Minimises a loss: over a picture, or over the weights of a drawing. */
const minimises = (flat: FlatGraph, node: string): boolean => ["optimiser", "trainer"].includes(flat.byId.get(node)?.declaration?.role ?? "");

/** The optimiser or trainer that minimises what a node computes, and the name by which its progress calls that term; null where there is none. */
export function optimiserAfter(flat: FlatGraph, node: string): { optimiser: string; term: string } | null {
  const optimiser = nearestDownstream(flat, node, (id) => minimises(flat, id));
  if (optimiser === null) return null;
  const last = into(flat, optimiser, "loss").some((wire) => wire.fromNode === node);
  return { optimiser, term: last ? "total" : node };
}

/** The optimiser or trainer whose output of this kind enters a node directly: what it has so far can be shown there while it runs. */
export function optimiserBefore(flat: FlatGraph, node: string): { optimiser: string; port: string } | null {
  for (const wire of into(flat, node)) if (minimises(flat, wire.fromNode)) return { optimiser: wire.fromNode, port: wire.fromPort };
  return null;
}

/** The nearest node, itself or upstream, that compares an `a` with a `b`; null where there is none. */
export function pairNode(flat: Walked, node: string): string | null {
  const compares = (id: string): boolean => into(flat, id, "a").length > 0 && into(flat, id, "b").length > 0;
  if (compares(node)) return node;
  for (const key of upstreamKeys(flat, node)) {
    const id = key.slice(0, key.lastIndexOf("."));
    if (compares(id)) return id;
  }
  return null;
}
