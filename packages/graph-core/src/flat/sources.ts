/** Second pass of flattening: follows wires backwards through subgraph borders, muted nodes and reroutes to the ports that compute. */
import type { InterfaceInput } from "../document/document.ts";
import { wireText } from "../document/endpoint.ts";
import type { NodeRegistry } from "../declaration/declaration.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import { bypassPort, isBypassed, isPassThrough } from "./bypass.ts";
import { wiresByPort, type Scope } from "./scopes.ts";

/** An output port that computes. */
export interface Source {
  scope: Scope;
  node: string;
  port: string;
}

/** `open`: it leads to a node that passes on what arrives, and nothing does. */
export type Resolution = { source: Source } | { source: null; reason: "muted" | "open"; by: string } | { source: null; reason: "no-such-output" };

export interface Arrival {
  /** The wire as drawn. */
  drawn: string;
  /** The scope the wire is drawn in, and the port it leaves. */
  scope: Scope;
  node: string;
  port: string;
}

/** How many interface entries may be followed in all: entries that fan out at every level of nesting grow without bounds. */
export interface Budget {
  left: number;
}

export const createBudget = (): Budget => ({ left: 200_000 });

/**
 * What arrives at an input port, in order: the wires inside its own graph and, through the interface, those at the
 * enclosing Subgraph node.
 */
export function arrivalsAt(scope: Scope, node: string, port: string, budget: Budget): Arrival[] {
  const wires = wiresByPort(scope, node).get(port) ?? [];
  const inside: Arrival[] = wires.map(({ wire, from }) => ({ drawn: wireText(wire, scope.prefix), scope, node: from.node, port: from.port }));
  const entries = scope.owner ? (scope.entriesInto.get(node)?.filter((entry) => entry.port === port) ?? []) : [];
  if (entries.length === 0) return inside;
  // Depth of recursion is the nesting of graphs, which is limited.
  const merged: Arrival[] = [];
  let used = 0;
  for (const entry of inOrder(entries)) {
    if (--budget.left < 0) break;
    const at = Math.min(entry.at ?? inside.length, inside.length);
    while (used < at) merged.push(inside[used++]!);
    for (const arrival of arrivalsAt(scope.owner!.scope, scope.owner!.node.id, entry.name, budget)) merged.push(arrival);
  }
  return [...merged, ...inside.slice(used)];
}

const inOrder = (entries: readonly InterfaceInput[]): InterfaceInput[] => [...entries].sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0);

/** Finds the computing port behind output ports, remembering every port it passes on the way. */
export function createResolver(registry: NodeRegistry, budget: Budget): (scope: Scope, node: string, port: string) => Resolution {
  const known = new Map<string, Resolution>();
  return (startScope, startNode, startPort) => {
    let [scope, node, port] = [startScope, startNode, startPort];
    const passed: string[] = [];
    let result: Resolution | undefined;
    const seen = new Set<string>();
    while (!result) {
      const key = `${scope.prefix}${node}.${port}`;
      result = known.get(key);
      if (result) break;
      passed.push(key);
      const instance = scope.nodes.get(node)!;
      if (isBypassed(instance, registry)) {
        const input = seen.has(key) ? null : bypassPort(scope, instance, port, registry);
        seen.add(key);
        const next = input === null ? undefined : arrivalsAt(scope, node, input, budget)[0];
        if (next) [scope, node, port] = [next.scope, next.node, next.port];
        else result = { source: null, reason: isPassThrough(instance, registry) ? "open" : "muted", by: scope.prefix + node };
      } else if (instance.type === SUBGRAPH) {
        const child = scope.children.get(node);
        const entry = child?.outputs.get(port);
        if (child && entry) [scope, node, port] = [child, entry.node, entry.port];
        else result = { source: null, reason: "no-such-output" };
      } else {
        result = { source: { scope, node, port } };
      }
    }
    for (const key of passed) known.set(key, result);
    return result;
  };
}
