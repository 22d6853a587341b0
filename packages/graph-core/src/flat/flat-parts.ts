/** Flat nodes and wires. Those that an edit left alone are remembered by what is drawn, and stay the same objects. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import type { GraphNode } from "../document/document.ts";
import { wireText, type WireEnds } from "../document/endpoint.ts";
import type { FlatNode, FlatWire } from "./flat-graph.ts";
import type { Scope } from "./scopes.ts";

export function flatWire(fromNode: string, fromPort: string, toNode: string, toPort: string, drawn: string): FlatWire {
  return { fromNode, fromPort, toNode, toPort, fromKey: `${fromNode}.${fromPort}`, toKey: `${toNode}.${toPort}`, drawn };
}

const knownWires = new WeakMap<WireEnds, { prefix: string; flat: FlatWire }>();

/** A wire whose two ends compute: flat and drawn it is the same. */
export function directWire(ends: WireEnds, prefix: string): FlatWire {
  const before = knownWires.get(ends);
  if (before?.prefix === prefix) return before.flat;
  const { wire, from, to } = ends;
  const flat = Object.freeze(flatWire(prefix + from.node, from.port, prefix + to.node, to.port, wireText(wire, prefix)));
  knownWires.set(ends, { prefix, flat });
  return flat;
}

const knownNodes = new WeakMap<GraphNode, { prefix: string; registry: NodeRegistry; flat: FlatNode }>();

/** A host that builds its document by hand may have changed the node in place since. */
const isOf = (flat: FlatNode, node: GraphNode): boolean => flat.params === node.params && flat.type === node.type && flat.version === node.version && flat.id.endsWith(node.id);

export function flatNode<D extends NodeDeclaration>(scope: Pick<Scope, "prefix"> & Partial<Scope>, node: GraphNode, registry: NodeRegistry<D>): FlatNode<D> {
  const { prefix } = scope;
  const overrides = scope.overrides?.get(node.id);
  if (!overrides) {
    const before = knownNodes.get(node);
    if (before?.prefix === prefix && before.registry === registry && isOf(before.flat, node)) return before.flat as FlatNode<D>;
  }
  const flat: FlatNode<D> = { id: prefix + node.id, type: node.type, version: node.version, params: overrides ? { ...node.params, ...Object.fromEntries(overrides) } : node.params };
  const declaration = registry.get(node.type);
  if (declaration) flat.declaration = declaration;
  if (overrides) flat.overridden = new Set(overrides.keys());
  else knownNodes.set(node, { prefix, registry, flat: Object.freeze(flat) });
  return flat;
}
