/** First pass of flattening: every nested graph becomes a scope, every node in it a leaf or the owner of another scope. */
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphBody, GraphNode, InterfaceInput, InterfaceOutput, Json } from "../document/document.ts";
import { wireEnds, type WireEnds } from "../document/endpoint.ts";
import { SUBGRAPH } from "../declaration/registry.ts";

/** Graphs inside graphs, deeper than anybody draws; keeps paths short and hostile files cheap. */
export const MAX_NESTING = 32;

export interface Scope {
  /** `""` at the top, `outer/` inside the node `outer`. */
  prefix: string;
  body: GraphBody;
  depth: number;
  /** The node this scope is the inside of. */
  owner?: { scope: Scope; node: GraphNode };
  nodes: Map<string, GraphNode>;
  children: Map<string, Scope>;
  /** Parameters set from outside, by node and name. */
  overrides: Map<string, Map<string, Json>>;
  /** Wires into each node, in order. */
  wiresInto: Map<string, WireEnds[]>;
  /** Interface inputs that feed ports of each node. */
  entriesInto: Map<string, InterfaceInput[]>;
  /** The wires of nodes with their ports apart, for those that were asked for. */
  byPort: Map<string, ReadonlyMap<string, readonly WireEnds[]>>;
  outputs: Map<string, InterfaceOutput>;
}

/** Opens all scopes, outermost first, without recursion. Ports named twice or wires to nowhere are left to the reader. */
export function openScopes(body: GraphBody, diagnostics: Diagnostic[]): Scope[] {
  const scopes: Scope[] = [openScope(body, "", 0, diagnostics)];
  for (let i = 0; i < scopes.length; i++) {
    const scope = scopes[i]!;
    for (const node of scope.nodes.values()) {
      if (node.type !== SUBGRAPH) continue;
      const id = scope.prefix + node.id;
      if (!node.graph) {
        diagnostics.push({ code: "empty-subgraph", severity: "error", message: "This Subgraph node has no graph inside.", node: id });
      } else if (scope.depth >= MAX_NESTING) {
        diagnostics.push({ code: "too-deep", severity: "error", message: `Graphs are nested more than ${MAX_NESTING} deep here.`, node: id });
      } else {
        const child = openScope(node.graph, `${id}/`, scope.depth + 1, diagnostics);
        child.owner = { scope, node };
        setOverrides(child, paramsIn(scope, node), id, diagnostics);
        scope.children.set(node.id, child);
        scopes.push(child);
      }
    }
  }
  return scopes;
}

/** A node's parameters with what the enclosing Subgraph sets on top. */
export function paramsIn(scope: Scope, node: GraphNode): { readonly [name: string]: Json } {
  const overrides = scope.overrides.get(node.id);
  return overrides ? { ...node.params, ...Object.fromEntries(overrides) } : node.params;
}

function openScope(body: GraphBody, prefix: string, depth: number, diagnostics: Diagnostic[]): Scope {
  const scope: Scope = {
    prefix,
    body,
    depth,
    nodes: new Map(),
    children: new Map(),
    overrides: new Map(),
    wiresInto: new Map(),
    entriesInto: new Map(),
    byPort: new Map(),
    outputs: new Map(),
  };
  for (const node of body.nodes) {
    if (scope.nodes.has(node.id))
      diagnostics.push({ code: "duplicate-id", severity: "error", message: `Two nodes have the id “${node.id}”; the second is left out.`, node: prefix + node.id });
    else scope.nodes.set(node.id, node);
  }
  for (const wire of body.wires) {
    const ends = wireEnds(wire);
    const { from, to } = ends;
    const lost = !scope.nodes.has(from.node) ? from.node : !scope.nodes.has(to.node) ? to.node : null;
    if (lost === null) append(scope.wiresInto, to.node, ends);
    else
      diagnostics.push({
        code: "dangling-wire",
        severity: "error",
        message: `The wire from ${wire.from} to ${wire.to} leads nowhere: there is no node “${lost}”.`,
        wire: `${prefix}${wire.from} -> ${prefix}${wire.to}`,
      });
  }
  for (const entry of body.interface.inputs) {
    if (!scope.nodes.has(entry.node)) brokenEntry(diagnostics, prefix, "input", entry);
    else if (entry.port !== undefined) append(scope.entriesInto, entry.node, entry);
  }
  for (const entry of body.interface.outputs) {
    if (!scope.nodes.has(entry.node)) brokenEntry(diagnostics, prefix, "output", entry);
    else scope.outputs.set(entry.name, entry);
  }
  return scope;
}

function brokenEntry(diagnostics: Diagnostic[], prefix: string, side: string, entry: { name: string; node: string }): void {
  const owner = prefix.slice(0, -1);
  const message = `The interface ${side} “${entry.name}” belongs to a node “${entry.node}” that does not exist.`;
  diagnostics.push({ code: "broken-interface", severity: "error", message, ...(owner ? { node: owner } : {}) });
}

function setOverrides(child: Scope, params: { readonly [name: string]: Json }, id: string, diagnostics: Diagnostic[]): void {
  const names = new Set<string>();
  for (const entry of child.body.interface.inputs) {
    if (entry.param === undefined) continue;
    names.add(entry.name);
    if (!Object.hasOwn(params, entry.name) || !child.nodes.has(entry.node)) continue;
    let ofNode = child.overrides.get(entry.node);
    if (!ofNode) child.overrides.set(entry.node, (ofNode = new Map()));
    ofNode.set(entry.param, params[entry.name]!);
  }
  for (const name of Object.keys(params))
    if (!names.has(name)) {
      const message = `This subgraph has no parameter “${name}”.`;
      diagnostics.push({ code: "unknown-param", severity: "error", message, node: id, param: name });
    }
}

function append<T>(table: Map<string, T[]>, key: string, value: T): void {
  const list = table.get(key);
  if (list) list.push(value);
  else table.set(key, [value]);
}

/** The wires into each port of a node. */
export function wiresByPort(scope: Scope, node: string): ReadonlyMap<string, readonly WireEnds[]> {
  let ports = scope.byPort.get(node);
  if (!ports) {
    const fresh = new Map<string, WireEnds[]>();
    for (const ends of scope.wiresInto.get(node) ?? []) append(fresh, ends.to.port, ends);
    scope.byPort.set(node, (ports = fresh));
  }
  return ports;
}
