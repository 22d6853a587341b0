/** Makes flat nodes and wires from drawn ones. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import type { GraphNode } from "../document/document.ts";
import { wireText, type WireEnds } from "../document/endpoint.ts";
import type { FlatNode, FlatWire } from "./flat-graph.ts";

export function flatWire(fromNode: string, fromPort: string, toNode: string, toPort: string, drawn: string): FlatWire {
  return { fromNode, fromPort, toNode, toPort, fromKey: `${fromNode}.${fromPort}`, toKey: `${toNode}.${toPort}`, drawn };
}

/** A wire whose two ends compute: flat and drawn it is the same. */
export function directWire({ wire, from, to }: WireEnds, prefix: string): FlatWire {
  return { fromNode: prefix + from.node, fromPort: from.port, toNode: prefix + to.node, toPort: to.port, fromKey: prefix + wire.from, toKey: prefix + wire.to, drawn: wireText(wire, prefix) };
}

/** `set`: names of parameters in `params` that an enclosing subgraph sets. */
export function flatNode<D extends NodeDeclaration>(node: GraphNode, prefix: string, registry: NodeRegistry<D>, params = node.params, set?: Iterable<string>): FlatNode<D> {
  const flat: FlatNode<D> = { id: prefix + node.id, type: node.type, version: node.version, params };
  const declaration = registry.get(node.type);
  if (declaration) flat.declaration = declaration;
  if (set) flat.overridden = new Set(set);
  return flat;
}
