/** Reads the part of a document that is shown: the graph of the scope, and the names its things have in inference. */
import { splitEndpoint, type GraphBody, type GraphDocument, type GraphNode, type GraphWire, type Scope } from "@patchbay/graph-core";

/** The graph inside the scope; null when a node of its path is gone. */
export function bodyAt(document: GraphDocument, scope: Scope): GraphBody | null {
  let body: GraphBody = document;
  for (const id of scope) {
    const inner: GraphBody | undefined = nodesById(body).get(id)?.graph;
    if (!inner) return null;
    body = inner;
  }
  return body;
}

/** The longest beginning of a scope that still exists. */
export function existingScope(document: GraphDocument, scope: Scope): Scope {
  for (let length = scope.length; length > 0; length--) if (bodyAt(document, scope.slice(0, length))) return length === scope.length ? scope : scope.slice(0, length);
  return scope.length === 0 ? scope : [];
}

/** `outer/` before every id of the scope; empty at the top. */
export const prefixOf = (scope: Scope): string => (scope.length ? `${scope.join("/")}/` : "");

/** The flat id that inference, events and values use for a node of the scope. */
export const flatId = (scope: Scope, id: string): string => prefixOf(scope) + id;

/** `outer/inner` taken apart: the scope, and the id in it. */
export function splitFlatId(id: string): { scope: Scope; id: string } {
  const parts = id.split("/");
  return { scope: parts.slice(0, -1), id: parts.at(-1)! };
}

/** One name for a wire: both its ends. */
export const wireKey = (wire: GraphWire): string => `${wire.from} -> ${wire.to}`;

/** The other way round. */
export function wireOfKey(key: string): GraphWire {
  const [from, to] = key.split(" -> ");
  return { from: from!, to: to! };
}

const byId = new WeakMap<readonly GraphNode[], ReadonlyMap<string, GraphNode>>();

/** Nodes by id, made once for each list of nodes. */
export function nodesById(body: Pick<GraphBody, "nodes">): ReadonlyMap<string, GraphNode> {
  let map = byId.get(body.nodes);
  if (!map) byId.set(body.nodes, (map = new Map(body.nodes.map((node) => [node.id, node]))));
  return map;
}

const touching = new WeakMap<readonly GraphWire[], ReadonlyMap<string, readonly GraphWire[]>>();

/** Wires by the nodes at their ends, made once for each list of wires. */
export function wiresByNode(body: Pick<GraphBody, "wires">): ReadonlyMap<string, readonly GraphWire[]> {
  let map = touching.get(body.wires);
  if (!map) {
    const made = new Map<string, GraphWire[]>();
    for (const wire of body.wires)
      for (const id of new Set([splitEndpoint(wire.from).node, splitEndpoint(wire.to).node])) {
        const list = made.get(id);
        if (list) list.push(wire);
        else made.set(id, [wire]);
      }
    touching.set(body.wires, (map = made));
  }
  return map;
}
