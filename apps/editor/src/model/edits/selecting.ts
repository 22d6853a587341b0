/** Which nodes to select: all, the others, and those before or behind the selected ones. */
import { splitEndpoint, type GraphBody } from "@patchbay/graph-core";
import { wireKey, wiresByNode } from "../document-view.ts";

export const everything = (body: GraphBody): { nodes: string[]; wires: string[]; comments: string[] } => ({
  nodes: body.nodes.map((node) => node.id), wires: body.wires.map(wireKey), comments: (body.comments ?? []).map((comment) => comment.id),
});

export const others = (body: GraphBody, selected: ReadonlySet<string>): string[] => body.nodes.map((node) => node.id).filter((id) => !selected.has(id));

/** The selected nodes with all that feeds them, or with all that they feed. */
export function withNeighbours(body: GraphBody, selected: Iterable<string>, direction: "upstream" | "downstream"): string[] {
  const wires = wiresByNode(body);
  const found = new Set(selected);
  const work = [...found];
  while (work.length) {
    const id = work.pop()!;
    for (const wire of wires.get(id) ?? []) {
      const [from, to] = [splitEndpoint(wire.from).node, splitEndpoint(wire.to).node];
      const next = direction === "upstream" ? (to === id ? from : null) : from === id ? to : null;
      if (next === null || found.has(next)) continue;
      found.add(next);
      work.push(next);
    }
  }
  return [...found];
}
