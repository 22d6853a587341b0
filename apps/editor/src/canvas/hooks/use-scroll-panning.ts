/** Two fingers on a trackpad move the canvas; a mouse's wheel and a pinch zoom it (React Flow's own). */
import { useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";

export function useScrollPanning(area: RefObject<HTMLElement | null>): void {
  const store = useStoreApi();
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    let until = 0;
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey || (event.target instanceof Element && event.target.closest(".nowheel"))) return;
      // A gesture that has begun on a trackpad stays one, whatever numbers its last events have.
      if (fromTrackpad(event)) until = event.timeStamp + 180;
      if (event.timeStamp > until && !event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      const sideways = event.shiftKey && event.deltaX === 0;
      void store.getState().panBy({ x: -(sideways ? event.deltaY : event.deltaX), y: sideways ? 0 : -event.deltaY });
    };
    root.addEventListener("wheel", wheel, { capture: true, passive: false });
    return () => root.removeEventListener("wheel", wheel, true);
  }, [area, store]);
}

/** A wheel turns in notches, whole ones, up and down; fingers move by pixels, sideways too. */
function fromTrackpad(event: WheelEvent & { wheelDeltaY?: number }): boolean {
  if (event.deltaMode !== 0) return false;
  if (event.deltaX !== 0) return true;
  const notches = event.wheelDeltaY;
  return notches !== undefined && notches !== 0 && Math.abs(notches) % 120 !== 0 && Number.isInteger(event.deltaY) && Math.abs(event.deltaY) < 60;
}
