/** Dragging a node type out of the library: what is carried, and the picture of the node under the pointer. */
import type { RunnableNode } from "@patchbay/runtime";
import type { DragEvent } from "react";

export const NODE_DRAG_TYPE = "application/x-patchbay-node";

export function startNodeDrag(event: DragEvent<HTMLElement>, node: RunnableNode): void {
  event.dataTransfer.setData(NODE_DRAG_TYPE, node.type);
  // What is carried can be read only when it is dropped, its kinds before: so wires on the way know whether it fits.
  event.dataTransfer.setData(`${NODE_DRAG_TYPE}.${node.type.toLowerCase()}`, node.type);
  event.dataTransfer.setData("text/plain", node.title);
  event.dataTransfer.effectAllowed = "copy";
  const ghost = document.createElement("div");
  ghost.className = "pb-drag-ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.innerHTML = `<div></div>${"<i></i>".repeat(Math.min(3, Math.max(node.inputs.length, node.outputs.length, 1)))}`;
  ghost.firstElementChild!.textContent = node.title;
  // Inside the root, so that it has its colours; browsers take its picture before the next frame.
  event.currentTarget.closest(".pb-root")!.append(ghost);
  event.dataTransfer.setDragImage(ghost, 24, 16);
  requestAnimationFrame(() => ghost.remove());
}
