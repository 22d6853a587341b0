/** Puts a new node into the middle of what is seen of the canvas, or as near to it as there is room. */
import type { Position } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { useReactFlow } from "@xyflow/react";
import { useEditor } from "../../app/editor-context.ts";
import { bodyAt } from "../../model/document-view.ts";
import { addNode } from "../../model/edits/add-node.ts";
import type { Editor } from "../../model/editor.ts";
import { freePlace } from "./free-place.ts";

/** Of half a node, so that its middle is where it was put. */
const HALF = { x: 124, y: 60 };

export function addAround(editor: Editor, node: RunnableNode, middle: Position): void {
  const { history, scope } = editor.store.getState();
  const body = bodyAt(history.document, scope)!;
  const at = freePlace({ x: middle.x - HALF.x, y: middle.y - HALF.y }, body.nodes.map((n) => n.position));
  const { changes, id } = addNode(body, node, at);
  editor.edit(changes, { label: `Add ${node.title}` });
  editor.select({ nodes: [id] });
}

export function useAddNode(): (node: RunnableNode, panel: Element) => void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return (node, panel) => {
    const canvas = panel.closest(".pb-root")?.querySelector(".pb-canvas")?.getBoundingClientRect();
    addAround(editor, node, canvas ? flow.screenToFlowPosition({ x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }) : { x: 0, y: 0 });
  };
}
