/** Puts a new node into the middle of what is seen of the canvas, beside what stands there already. */
import type { Position } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { useReactFlow } from "@xyflow/react";
import { useEditor } from "../../app/editor-context.ts";
import { bodyAt } from "../../model/document-view.ts";
import { addNode } from "../../model/edits/add-node.ts";
import type { Editor } from "../../model/editor.ts";

/** Of half a node, so that its middle is where it was put. */
const HALF = { x: 124, y: 60 };
const STEP = 32;

export function addAround(editor: Editor, node: RunnableNode, middle: Position): void {
  const { history, scope } = editor.store.getState();
  const body = bodyAt(history.document, scope)!;
  const at = { x: Math.round(middle.x - HALF.x), y: Math.round(middle.y - HALF.y) };
  while (body.nodes.some(({ position }) => Math.abs(position.x - at.x) < STEP / 2 && Math.abs(position.y - at.y) < STEP / 2)) {
    at.x += STEP;
    at.y += STEP;
  }
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
