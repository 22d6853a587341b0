/** Points in the plane with their identities: a legend, names and pictures at the pointer, closer and further, and arrow keys from point to point. */
import type { ScatterValue } from "@patchbay/runtime";
import { Minus, Plus, Scan } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { toRgba } from "../../model/rgba.ts";
import { PixelCanvas } from "../image/PixelCanvas.tsx";
import { formatCount } from "../numbers/format-number.ts";
import { useDark } from "../state/use-dark.ts";
import type { ViewOf } from "../view-props.ts";
import { labelColour, placeOf, pointAt, pointTowards, wholeSight, zoomed, type Sight, type Size } from "./plot.ts";
import "./scatter.css";

const ARROWS: { readonly [key: string]: readonly [number, number] } = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const LEGEND = { node: 8, large: 120 };
/** Pictures are drawn in the place of dots where so few points are seen. */
const PICTURES = 60;
const PICTURE = 40;

export function ScatterView({ value, title, large }: ViewOf<"scatter">): ReactNode {
  const { points, axes } = value;
  const labels = useMemo(() => [...new Set(points.flatMap((p) => (p.label === undefined ? [] : [p.label])))], [points]);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  if (points.length === 0) return <p className="pb-view-note">No points.</p>;
  const flip = (label: string): void => setHidden((before) => (before.has(label) ? new Set([...before].filter((l) => l !== label)) : new Set([...before, label])));
  return (
    <div className="pb-scatter" data-large={large || undefined}>
      <Plane value={value} title={title} labels={labels} hidden={hidden} large={large} />
      <p className="pb-scatter-axes"><span>→ {axes[0]}</span><span>↑ {axes[1]}</span></p>
      {labels.length ? <Legend points={points} labels={labels} hidden={hidden} most={large ? LEGEND.large : LEGEND.node} onFlip={flip} /> : null}
    </div>
  );
}

function Legend({ points, labels, hidden, most, onFlip }: { points: ScatterValue["points"]; labels: readonly string[]; hidden: ReadonlySet<string>; most: number; onFlip: (label: string) => void }): ReactNode {
  const dark = useDark();
  const counts = useMemo(() => {
    const found = new Map<string | undefined, number>();
    for (const { label } of points) found.set(label, (found.get(label) ?? 0) + 1);
    return found;
  }, [points]);
  return (
    <ul className="pb-scatter-legend nowheel" aria-label="Identities">
      {labels.slice(0, most).map((label, i) => (
        <li key={label}>
          <button type="button" className="nodrag" aria-pressed={!hidden.has(label)} title={hidden.has(label) ? `Show ${label}` : `Hide ${label}`} onClick={() => onFlip(label)}>
            <i style={{ background: labelColour(i, dark) }} />
            <span>{label}</span>
            <b>{formatCount(counts.get(label)!)}</b>
          </button>
        </li>
      ))}
      {labels.length > most ? <li className="pb-strip-more">and {formatCount(labels.length - most)} more</li> : null}
    </ul>
  );
}

