/** Takes subgraphs, muted nodes and reroutes out of a graph: what is left are nodes that compute, and wires between them. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphBody, InterfaceOutput } from "../document/document.ts";
import { addAliases, type Aliases } from "./aliases.ts";
import { cycleDiagnostic, disconnectFix } from "./cycle-diagnostics.ts";
import { isBypassed } from "./bypass.ts";
import type { FlatGraph, FlatNode, FlatWire, Silence } from "./flat-graph.ts";
import { directWire, flatNode, flatWire } from "./flat-parts.ts";
import { orderNodes } from "./order-nodes.ts";
import { resolveInputs } from "./interface-inputs.ts";
import { openScopes, paramsIn, wiresByPort, type Scope } from "./scopes.ts";
import { arrivalsAt, createBudget, createResolver, type Arrival, type Resolution } from "./sources.ts";

/**
 * Expands Subgraph nodes (ids become paths `outer/inner`) and bypasses muted ones and those that only pass on what arrives. Never throws and never recurses along
 * wires; what is wrong with the structure is in `diagnostics`, and the rest of the graph is still flattened.
 */
export function flattenGraph<D extends NodeDeclaration>(document: GraphBody, registry: NodeRegistry<D>): FlatGraph<D> {
  const diagnostics: Diagnostic[] = [];
  const scopes = openScopes(document, diagnostics);
  const budget = createBudget();
  const resolve = createResolver(registry, budget);
  const nodes: FlatNode<D>[] = [];
  const byId = new Map<string, FlatNode<D>>();
  const incoming = new Map<string, FlatWire[]>();
  const silenced = new Map<string, Silence>();
  const aliases: Aliases = { outputs: new Map(), inputs: new Map(), passed: new Map() };

  for (const { scope, id } of leaves(scopes[0]!, registry)) {
    const node = scope.nodes.get(id)!;
    const flat = flatNode(node, scope.prefix, registry, paramsIn(scope, node), scope.overrides.get(id)?.keys());
    nodes.push(flat);
    byId.set(flat.id, flat);
    const direct = directWires(scope, id, registry);
    const into = direct ?? [];
    for (const port of direct ? [] : fedPorts(scope, id))
      for (const arrival of arrivalsAt(scope, id, port, budget)) {
        const found = resolve(arrival.scope, arrival.node, arrival.port);
        const toKey = `${flat.id}.${port}`;
        if (found.source) into.push(flatWire(found.source.scope.prefix + found.source.node, found.source.port, flat.id, port, arrival.drawn));
        else if (found.reason === "no-such-output") diagnostics.push(noSuchOutput(arrival));
        else silenced.set(toKey, { by: found.by, reason: found.reason });
      }
    if (into.length) incoming.set(flat.id, into);
  }
  for (const scope of scopes) addAliases(scope, resolve, registry, aliases, budget, diagnostics);

  const { wires, order, cycles } = orderNodes(nodes, incoming);
  for (const cycle of cycles) diagnostics.push(cycleDiagnostic(cycle, incoming));
  const inputs = resolveInputs(scopes[0]!, registry, budget);
  const outputs = resolveOutputs(scopes[0]!, resolve, diagnostics);
  if (budget.left < 0)
    diagnostics.push({ code: "too-many-wires", severity: "error", message: "The interfaces of nested subgraphs multiply into hundreds of thousands of wires; the rest is left out." });
  return {
    nodes,
    byId,
    wires,
    incoming,
    order,
    inputs,
    outputs,
    outputAliases: aliases.outputs,
    inputAliases: aliases.inputs,
    passedInputs: aliases.passed,
    silenced,
    diagnostics,
  };
}

/** Nodes that compute, in document order, the inside of a subgraph where its node stands. */
function* leaves(top: Scope, registry: NodeRegistry): Generator<{ scope: Scope; id: string }> {
  const work: { scope: Scope; ids: Iterator<string> }[] = [{ scope: top, ids: top.nodes.keys() }];
  while (work.length) {
    const { scope, ids } = work.at(-1)!;
    const { value: id, done } = ids.next();
    if (done) {
      work.pop();
      continue;
    }
    const node = scope.nodes.get(id)!;
    if (isBypassed(node, registry)) continue;
    if (node.type !== SUBGRAPH) yield { scope, id };
    const child = scope.children.get(id);
    if (child) work.push({ scope: child, ids: child.nodes.keys() });
  }
}

/** The wires into a node, if all of them come straight from computing nodes beside it: nearly always so. */
function directWires(scope: Scope, node: string, registry: NodeRegistry): FlatWire[] | null {
  if (scope.owner && scope.entriesInto.has(node)) return null;
  const direct: FlatWire[] = [];
  for (const ends of scope.wiresInto.get(node) ?? []) {
    const source = scope.nodes.get(ends.from.node)!;
    if (source.type === SUBGRAPH || isBypassed(source, registry)) return null;
    direct.push(directWire(ends, scope.prefix));
  }
  return direct;
}

function fedPorts(scope: Scope, node: string): Set<string> {
  const ports = new Set(wiresByPort(scope, node).keys());
  if (scope.owner) for (const entry of scope.entriesInto.get(node) ?? []) ports.add(entry.port!);
  return ports;
}

function noSuchOutput(arrival: Arrival): Diagnostic {
  const message = `The subgraph “${arrival.node}” has no output “${arrival.port}”.`;
  const node = arrival.scope.prefix + arrival.node;
  const fix = disconnectFix(arrival.drawn);
  return { code: "unknown-port", severity: "error", message, node, port: arrival.port, wire: arrival.drawn, ...(fix ? { fix } : {}) };
}

function resolveOutputs(top: Scope, resolve: (scope: Scope, node: string, port: string) => Resolution, diagnostics: Diagnostic[]): InterfaceOutput[] {
  const resolved: InterfaceOutput[] = [];
  for (const entry of top.body.interface.outputs) {
    if (!top.nodes.has(entry.node)) continue;
    const found = resolve(top, entry.node, entry.port);
    if (found.source) {
      resolved.push({ ...entry, node: found.source.scope.prefix + found.source.node, port: found.source.port });
      continue;
    }
    const why = {
      muted: () => `“${(found as Silence).by}” is muted and passes nothing on`,
      open: () => `nothing is connected to “${(found as Silence).by}”`,
      "no-such-output": () => `“${entry.node}” has no output “${entry.port}”`,
    }[found.reason]();
    diagnostics.push({ code: "broken-interface", severity: "error", message: `The output “${entry.name}” has no value: ${why}.`, node: entry.node, port: entry.port });
  }
  return resolved;
}
