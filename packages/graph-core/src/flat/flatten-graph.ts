/** Takes subgraphs and muted nodes out of a graph: what is left are nodes that compute, and wires between them. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphBody, InterfaceInput, InterfaceOutput } from "../document/document.ts";
import { cycleDiagnostic, disconnectFix } from "./cycle-diagnostics.ts";
import type { FlatGraph, FlatNode, FlatWire } from "./flat-graph.ts";
import { directWire, flatNode, flatWire } from "./flat-parts.ts";
import { orderNodes } from "./order-nodes.ts";
import { openScopes, paramsIn, wiresByPort, type Scope } from "./scopes.ts";
import { arrivalsAt, createBudget, createResolver, type Arrival, type Budget, type Resolution } from "./sources.ts";

/**
 * Expands Subgraph nodes (ids become paths `outer/inner`) and bypasses muted ones. Never throws and never recurses along
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
  const silenced = new Map<string, string>();
  const aliases = { outputs: new Map<string, string>(), inputs: new Map<string, string>() };

  for (const { scope, id } of leaves(scopes[0]!)) {
    const node = scope.nodes.get(id)!;
    const flat = flatNode(node, scope.prefix, registry, paramsIn(scope, node), scope.overrides.get(id)?.keys());
    nodes.push(flat);
    byId.set(flat.id, flat);
    const direct = directWires(scope, id);
    const into = direct ?? [];
    for (const port of direct ? [] : fedPorts(scope, id))
      for (const arrival of arrivalsAt(scope, id, port, budget)) {
        const found = resolve(arrival.scope, arrival.node, arrival.port);
        const toKey = `${flat.id}.${port}`;
        if (found.source) into.push(flatWire(found.source.scope.prefix + found.source.node, found.source.port, flat.id, port, arrival.drawn));
        else if (found.reason === "muted") silenced.set(toKey, found.by);
        else diagnostics.push(noSuchOutput(arrival));
      }
    if (into.length) incoming.set(flat.id, into);
  }
  for (const scope of scopes) addAliases(scope, resolve, registry, aliases, diagnostics);

  const { wires, order, cycles } = orderNodes(nodes, incoming);
  for (const cycle of cycles) diagnostics.push(cycleDiagnostic(cycle, incoming));
  const inputs = resolveInputs(scopes[0]!, budget);
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
    silenced,
    diagnostics,
  };
}

/** Nodes that compute, in document order, the inside of a subgraph where its node stands. */
function* leaves(top: Scope): Generator<{ scope: Scope; id: string }> {
  const work: { scope: Scope; ids: Iterator<string> }[] = [{ scope: top, ids: top.nodes.keys() }];
  while (work.length) {
    const { scope, ids } = work.at(-1)!;
    const { value: id, done } = ids.next();
    if (done) {
      work.pop();
      continue;
    }
    const node = scope.nodes.get(id)!;
    if (node.muted) continue;
    if (node.type !== SUBGRAPH) yield { scope, id };
    const child = scope.children.get(id);
    if (child) work.push({ scope: child, ids: child.nodes.keys() });
  }
}

/** The wires into a node, if all of them come straight from computing nodes beside it: nearly always so. */
function directWires(scope: Scope, node: string): FlatWire[] | null {
  if (scope.owner && scope.entriesInto.has(node)) return null;
  const direct: FlatWire[] = [];
  for (const ends of scope.wiresInto.get(node) ?? []) {
    const source = scope.nodes.get(ends.from.node)!;
    if (source.muted || source.type === SUBGRAPH) return null;
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

/** Where the ports of Subgraph nodes and the outputs of muted nodes get their values; wires into ports that are not there. */
function addAliases(
  scope: Scope,
  resolve: (scope: Scope, node: string, port: string) => Resolution,
  registry: NodeRegistry,
  aliases: { outputs: Map<string, string>; inputs: Map<string, string> },
  diagnostics: Diagnostic[],
): void {
  for (const node of scope.nodes.values()) {
    const id = scope.prefix + node.id;
    const alias = (port: string): void => {
      const { source } = resolve(scope, node.id, port);
      if (source) aliases.outputs.set(`${id}.${port}`, `${source.scope.prefix}${source.node}.${source.port}`);
    };
    const child = scope.children.get(node.id);
    if (child) {
      for (const port of child.outputs.keys()) alias(port);
      const ports = new Map(child.body.interface.inputs.filter((e) => e.port !== undefined).map((e) => [e.name, e]));
      for (const [name, entry] of ports) aliases.inputs.set(`${id}.${name}`, `${child.prefix}${entry.node}.${entry.port}`);
      for (const [port, wires] of wiresByPort(scope, node.id))
        if (!ports.has(port))
          for (const { wire } of wires) {
            const drawn = `${scope.prefix}${wire.from} -> ${scope.prefix}${wire.to}`;
            const message = `The subgraph “${node.id}” has no input “${port}”.`;
            const fix = disconnectFix(drawn);
            diagnostics.push({ code: "unknown-port", severity: "error", message, node: id, port, wire: drawn, ...(fix ? { fix } : {}) });
          }
    } else if (node.muted) {
      for (const port of registry.get(node.type)?.outputs ?? []) alias(port.name);
    }
  }
}

/** Follows interface inputs into the subgraphs they lead to; one entry may set several things inside. */
function resolveInputs(top: Scope, budget: Budget): InterfaceInput[] {
  const resolved: InterfaceInput[] = [];
  const work = top.body.interface.inputs.filter((e) => top.nodes.has(e.node)).map((entry) => ({ scope: top, entry, name: entry.name, doc: entry.doc }));
  work.reverse();
  while (work.length) {
    if (--budget.left < 0) break;
    const { scope, entry, name, doc } = work.pop()!;
    const child = scope.children.get(entry.node);
    if (!child) {
      const { at: _at, ...rest } = entry;
      resolved.push({ ...rest, name, node: scope.prefix + entry.node, ...(doc === undefined ? {} : { doc }) });
      continue;
    }
    const wanted = entry.param ?? entry.port;
    const inner = child.body.interface.inputs.filter((e) => e.name === wanted && (e.param !== undefined) === (entry.param !== undefined) && child.nodes.has(e.node));
    for (const next of inner.reverse()) work.push({ scope: child, entry: next, name, doc });
  }
  return resolved;
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
    const why = found.reason === "muted" ? `“${found.by}” is muted and passes nothing on` : `“${entry.node}” has no output “${entry.port}”`;
    diagnostics.push({ code: "broken-interface", severity: "error", message: `The output “${entry.name}” has no value: ${why}.`, node: entry.node, port: entry.port });
  }
  return resolved;
}
