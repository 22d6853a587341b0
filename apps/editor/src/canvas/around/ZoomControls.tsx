/** Zoom, fit, and what a drag on empty canvas does. */
import { Hand, Maximize, Minus, Plus, SquareDashedMousePointer } from "lucide-react";
import { useReactFlow, useStore } from "@xyflow/react";
import type { ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { Button } from "../../ui/Button.tsx";

export type DragMode = "pan" | "select";

export function ZoomControls({ drag, setDrag }: { drag: DragMode; setDrag: (drag: DragMode) => void }): ReactNode {
  const { editor } = useEditor();
  const flow = useReactFlow();
  const percent = useStore((s) => Math.round(s.transform[2] * 100));
  return (
    <div className="pb-zoom" role="toolbar" aria-label="View">
      <Button label={drag === "pan" ? "Dragging empty canvas moves it" : "Dragging empty canvas selects"} help={drag === "pan" ? "Dragging moves the canvas; with Shift it selects" : "Dragging selects; the middle button moves the canvas"} icon={drag === "pan" ? <Hand /> : <SquareDashedMousePointer />} iconOnly variant="quiet" pressed={drag === "select"} onClick={() => setDrag(drag === "pan" ? "select" : "pan")} />
      <Button label="Zoom out" icon={<Minus />} iconOnly variant="quiet" onClick={() => editor.look({ kind: "zoom", by: 1 / 1.25 })} />
      <button type="button" className="pb-zoom-value" aria-label={`Zoom ${percent} %, set to 100 %`} onClick={() => void flow.zoomTo(1, { duration: 160 })}>{percent} %</button>
      <Button label="Zoom in" icon={<Plus />} iconOnly variant="quiet" onClick={() => editor.look({ kind: "zoom", by: 1.25 })} />
      <Button label="Zoom to fit" icon={<Maximize />} iconOnly variant="quiet" onClick={() => editor.look({ kind: "fit" })} />
    </div>
  );
}
