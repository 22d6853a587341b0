/** The ports that a node is drawn with: those it declares, and those that wires name although it has none of that name. */
import { splitEndpoint, type GraphNode, type GraphWire, type PortType } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { portKind, type PortKind } from "../../model/port-kind.ts";

export interface DrawnPort {
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly kind: PortKind;
  /** As declared; absent of a port that is not. */
  readonly type?: PortType | readonly PortType[];
  readonly optional: boolean;
  readonly multiple: boolean;
}

export interface DrawnPorts {
  readonly inputs: readonly DrawnPort[];
  readonly outputs: readonly DrawnPort[];
}

const NONE: DrawnPorts = { inputs: [], outputs: [] };
const declared = new WeakMap<RunnableNode, DrawnPorts>();

function declaredPorts(declaration: RunnableNode | undefined): DrawnPorts {
  if (!declaration) return NONE;
  let ports = declared.get(declaration);
  if (!ports) {
    ports = {
      inputs: declaration.inputs.map((port) => ({ name: port.name, title: port.title ?? port.name, doc: port.doc, kind: portKind(port.type), type: port.type, optional: port.optional ?? false, multiple: port.multiple ?? false })),
      outputs: declaration.outputs.map((port) => ({ name: port.name, title: port.title ?? port.name, doc: port.doc, kind: portKind(port.type), type: port.type, optional: false, multiple: false })),
    };
    declared.set(declaration, ports);
  }
  return ports;
}

const stray = (name: string): DrawnPort => ({ name, title: name, doc: "This node has no port of this name.", kind: "plain", optional: true, multiple: false });

/** The same object as `before` where that says the same. */
export function drawnPorts(node: GraphNode, declaration: RunnableNode | undefined, wires: readonly GraphWire[], before?: DrawnPorts): DrawnPorts {
  const known = declaredPorts(declaration);
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  for (const wire of wires) {
    const from = splitEndpoint(wire.from);
    const to = splitEndpoint(wire.to);
    if (from.node === node.id && !known.outputs.some((p) => p.name === from.port)) outputs.add(from.port);
    if (to.node === node.id && !known.inputs.some((p) => p.name === to.port)) inputs.add(to.port);
  }
  if (inputs.size + outputs.size === 0) return known;
  const ports = { inputs: [...known.inputs, ...[...inputs].map(stray)], outputs: [...known.outputs, ...[...outputs].map(stray)] };
  return before && sameNames(before.inputs, ports.inputs) && sameNames(before.outputs, ports.outputs) ? before : ports;
}

const sameNames = (a: readonly DrawnPort[], b: readonly DrawnPort[]): boolean => a.length === b.length && a.every((port, i) => port.name === b[i]!.name && port.type === b[i]!.type);
