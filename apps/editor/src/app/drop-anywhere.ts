/** Files that miss the canvas land on it nevertheless: a browser would leave the page to show them. */
import type { HTMLAttributes } from "react";
import { canvasView } from "../commands/canvas-view.ts";
import { importDrop } from "../formats/import-drop.ts";
import type { EditorParts } from "./editor-parts.ts";

export function dropAnywhere(parts: EditorParts): Pick<HTMLAttributes<HTMLElement>, "onDragOver" | "onDrop"> {
  const { editor } = parts;
  /** A dialog has the page to itself. */
  const isBusy = (): boolean => editor.store.getState().ui.dialog !== null;
  return {
    onDragOver(event) {
      if (event.defaultPrevented || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = isBusy() ? "none" : "copy";
    },
    onDrop(event) {
      if (event.defaultPrevented || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      if (!isBusy()) void importDrop(parts, event.dataTransfer, canvasView(editor).middle());
    },
  };
}
