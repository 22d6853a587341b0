/** How much room an element has, in the four steps that the layout knows: of the editor itself, which may be a part of another page. */
import { useEffect, useState } from "react";

export type Room = "wide" | "medium" | "narrow" | "tiny";

export const roomFor = (width: number): Room => (width >= 1200 ? "wide" : width >= 1000 ? "medium" : width >= 560 ? "narrow" : "tiny");

export function useRoom(element: HTMLElement | null): Room {
  const [room, setRoom] = useState<Room>("wide");
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setRoom(roomFor(entry!.target.clientWidth)));
    setRoom(roomFor(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return room;
}
