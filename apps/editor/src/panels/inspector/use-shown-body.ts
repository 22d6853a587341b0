/** The graph of the scope that is shown, and edits of it. */
import type { Change, GraphBody, GraphNode } from "@patchbay/graph-core";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { bodyAt, nodesById } from "../../model/document-view.ts";
import type { Editor } from "../../model/editor.ts";

export const useShownBody = (): GraphBody => useEditorState((s) => bodyAt(s.history.document, s.scope) ?? s.history.document);

export const useShownNode = (id: string): GraphNode | undefined =>
  useEditorState((s) => {
    const body = bodyAt(s.history.document, s.scope);
    return body ? nodesById(body).get(id) : undefined;
  });

/** Selects nodes and brings them into view. */
export function showNode(editor: Editor, id: string): void {
  editor.select({ nodes: [id] });
  editor.look({ kind: "node", id });
}

/** Words typed in one go are one step. */
export function useTyping(gesture: string): { change(changes: readonly Change[], label: string): void; done(): void } {
  const { editor } = useEditor();
  return { change: (changes, label) => void editor.edit(changes, { gesture, label }), done: () => editor.endGesture() };
}
