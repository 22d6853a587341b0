/** Puts a new node into the middle of what is seen of the canvas, beside what stands there already. */
import { uniqueName, type Position } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { useReactFlow } from "@xyflow/react";
import { useEditor } from "../../app/editor-context.ts";
import type { Editor } from "../../model/editor.ts";
import { bodyAt, nodesById } from "../../model/document-view.ts";

/** Of half a node, so that its middle is where it was put. */
const HALF = { x: 124, y: 60 };
const STEP = 32;

/** `FaceDetector` → `face-detector`, `Conv2D` → `conv-2d`. */
const idFor = (type: string): string => type.replace(/([a-z])([A-Z0-9])|([A-Z])(?=[A-Z][a-z])/g, "$1$3-$2").toLowerCase();

export function addNode(editor: Editor, node: RunnableNode, middle: Position): string {
  const { history, scope } = editor.store.getState();
  const body = bodyAt(history.document, scope)!;
  const id = uniqueName(idFor(node.type), nodesById(body));
  const position = { x: Math.round(middle.x - HALF.x), y: Math.round(middle.y - HALF.y) };
  while (body.nodes.some((n) => Math.abs(n.position.x - position.x) < STEP / 2 && Math.abs(n.position.y - position.y) < STEP / 2)) {
    position.x += STEP;
    position.y += STEP;
  }
  editor.edit([{ kind: "add-node", node: { id, type: node.type, version: node.version, params: {}, position } }], { label: `Add ${node.title}` });
  editor.select({ nodes: [id] });
  return id;
}

export function useAddNode(): (node: RunnableNode) => void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return (node) => {
    const canvas = document.querySelector(".pb-canvas")?.getBoundingClientRect();
    const middle = canvas ? flow.screenToFlowPosition({ x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }) : { x: 0, y: 0 };
    addNode(editor, node, middle);
  };
}