function Plane({ value: { points }, title, labels, hidden, large }: { value: ScatterValue; title: string; labels: readonly string[]; hidden: ReadonlySet<string>; large: boolean | undefined }): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDark();
  const [size, setSize] = useState<Size | null>(null);
  const [moved, setMoved] = useState<Sight | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const held = useRef<{ x: number; y: number } | null>(null);
  const pictures = usePictures(points);
  const sight = useMemo(() => moved ?? (size ? wholeSight(points, size) : null), [moved, size, points]);
  const isShown = (i: number): boolean => !hidden.has(points[i]!.label ?? "");

  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setSize({ width: (entry!.target as HTMLElement).clientWidth, height: (entry!.target as HTMLElement).clientHeight }));
    watch.observe(frame.current!);
    return () => watch.disconnect();
  }, []);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !size || !sight) return;
    const density = Math.min(3, devicePixelRatio * (large ? 1 : 2));
    canvas.current!.width = size.width * density;
    canvas.current!.height = size.height * density;
    context.scale(density, density);
    const seen = points.map((point, i) => ({ i, ...placeOf(point, sight, size) })).filter(({ i, x, y }) => isShown(i) && x > -PICTURE && y > -PICTURE && x < size.width + PICTURE && y < size.height + PICTURE);
    const asPictures = large && seen.length <= PICTURES;
    for (const { i, x, y } of seen) {
      const colour = labelColour(labels.indexOf(points[i]!.label ?? ""), dark);
      const picture = asPictures ? pictures(i) : null;
      context.globalAlpha = at === null || at === i || asPictures ? 1 : 0.75;
      if (picture) {
        context.drawImage(picture, x - PICTURE / 2, y - PICTURE / 2, PICTURE, PICTURE);
        context.strokeStyle = colour;
        context.lineWidth = at === i ? 4 : 2;
        context.strokeRect(x - PICTURE / 2, y - PICTURE / 2, PICTURE, PICTURE);
      } else {
        context.beginPath();
        context.arc(x, y, at === i ? 6 : large ? 4 : 2.5, 0, 2 * Math.PI);
        context.fillStyle = colour;
        context.fill();
        if (at === i) {
          context.strokeStyle = dark ? "#fff" : "#000";
          context.lineWidth = 1.5;
          context.stroke();
        }
      }
    }
  });

  // React listens to wheels passively, and the page behind would scroll.
  useEffect(() => {
    const element = frame.current!;
    if (!large) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      if (size && sight) setMoved(zoomed(sight, Math.exp(-event.deltaY * 0.0015), { x: event.clientX - box.left, y: event.clientY - box.top }, size));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [large, size, sight]);

  const place = (event: PointerEvent): { x: number; y: number } => {
    const box = frame.current!.getBoundingClientRect();
    // The canvas of nodes may be zoomed.
    const zoom = box.width / frame.current!.offsetWidth || 1;
    return { x: (event.clientX - box.left) / zoom, y: (event.clientY - box.top) / zoom };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!size || !sight) return;
    const now = place(event);
    if (held.current) {
      setMoved({ ...sight, x: sight.x - (now.x - held.current.x) / sight.scale, y: sight.y + (now.y - held.current.y) / sight.scale });
      held.current = now;
    } else setAt(pointAt(points, isShown, now, sight, size));
  };
  const closer = (by: number): void => void (size && sight && setMoved(zoomed(sight, by, at === null ? { x: size.width / 2, y: size.height / 2 } : placeOf(points[at]!, sight, size), size)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (arrow) setAt(pointTowards(points, isShown, at, arrow));
    else if (event.key === "+" || event.key === "=") closer(1.5);
    else if (event.key === "-") closer(1 / 1.5);
    else if (event.key === "0") setMoved(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const point = at === null ? undefined : points[at];
  const where = point && size && sight ? placeOf(point, sight, size) : null;
  return (
    <div
      ref={frame} className="pb-scatter-plane nodrag" data-large={large || undefined} tabIndex={0} role="group" aria-label={`${title}: ${formatCount(points.length)} points${labels.length ? ` of ${formatCount(labels.length)} identities` : ""}. Arrow keys go from point to point${large ? ", plus and minus zoom, 0 shows all" : ""}.`}
      onPointerMove={onPointerMove} onPointerLeave={() => setAt(null)} onKeyDown={onKeyDown}
      {...(large ? {
        onPointerDown: (event: PointerEvent) => {
          held.current = place(event);
          frame.current!.setPointerCapture(event.pointerId);
        },
        onPointerUp: () => (held.current = null), onPointerCancel: () => (held.current = null), onDoubleClick: () => setMoved(null),
      } : {})}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {large ? (
        <div className="pb-scatter-zoom">
          <Button label="Closer" icon={<Plus />} iconOnly variant="quiet" onClick={() => closer(1.5)} />
          <Button label="Further" icon={<Minus />} iconOnly variant="quiet" onClick={() => closer(1 / 1.5)} />
          <Button label="Show all" icon={<Scan />} iconOnly variant="quiet" disabled={!moved} onClick={() => setMoved(null)} />
        </div>
      ) : null}
      <output className="pb-scatter-point" aria-live="polite" style={where ? { left: where.x, top: where.y } : { visibility: "hidden" }} data-side={where && size && where.x > size.width / 2 ? "left" : "right"} data-below={(where && size && where.y < size.height / 2) || undefined}>
        {point ? (
          <>
            {point.image ? <PixelCanvas key={at} image={point.image} label={point.name} longest={128} /> : null}
            <b>{point.label ?? point.name}</b>
            {point.label === undefined ? null : <span>{point.name}</span>}
          </>
        ) : null}
      </output>
    </div>
  );
}

/** Each point's picture as one that a canvas draws quickly; made when it is first seen. */
function usePictures(points: ScatterValue["points"]): (index: number) => HTMLCanvasElement | null {
  return useMemo(() => {
    const made = new Map<number, HTMLCanvasElement | null>();
    return (index) => {
      if (!made.has(index)) made.set(index, drawn(points[index]!.image));
      return made.get(index)!;
    };
  }, [points]);
}

function drawn(image: ScatterValue["points"][number]["image"]): HTMLCanvasElement | null {
  if (!image) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d")!.putImageData(new ImageData(toRgba(image), image.width, image.height), 0, 0);
  return canvas;
}
