/** What commands act on: the graph that is shown, and what is selected in it. */
import type { Change, GraphBody, GraphNode } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { bodyAt, nodesById, wireOfKey } from "../model/document-view.ts";
import type { EditorState, Selection } from "../model/editor-state.ts";
import { graphPlace, type GraphPlace } from "../model/edits/graph-place.ts";

type Parts = Pick<EditorParts, "editor">;

export const stateOf = ({ editor }: Parts): EditorState => editor.store.getState();
export const selectionOf = (parts: Parts): Selection => stateOf(parts).selection;

export function bodyOf(parts: Parts): GraphBody {
  const { history, scope } = stateOf(parts);
  return bodyAt(history.document, scope)!;
}

export function placeOf(parts: Parts): GraphPlace {
  const { history, scope, inference } = stateOf(parts);
  return graphPlace(history.document, scope, parts.editor.registry, inference);
}

export const hasNodes = (parts: Parts): boolean => selectionOf(parts).nodes.size > 0;
export const hasSeveral = (parts: Parts): boolean => selectionOf(parts).nodes.size > 1;
export const hasParts = (parts: Parts): boolean => hasNodes(parts) || selectionOf(parts).comments.size > 0;
export const hasAny = (parts: Parts): boolean => hasParts(parts) || selectionOf(parts).wires.size > 0;

/** The one node that is selected. */
export function onlyNode(parts: Parts): GraphNode | undefined {
  const [id, another] = selectionOf(parts).nodes;
  return id !== undefined && another === undefined ? nodesById(bodyOf(parts)).get(id) : undefined;
}

/** The one wire that is selected. */
export function onlyWire(parts: Parts): { from: string; to: string } | undefined {
  const [key, another] = selectionOf(parts).wires;
  return key !== undefined && another === undefined ? wireOfKey(key) : undefined;
}

/** Applies an edit of the selection; nothing happens without changes. */
export function edit({ editor }: Parts, changes: readonly Change[], label: string, gesture?: string): void {
  if (changes.length) editor.edit(changes, { label, ...(gesture === undefined ? {} : { gesture }) });
}

/** Whose title a person reads. */
export function nodeTitle({ editor }: Parts, node: GraphNode): string {
  return node.title ?? (node.graph ? "Subgraph" : editor.registry.get(node.type)?.title) ?? node.type;
}

export const nodesText = (count: number): string => (count === 1 ? "a node" : `${count} nodes`);
