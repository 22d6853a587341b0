/** Nodes that do not compute, and which input they pass on in place of an output: the first one, in declared order, whose type fits. */
import type { GraphNode } from "../document/document.ts";
import type { NodeRegistry } from "../declaration/declaration.ts";
import { wireEnds } from "../document/endpoint.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import { alternatives } from "../types/assignable.ts";
import { bindPattern, substitute } from "../types/pattern.ts";
import type { PortType } from "../types/port-type.ts";
import type { Scope } from "./scopes.ts";

export const isPassThrough = (node: GraphNode, registry: NodeRegistry): boolean => registry.get(node.type)?.passThrough === true;

/** Whether wires lead through the node as if it were not there. */
export const isBypassed = (node: GraphNode, registry: NodeRegistry): boolean => node.muted === true || isPassThrough(node, registry);

/** The name of that input, or `null` where none fits or the types are not known. */
export function bypassPort(scope: Scope, node: GraphNode, output: string, registry: NodeRegistry): string | null {
  if (isPassThrough(node, registry)) return registry.get(node.type)!.inputs[0]?.name ?? null;
  const wanted = outputType(scope, node, output, registry);
  if (!wanted || wanted.kind === "any") return null;
  for (const input of inputPorts(scope, node, registry))
    for (const type of input.types) if (type.kind !== "any" && fits(type, wanted)) return input.name;
  return null;
}

/** Compares two declared types, so the variables of the first stand for lengths that nobody knows yet. */
const fits = (from: PortType, to: PortType): boolean => bindPattern(substitute(from, new Map(), "input"), to).ok;

/** A reroute has no type of its own: it has that of what feeds it. So long a row of them, or a circle, is not followed to its end. */
const MOST_STEPS = 1000;

function outputType(scope: Scope, node: GraphNode, port: string, registry: NodeRegistry): PortType | null {
  for (let step = 0; step < MOST_STEPS; step++) {
    if (isPassThrough(node, registry)) {
      const wire = scope.wiresInto.get(node.id)?.[0];
      const before = wire && scope.nodes.get(wire.from.node);
      if (!before) return null;
      [node, port] = [before, wire.from.port];
      continue;
    }
    if (node.type !== SUBGRAPH) return registry.get(node.type)?.outputs.find((o) => o.name === port)?.type ?? null;
    const child = scope.children.get(node.id);
    const entry = child?.outputs.get(port);
    const inner = entry && child?.nodes.get(entry.node);
    if (!child || !entry || !inner) return null;
    [scope, node, port] = [child, inner, entry.port];
  }
  return null;
}

function inputPorts(scope: Scope, node: GraphNode, registry: NodeRegistry): { name: string; types: readonly PortType[] }[] {
  if (node.type !== SUBGRAPH) return (registry.get(node.type)?.inputs ?? []).map((i) => ({ name: i.name, types: alternatives(i.type) }));
  const child = scope.children.get(node.id);
  if (!child) return [];
  return child.body.interface.inputs
    .filter((entry) => entry.port !== undefined)
    .map((entry) => ({ name: entry.name, types: inputTypes(child, entry.node, entry.port!, registry) }));
}

function inputTypes(scope: Scope, id: string, port: string, registry: NodeRegistry): readonly PortType[] {
  for (let step = 0; step < MOST_STEPS; step++) {
    const node = scope.nodes.get(id);
    if (!node) return [];
    if (isPassThrough(node, registry)) {
      const to = scope.body.wires.map(wireEnds).find((wire) => wire.from.node === id)?.to;
      if (!to) return [];
      [id, port] = [to.node, to.port];
      continue;
    }
    if (node.type !== SUBGRAPH) {
      const input = registry.get(node.type)?.inputs.find((i) => i.name === port);
      return input ? alternatives(input.type) : [];
    }
    const child = scope.children.get(id);
    const entry = child?.body.interface.inputs.find((e) => e.name === port && e.port !== undefined);
    if (!child || !entry) return [];
    [scope, id, port] = [child, entry.node, entry.port!];
  }
  return [];
}
