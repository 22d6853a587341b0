/** What people call a node that is known by its flat id. */
import type { NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import type { EditorState } from "../../model/editor-state.ts";
import { bodyAt, nodesById, splitFlatId } from "../../model/document-view.ts";

type Known = Pick<EditorState, "history">;

/** Its own title, else its declaration's; null where there is no such node. */
export function nodeTitle({ history }: Known, registry: NodeRegistry<NodeDeclaration>, flatId: string): string | null {
  const { scope, id } = splitFlatId(flatId);
  const body = bodyAt(history.document, scope);
  const node = body && nodesById(body).get(id);
  return node ? (node.title ?? registry.get(node.type)?.title ?? node.type) : null;
}

/** A curve of a loss is called by the id of the node that computes it: here by that node's title. Two of a title are told apart by their ids. */
export function termTitles(state: Known, registry: NodeRegistry<NodeDeclaration>, terms: readonly string[]): string[] {
  const titles = terms.map((term) => (term === "total" ? "Total" : (nodeTitle(state, registry, term) ?? term)));
  return titles.map((title, i) => (titles.indexOf(title) === titles.lastIndexOf(title) ? title : `${title} (${terms[i]})`));
}
