/** Flat wires. Those between neighbours are remembered by the drawn wire, so that an edit elsewhere does not make them anew. */
import type { GraphWire } from "../document/document.ts";
import { wireEnds, wireText } from "../document/endpoint.ts";
import type { FlatWire } from "./flat-graph.ts";

export function flatWire(fromNode: string, fromPort: string, toNode: string, toPort: string, drawn: string): FlatWire {
  return { fromNode, fromPort, toNode, toPort, fromKey: `${fromNode}.${fromPort}`, toKey: `${toNode}.${toPort}`, drawn };
}

const known = new WeakMap<GraphWire, { prefix: string; flat: FlatWire }>();

/** A wire whose two ends compute: flat and drawn it is the same. */
export function directWire(wire: GraphWire, prefix: string): FlatWire {
  const before = known.get(wire);
  if (before?.prefix === prefix) return before.flat;
  const { from, to } = wireEnds(wire);
  const flat = Object.freeze(flatWire(prefix + from.node, from.port, prefix + to.node, to.port, wireText(wire, prefix)));
  known.set(wire, { prefix, flat });
  return flat;
}
