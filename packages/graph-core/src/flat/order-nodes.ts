/** Orders flat nodes by their wires, and lists the wires by receiving node. */
import type { FlatNode, FlatWire } from "./flat-graph.ts";
import { topologicalOrder } from "./topological-order.ts";

export function orderNodes(nodes: readonly FlatNode[], incoming: ReadonlyMap<string, readonly FlatWire[]>): { wires: FlatWire[]; order: string[]; cycles: string[][] } {
  const index = new Map<string, number>();
  for (let i = 0; i < nodes.length; i++) index.set(nodes[i]!.id, i);
  const wires: FlatWire[] = [];
  for (const node of nodes) {
    const into = incoming.get(node.id);
    if (into) for (const wire of into) wires.push(wire);
  }
  const edges = { from: new Int32Array(wires.length), to: new Int32Array(wires.length) };
  for (let i = 0; i < wires.length; i++) {
    edges.from[i] = index.get(wires[i]!.fromNode)!;
    edges.to[i] = index.get(wires[i]!.toNode)!;
  }
  const sorted = topologicalOrder(nodes.length, edges);
  return { wires, order: sorted.order.map((i) => nodes[i]!.id), cycles: sorted.cycles.map((cycle) => cycle.map((i) => nodes[i]!.id)) };
}
