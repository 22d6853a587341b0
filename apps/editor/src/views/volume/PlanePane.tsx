/** One plane through a volume, with the lines of the two others on it: a press puts them elsewhere. */
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { PixelCanvas, type Pixels } from "../image/PixelCanvas.tsx";
import { placeAt, shareOf, stepped, type Place, type PlaneName } from "./planes.ts";

/** Whose line runs up and down, and whose runs across. */
const LINES: { readonly [P in PlaneName]: readonly [upright: PlaneName, level: PlaneName] } = { axial: ["sagittal", "coronal"], coronal: ["sagittal", "axial"], sagittal: ["coronal", "axial"] };

interface PlanePaneProps {
  plane: PlaneName;
  image: Pixels;
  size: Place;
  place: Place;
  /** Width by height. */
  ratio: number;
  /** "Axial slice 7 of 14". */
  label: string;
  /** Keys move the lines; without, the sliders beside it do. */
  keys?: boolean;
  onPlace: (place: Place) => void;
}

export function PlanePane({ plane, image, size, place, ratio, label, keys = false, onPlace }: PlanePaneProps): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  const { x, y } = shareOf(plane, size, place);
  const take = (event: PointerEvent): void => {
    const box = ref.current!.getBoundingClientRect();
    onPlace(placeAt(plane, size, place, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 10 : 1;
    const step = ({ ArrowLeft: { right: -far }, ArrowRight: { right: far }, ArrowUp: { down: -far }, ArrowDown: { down: far }, PageUp: { through: far }, PageDown: { through: -far } } as { readonly [key: string]: Parameters<typeof stepped>[3] })[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    onPlace(stepped(plane, size, place, step));
  };
  const [upright, level] = LINES[plane];
  return (
    <div
      ref={ref} className="pb-plane nodrag nopan" data-plane={plane} style={{ "--pb-ratio": ratio } as CSSProperties}
      {...(keys ? { tabIndex: 0, role: "application", "aria-label": `${label}. Arrow keys move the cross, page up and down the slice.`, onKeyDown } : {})}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        take(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && take(event)}
    >
      <PixelCanvas image={image} label={label} />
      <i className="pb-plane-line" data-line={upright} style={{ left: `${x * 100}%` }} data-upright />
      <i className="pb-plane-line" data-line={level} style={{ top: `${y * 100}%` }} />
    </div>
  );
}
