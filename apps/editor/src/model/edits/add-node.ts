/** A new node of a type, with a name that is free. */
import { uniqueName, type Change, type GraphBody, type GraphNode, type Json, type NodeDeclaration, type Position } from "@patchbay/graph-core";
import { nodesById } from "../document-view.ts";

export interface Made {
  readonly changes: Change[];
  /** The new node's. */
  readonly id: string;
}

/** `FeatureExtractor` → `feature-extractor`, `Conv2D` → `conv-2d`, as the files of the library are named. */
export function kebabCase(type: string): string {
  const words = type.replace(/([a-z])([A-Z0-9])/g, "$1-$2").replace(/([A-Z0-9])([A-Z][a-z])/g, "$1-$2");
  return words.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase() || "node";
}

export function newNode(body: Pick<GraphBody, "nodes">, declaration: Pick<NodeDeclaration, "type" | "version">, at: Position, params: { readonly [name: string]: Json } = {}): GraphNode {
  const id = uniqueName(kebabCase(declaration.type), nodesById(body));
  return { id, type: declaration.type, version: declaration.version, params, position: { x: Math.round(at.x), y: Math.round(at.y) } };
}

export function addNode(body: Pick<GraphBody, "nodes">, declaration: Pick<NodeDeclaration, "type" | "version">, at: Position, params: { readonly [name: string]: Json } = {}): Made {
  const node = newNode(body, declaration, at, params);
  return { changes: [{ kind: "add-node", node }], id: node.id };
}
