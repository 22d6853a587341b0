/** The edge of a panel by which it is made wider: dragged, moved by arrow keys, and set back by a double click. */
import { useRef, type ReactNode } from "react";

const STEP = 16;

export function ResizeEdge({ label, side, width, min, max, standard, onChange }: { label: string; /** Of the panel. */ side: "left" | "right"; width: number; min: number; max: number; standard: number; onChange: (width: number) => void }): ReactNode {
  const grabbed = useRef<{ x: number; width: number } | null>(null);
  const outward = side === "right" ? 1 : -1;
  const set = (next: number): void => onChange(Math.round(Math.min(max, Math.max(min, next))));
  return (
    <div
      className="pb-resize-edge" data-side={side} role="separator" tabIndex={0} aria-label={label} aria-orientation="vertical" aria-valuenow={width} aria-valuemin={min} aria-valuemax={max}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grabbed.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => grabbed.current && set(grabbed.current.width + outward * (event.clientX - grabbed.current.x))}
      onPointerUp={() => (grabbed.current = null)}
      onPointerCancel={() => (grabbed.current = null)}
      onDoubleClick={() => set(standard)}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") set(width - outward * STEP);
        else if (event.key === "ArrowRight") set(width + outward * STEP);
        else return;
        event.preventDefault();
      }}
    />
  );
}
