/** A part of a graph as text: what the clipboard holds, between graphs, tabs and programs. */
import { emptyGraph, FORMAT_VERSION, parseGraph, splitEndpoint, type GraphBody, type GraphComment, type GraphNode, type GraphWire, type NodeRegistry } from "@patchbay/graph-core";
import type { Selection } from "../editor-state.ts";

export const FRAGMENT = "patchbay-fragment";

export interface Fragment {
  readonly nodes: readonly GraphNode[];
  /** Those between its nodes. */
  readonly wires: readonly GraphWire[];
  readonly comments: readonly GraphComment[];
}

/** The nodes and comments that are selected, what is in the frames among them, and the wires between. */
export function selectedPart(body: GraphBody, selection: Pick<Selection, "nodes" | "comments">): Fragment {
  const ids = new Set(selection.nodes);
  const comments = (body.comments ?? []).filter((comment) => selection.comments.has(comment.id));
  for (const comment of comments) for (const id of comment.nodes ?? []) ids.add(id);
  const inside = (end: string): boolean => ids.has(splitEndpoint(end).node);
  return {
    nodes: body.nodes.filter((node) => ids.has(node.id)),
    wires: body.wires.filter((wire) => inside(wire.from) && inside(wire.to)),
    comments: comments.map((comment) => (comment.nodes ? { ...comment, nodes: comment.nodes.filter((id) => ids.has(id)) } : comment)),
  };
}

/** Null where nothing is selected that can be copied. */
export function copySelection(body: GraphBody, selection: Pick<Selection, "nodes" | "comments">): string | null {
  const part = selectedPart(body, selection);
  if (part.nodes.length + part.comments.length === 0) return null;
  return JSON.stringify({ format: FRAGMENT, version: FORMAT_VERSION, ...part, ...(part.comments.length ? {} : { comments: undefined }) }, null, 1);
}

/** Null where the text is neither a fragment nor a graph. Nodes are brought up to their declarations' versions. */
export function parseFragment(text: string, registry: NodeRegistry): Fragment | null {
  // Most of what clipboards hold is no JSON object: not looked at any closer.
  if (!/^\s*\{/.test(text) || !/"patchbay-(fragment|graph)"/.test(text.slice(0, 400))) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const part = raw as { format?: unknown; version?: unknown };
  const { document } = parseGraph(part.format === FRAGMENT ? { ...part, format: emptyGraph().format, interface: { inputs: [], outputs: [] } } : raw, { registry });
  if (!document || document.nodes.length + (document.comments?.length ?? 0) === 0) return null;
  return { nodes: document.nodes, wires: document.wires, comments: document.comments ?? [] };
}
