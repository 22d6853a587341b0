/** Follows the graph's named inputs to the nodes that compute: into subgraphs, past reroutes, and out of subgraphs again. */
import type { InterfaceInput } from "../document/document.ts";
import { wireEnds, type Endpoint } from "../document/endpoint.ts";
import type { NodeRegistry } from "../declaration/declaration.ts";
import { isPassThrough } from "./bypass.ts";
import type { Scope } from "./scopes.ts";
import type { Budget } from "./sources.ts";

interface Step {
  scope: Scope;
  entry: InterfaceInput;
  /** The entry of the whole graph that this began with. */
  first: InterfaceInput;
}

/** One entry may set several things inside. */
export function resolveInputs(top: Scope, registry: NodeRegistry, budget: Budget): InterfaceInput[] {
  const resolved: InterfaceInput[] = [];
  const work: Step[] = top.body.interface.inputs.filter((e) => top.nodes.has(e.node)).map((entry) => ({ scope: top, entry, first: entry }));
  work.reverse();
  const passed = new Map<InterfaceInput, Set<string>>();
  while (work.length) {
    if (--budget.left < 0) break;
    const { scope, entry, first } = work.pop()!;
    const child = scope.children.get(entry.node);
    if (child) {
      const wanted = entry.param ?? entry.port;
      const inner = child.body.interface.inputs.filter((e) => e.name === wanted && (e.param !== undefined) === (entry.param !== undefined) && child.nodes.has(e.node));
      for (const next of inner.reverse()) work.push({ scope: child, entry: next, first });
    } else if (entry.port !== undefined && isPassThrough(scope.nodes.get(entry.node)!, registry)) {
      const ports = new Set(registry.get(scope.nodes.get(entry.node)!.type)!.outputs.map((output) => output.name));
      let seen = passed.get(first);
      if (!seen) passed.set(first, (seen = new Set()));
      const id = scope.prefix + entry.node;
      // Reroutes in a circle lead nowhere.
      if (seen.has(id)) continue;
      seen.add(id);
      for (const reader of readersOf(scope, entry.node, ports).reverse()) work.push({ scope: reader.scope, entry: { ...entry, node: reader.node, port: reader.port }, first });
    } else {
      const { at: _at, doc: _doc, ...rest } = entry;
      resolved.push({ ...rest, name: first.name, node: scope.prefix + entry.node, ...(first.doc === undefined ? {} : { doc: first.doc }) });
    }
  }
  return resolved;
}

/** The ports that these outputs of a node are wired to, beside it and around the subgraph that it is in. */
function readersOf(scope: Scope, node: string, ports: ReadonlySet<string>): (Endpoint & { scope: Scope })[] {
  const wires = scope.body.wires.map(wireEnds).filter(({ from, to }) => from.node === node && ports.has(from.port) && scope.nodes.has(to.node));
  const readers = wires.map(({ to }) => ({ scope, ...to }));
  const { owner } = scope;
  if (!owner) return readers;
  const names = new Set([...scope.outputs.values()].filter((entry) => entry.node === node && ports.has(entry.port)).map((entry) => entry.name));
  return names.size === 0 ? readers : [...readers, ...readersOf(owner.scope, owner.node.id, names)];
}
