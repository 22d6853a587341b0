/** A panel at a side: beside the canvas where there is room, a sheet over it where there is none. Its width is kept in this browser. */
import { useState, type CSSProperties, type ReactNode } from "react";
import { remember, remembered } from "../ui/remembered.ts";
import { ResizeEdge } from "../ui/ResizeEdge.tsx";
import { useEditor } from "./editor-context.ts";

const SIDES = {
  library: { edge: "right", standard: 256, min: 208, max: 420, label: "Width of the node library" },
  inspector: { edge: "left", standard: 320, min: 260, max: 560, label: "Width of the inspector" },
} as const;

export function SidePanel({ name, children }: { name: keyof typeof SIDES; children: ReactNode }): ReactNode {
  const { editor } = useEditor();
  const { edge, standard, min, max, label } = SIDES[name];
  const [width, setWidth] = useState(() => Math.min(max, Math.max(min, Number(remembered(`${name}-width`)) || standard)));
  const change = (next: number): void => {
    setWidth(next);
    remember(`${name}-width`, String(next));
  };
  return (
    <div
      className="pb-side" data-panel={name} style={{ "--pb-side-width": `${width}px` } as CSSProperties}
      onKeyDown={(event) => {
        const isSheet = getComputedStyle(event.currentTarget).position === "absolute";
        if (event.key !== "Escape" || !isSheet || event.defaultPrevented) return;
        event.stopPropagation();
        editor.setUi({ panels: { ...editor.store.getState().ui.panels, [name]: false } });
      }}
    >
      {children}
      <ResizeEdge label={label} side={edge} width={width} min={min} max={max} standard={standard} onChange={change} />
    </div>
  );
}
