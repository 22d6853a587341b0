/** Finds what a wire would end at, for a place on the canvas: by the places that ports have, without asking the page. */
import type { InternalNode } from "@xyflow/react";
import type { FlowNode } from "../flow/flow-types.ts";
import { portOfBody, type Fits, type Side } from "./fits.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PortPlace extends Point {
  readonly node: string;
  readonly port: string;
  readonly ok: boolean;
  readonly reason?: string;
}

export type NodeLookup = ReadonlyMap<string, InternalNode<FlowNode>>;

/** The middle of a port's mark. */
export function portPoint(lookup: NodeLookup, side: Side, node: string, port: string): Point | null {
  const internal = lookup.get(node);
  const handle = internal?.internals.handleBounds?.[side === "output" ? "source" : "target"]?.find((h) => h.id === port);
  if (!internal || !handle) return null;
  const { x, y } = internal.internals.positionAbsolute;
  return { x: x + handle.x + handle.width / 2, y: y + handle.y + handle.height / 2 };
}

/** Every port that the wire could be brought to, with its place. */
export function portPlaces(lookup: NodeLookup, fits: Fits, side: Side): readonly PortPlace[] {
  const places: PortPlace[] = [];
  for (const [node, ports] of fits)
    for (const [port, fit] of ports) {
      const point = portPoint(lookup, side, node, port);
      if (point) places.push({ ...point, node, port, ok: fit.ok, ...(fit.reason === undefined ? {} : { reason: fit.reason }) });
    }
  return places;
}

/** A fitting port within `reach`, else one under the pointer that says why not, else the fitting port of the node under the pointer. */
export function targetAt(point: Point, places: readonly PortPlace[], fits: Fits, lookup: NodeLookup, reach: number): PortPlace | null {
  const near = (wanted: boolean, within: number): PortPlace | null => {
    let best: PortPlace | null = null;
    let least = within;
    for (const place of places) {
      if (place.ok !== wanted) continue;
      const distance = Math.hypot(place.x - point.x, place.y - point.y);
      if (distance < least) [best, least] = [place, distance];
    }
    return best;
  };
  const exact = near(true, reach * 0.5) ?? near(false, reach * 0.6) ?? near(true, reach);
  if (exact) return exact;
  for (const [id, ports] of fits) {
    const node = lookup.get(id);
    if (!node) continue;
    const { x, y } = node.internals.positionAbsolute;
    if (point.x < x || point.y < y || point.x > x + (node.measured.width ?? 0) || point.y > y + (node.measured.height ?? 0)) continue;
    const port = portOfBody(ports);
    const name = port ?? [...ports.keys()][0]!;
    return places.find((place) => place.node === id && place.port === name) ?? null;
  }
  return null;
}
