/** Reports where the canvas looks, so that a graph that is opened again is seen as it was left. */
import { useOnViewportChange, type Viewport } from "@xyflow/react";
import { useCallback } from "react";
import type { Editor } from "../../model/editor.ts";

export function useKeptViewport(editor: Editor): void {
  const onEnd = useCallback(
    (viewport: Viewport) => {
      const { scope, ui } = editor.store.getState();
      const { x, y, zoom } = ui.viewport ?? { x: NaN, y: NaN, zoom: NaN };
      // The inside of a subgraph is fitted whenever it is entered.
      if (scope.length === 0 && (viewport.x !== x || viewport.y !== y || viewport.zoom !== zoom)) editor.setUi({ viewport: { x: viewport.x, y: viewport.y, zoom: viewport.zoom } });
    },
    [editor],
  );
  useOnViewportChange({ onEnd });
}
