/** The window in which a picture is moved: draws what of it is visible, and tells the pixel under the pointer. */
import { useEffect, useMemo, useRef, useState, type PointerEvent, type ReactNode } from "react";
import type { Face } from "@patchbay/runtime";
import { pixelAt } from "../pixels/pixel-at.ts";
import { drawBoxes } from "./draw-boxes.ts";
import { drawFaces } from "./draw-faces.ts";
import { drawStage } from "./draw-stage.ts";
import { paint, type Pixels } from "./PixelCanvas.tsx";
import { centred, fit, held, pixelUnder, zoomAt, type Viewport } from "./viewport.ts";

export interface StageControl {
  zoom(by: number): void;
  fit(): void;
  /** One screen pixel for each. */
  actual(): void;
  shift(dx: number, dy: number): void;
}

export interface StageProps {
  image: Pixels;
  before?: Pixels | undefined;
  split: number;
  faces?: readonly Face[] | undefined;
  boxes?: readonly Face["box"][] | undefined;
  label: string;
  read?: (x: number, y: number) => string | null;
  onControl: (control: StageControl) => void;
  onScale: (scale: number) => void;
  onSplit: (split: number) => void;
}

export function Stage({ image, before, split, faces, boxes, label, read, onControl, onScale, onSplit }: StageProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [view, setView] = useState<Viewport | null>(null);
  const [pointer, setPointer] = useState<readonly [number, number] | null>(null);
  const source = useMemo(() => asCanvas(image), [image]);
  const other = useMemo(() => (before ? asCanvas(before) : null), [before]);
  const pointers = useRef(new Map<number, readonly [number, number]>());
  const dragging = useRef<"picture" | "split">("picture");
  const { width, height } = image;

  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setSize({ width: entry!.contentRect.width, height: entry!.contentRect.height }));
    watch.observe(frame.current!);
    return () => watch.disconnect();
  }, []);

  // A picture of another size is fitted anew; the next picture of a run stays where the person has put it.
  useEffect(() => {
    if (size.width) setView(fit({ width, height }, size));
  }, [size, width, height]);

  useEffect(() => {
    const change = (next: (view: Viewport) => Viewport): void => setView((v) => v && held(next(v), { width, height }, size));
    const middle = (by: number) => (v: Viewport) => zoomAt(v, by, size.width / 2, size.height / 2);
    onControl({
      zoom: (by) => change(middle(by)),
      fit: () => setView(fit({ width, height }, size)),
      actual: () => setView(centred({ width, height }, size, 1 / devicePixelRatio)),
      shift: (dx, dy) => change((v) => ({ ...v, x: v.x + dx, y: v.y + dy })),
    });
    // React's own wheel listeners are passive: they cannot keep the page from scrolling.
    const element = frame.current!;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const by = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : event.ctrlKey ? 0.01 : 0.0018));
      change((v) => zoomAt(v, by, event.clientX - box.left, event.clientY - box.top));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [size, width, height, onControl]);

  useEffect(() => {
    if (!view || !canvas.current) return;
    onScale(view.scale * devicePixelRatio);
    drawStage(canvas.current, size, view, image, source, other ? { source: other, split } : null);
    if (faces) drawFaces(canvas.current, view, faces);
    if (boxes) drawBoxes(canvas.current, view, boxes);
  }, [view, size, image, source, other, split, faces, boxes, onScale]);

  const place = (event: PointerEvent): readonly [number, number] => {
    const box = frame.current!.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onPointerDown = (event: PointerEvent): void => {
    const at = place(event);
    frame.current!.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, at);
    dragging.current = view && other && Math.abs(at[0] - (view.x + split * width * view.scale)) < 14 ? "split" : "picture";
  };
  const onPointerMove = (event: PointerEvent): void => {
    const at = place(event);
    setPointer(at);
    const last = pointers.current.get(event.pointerId);
    if (!last || !view) return;
    pointers.current.set(event.pointerId, at);
    if (dragging.current === "split") return onSplit(Math.min(1, Math.max(0, (at[0] - view.x) / (width * view.scale))));
    const second = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (!second) return setView(held({ ...view, x: view.x + at[0] - last[0], y: view.y + at[1] - last[1] }, image, size));
    const apart = (p: readonly [number, number]): number => Math.hypot(p[0] - second[0], p[1] - second[1]) || 1;
    const zoomed = zoomAt(view, apart(at) / apart(last), second[0], second[1]);
    setView(held({ ...zoomed, x: zoomed.x + (at[0] - last[0]) / 2, y: zoomed.y + (at[1] - last[1]) / 2 }, image, size));
  };
  const onPointerUp = (event: PointerEvent): void => void pointers.current.delete(event.pointerId);

  const under = view && pointer ? pixelUnder(view, pointer[0], pointer[1]) : null;
  return (
    <div ref={frame} className="pb-stage nowheel nodrag nopan" tabIndex={0} role="group" aria-label="Picture. Zoom with plus and minus, move with the arrow keys." data-comparing={before ? true : undefined}
      onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerCancel={onPointerUp} onPointerLeave={() => setPointer(null)}
      onDoubleClick={(event) => {
        const box = frame.current!.getBoundingClientRect();
        setView((v) => v && (v.scale < 4 ? zoomAt(v, 8 / v.scale, event.clientX - box.left, event.clientY - box.top) : fit(image, size)));
      }}>
      <canvas ref={canvas} role="img" aria-label={label} />
      <output className="pb-stage-pixel" aria-live="off">{under ? (readPixel(image, under, read) ?? "") : ""}</output>
    </div>
  );
}

function readPixel(image: Pixels, [x, y]: readonly [number, number], read?: (x: number, y: number) => string | null): ReactNode {
  const colour = pixelAt(image, x, y);
  if (!colour) return null;
  const hex = `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
  return (
    <>
      <i style={{ background: hex }} />
      x {x}, y {y} · {read?.(x, y) ?? `${colour.join(" ")} · ${hex}`}
    </>
  );
}

function asCanvas(image: Pixels): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  paint(canvas, image);
  return canvas;
}
