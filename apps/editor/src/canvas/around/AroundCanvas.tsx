/** What lies over the canvas at its edges: where one is, what colours mean, zoom and the map. */
import type { ReactNode, RefObject } from "react";
import { useStore } from "zustand";
import { useEditorState } from "../../app/editor-context.ts";
import { useCanvas } from "../canvas-context.ts";
import { Breadcrumb } from "./Breadcrumb.tsx";
import { Legend } from "./Legend.tsx";
import { Minimap } from "./Minimap.tsx";
import { WireTip } from "./WireTip.tsx";
import { ZoomControls, type DragMode } from "./ZoomControls.tsx";
import "./around.css";

export function AroundCanvas({ area }: { area: RefObject<HTMLElement | null> }): ReactNode {
  const { dragMode } = useCanvas();
  const drag = useStore(dragMode, (s) => s.drag);
  const minimap = useEditorState((s) => s.ui.minimap);
  return (
    <>
      <div
        className="pb-around"
        onKeyDown={(event) => {
          // Backwards from the first of these comes the canvas itself, not the last parameter of its last node.
          if (event.key !== "Tab" || !event.shiftKey || event.target !== event.currentTarget.querySelector("button")) return;
          event.preventDefault();
          area.current?.focus({ preventScroll: true });
        }}
      >
        <Breadcrumb />
        <Legend />
        <ZoomControls drag={drag} setDrag={(next: DragMode) => dragMode.setState({ drag: next })} />
        {minimap ? <Minimap /> : null}
      </div>
      <WireTip area={area} />
    </>
  );
}
