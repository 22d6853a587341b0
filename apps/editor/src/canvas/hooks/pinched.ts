/** Where the canvas looks after two fingers have moved: what is under them stays under them. */
import type { Viewport } from "@xyflow/react";
import type { Point } from "../connect/nearest-port.ts";

/** In pixels from the corner of the canvas. */
export type Fingers = readonly [Point, Point];

export function pinched({ x, y, zoom }: Viewport, before: Fingers, now: Fingers, least: number, most: number): Viewport {
  const apart = ([a, b]: Fingers): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const middle = ([a, b]: Fingers): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const next = Math.min(most, Math.max(least, zoom * (apart(now) / apart(before))));
  const [from, to] = [middle(before), middle(now)];
  return { x: to.x - (from.x - x) * (next / zoom), y: to.y - (from.y - y) * (next / zoom), zoom: next };
}
