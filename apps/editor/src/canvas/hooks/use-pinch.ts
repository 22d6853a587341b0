/** Two fingers zoom and move the canvas wherever they lie: React Flow's own pinch begins on empty canvas alone, and near by there is little of it. */
import { useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import { pinched, type Fingers } from "./pinched.ts";

export function usePinch(area: RefObject<HTMLElement | null>): void {
  const store = useStoreApi();
  useEffect(() => {
    const root = area.current;
    if (!root) return;
    let last: Fingers | null = null;
    const fingersOf = ({ touches: [a, b] }: TouchEvent): Fingers => {
      const { left, top } = root.getBoundingClientRect();
      return [{ x: a!.clientX - left, y: a!.clientY - top }, { x: b!.clientX - left, y: b!.clientY - top }];
    };
    const onNode = (touch: Touch): boolean => touch.target instanceof Element && root.contains(touch.target) && touch.target.closest(".react-flow__node, .react-flow__edge, .react-flow__edgelabel-renderer") !== null;
    const down = (event: TouchEvent): void => {
      const both = event.touches.length === 2 && [...event.touches].every((touch) => touch.target instanceof Element && root.contains(touch.target));
      if (!both || ![...event.touches].some(onNode)) return;
      last = fingersOf(event);
      event.stopPropagation();
    };
    const move = (event: TouchEvent): void => {
      if (!last) return;
      event.preventDefault();
      event.stopPropagation();
      // With one finger lifted the gesture is over, but the other must not begin to drag what is under it.
      if (event.touches.length !== 2) return;
      const next = fingersOf(event);
      const { panZoom, transform: [x, y, zoom], minZoom, maxZoom } = store.getState();
      void panZoom?.setViewport(pinched({ x, y, zoom }, last, next, minZoom, maxZoom), { duration: 0 });
      last = next;
    };
    const up = (event: TouchEvent): void => {
      if (event.touches.length === 0) last = null;
    };
    root.addEventListener("touchstart", down, { capture: true, passive: true });
    // On the window: what is dragged listens there, or on the element that was touched.
    window.addEventListener("touchmove", move, { capture: true, passive: false });
    window.addEventListener("touchend", up, true);
    window.addEventListener("touchcancel", up, true);
    return () => {
      root.removeEventListener("touchstart", down, true);
      window.removeEventListener("touchmove", move, true);
      window.removeEventListener("touchend", up, true);
      window.removeEventListener("touchcancel", up, true);
    };
  }, [area, store]);
}
