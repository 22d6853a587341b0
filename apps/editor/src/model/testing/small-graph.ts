/** Graphs of the real library in a few words, for the tests of edits. */
import { applyChanges, createRegistry, emptyGraph, inferGraph, serializeGraph, type Change, type GraphDocument, type GraphNode, type Inference, type Json } from "@patchbay/graph-core";
import { nodes as library } from "@patchbay/nodes";
import type { RunnableNode } from "@patchbay/runtime";

/** A port that takes many wires: what a host program's own node may have. */
const sum: RunnableNode = {
  type: "TestSum", version: 1, title: "Sum of losses", group: "Test", doc: "For tests.", params: [],
  inputs: [{ name: "terms", doc: "Losses.", type: { kind: "tensor", dtype: "float32", shape: [], meaning: "loss" }, multiple: true }],
  outputs: [{ name: "sum", doc: "Their sum.", type: { kind: "tensor", dtype: "float32", shape: [], meaning: "loss" } }],
};

export const registry = createRegistry([...library.declarations, sum]);

export const node = (id: string, type: string, params: { [name: string]: Json } = {}, more: Partial<GraphNode> = {}): GraphNode => ({ id, type, version: registry.get(type)?.version ?? 1, params, position: { x: 0, y: 0 }, ...more });

/** Wires as `a.out -> b.in`. */
export function graph(nodes: readonly GraphNode[], wires: readonly string[] = [], more: Partial<GraphDocument> = {}): GraphDocument {
  return { ...emptyGraph(), nodes, wires: wires.map((wire) => ({ from: wire.split(" -> ")[0]!, to: wire.split(" -> ")[1]! })), ...more };
}

/** Throws where a change is refused: an edit of ours never should be. */
export function applied(document: GraphDocument, changes: readonly Change[]): GraphDocument {
  const { document: next, diagnostics } = applyChanges(document, changes, { registry });
  if (diagnostics.length) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  serializeGraph(next);
  return next;
}

export const typed = (document: GraphDocument): Inference<RunnableNode> => inferGraph(document, registry);
export const wiresOf = (document: GraphDocument): string[] => document.wires.map((wire) => `${wire.from} -> ${wire.to}`);
