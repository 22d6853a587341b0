/** Places the boxes as the document does, but with columns and rows wide enough for what is written on nodes and wires. */
import type { GraphDocument, Position } from "@patchbay/graph-core";
import type { Boxes } from "./node-box.ts";

export interface Placed {
  at: ReadonlyMap<string, Position>;
  /** Left and right edge of each column of nodes, from left to right. */
  columns: readonly { left: number; right: number; ids: readonly string[] }[];
  /** Where a point of the document lies in the drawing. */
  map(point: Position): Position;
}

const SMALLEST_GAP = 54;
/** Between two boxes of a column. */
const ROW_GAP = 34;
/** Rows may move together to this share of their distance, where nothing is in the way. */
const TIGHTEST = 0.42;
/** Room for one frame's lower edge, a space, and the next one's title. */
const FRAME_GAP = 84;

/**
 * @param label the width of the widest label on the wires that leave a node.
 * @param frames nodes that are framed together: a frame's lower edge stays clear of the next one's title.
 */
export function place(document: GraphDocument, boxes: Boxes, label: (id: string) => number, frames: readonly (readonly string[])[]): Placed {
  const xs = [...new Set(document.nodes.map((n) => n.position.x))].sort((a, b) => a - b);
  const columns: { left: number; right: number; ids: string[] }[] = [];
  let left = 0;
  for (const x of xs) {
    const ids = document.nodes.filter((n) => n.position.x === x).map((n) => n.id);
    const right = left + Math.max(...ids.map((id) => boxes.get(id)!.width));
    columns.push({ left, right, ids });
    const widest = Math.max(...ids.map((id) => label(id) - (right - left - boxes.get(id)!.width)));
    left = right + Math.max(SMALLEST_GAP, widest + 44);
  }
  const y = new Map(document.nodes.map((n) => [n.id, n.position.y]));
  /** For two nodes: the lower one's top is at least so far below the upper one's. */
  const apart: { upper: number; lower: number; by: number }[] = [];
  const keep = (upper: string, lower: string, gap: number): void => void apart.push({ upper: y.get(upper)!, lower: y.get(lower)!, by: boxes.get(upper)!.height + gap });
  for (const { ids } of columns) {
    const down = [...ids].sort((a, b) => y.get(a)! - y.get(b)!);
    down.slice(1).forEach((id, i) => keep(down[i]!, id, ROW_GAP));
  }
  for (const upper of frames)
    for (const lower of frames) {
      const first = lower.reduce((a, b) => (y.get(b)! < y.get(a)! ? b : a));
      if (upper.every((id) => y.get(id)! < y.get(first)!)) for (const id of upper) keep(id, first, FRAME_GAP);
    }
  const ys = [...new Set(y.values())].sort((a, b) => a - b);
  const rows = new Map<number, number>();
  ys.forEach((row, i) => {
    const above = i ? rows.get(ys[i - 1]!)! + (row - ys[i - 1]!) * TIGHTEST : 0;
    rows.set(row, Math.max(above, ...apart.filter((c) => c.lower === row).map((c) => rows.get(c.upper)! + c.by)));
  });

  const map = (p: Position): Position => ({ x: between(p.x, xs, columns.map((c) => c.left)), y: between(p.y, ys, ys.map((row) => rows.get(row)!)) });
  return { at: new Map(document.nodes.map((n) => [n.id, map(n.position)])), columns, map };
}

/** Between two stops in proportion, beyond them as far as in the document. */
function between(value: number, stops: readonly number[], places: readonly number[]): number {
  const after = stops.findIndex((stop) => stop >= value);
  if (after < 0) return places.at(-1)! + (value - stops.at(-1)!);
  if (after === 0 || stops[after] === value) return places[after]! + (value - stops[after]!);
  const share = (value - stops[after - 1]!) / (stops[after]! - stops[after - 1]!);
  return places[after - 1]! + share * (places[after]! - places[after - 1]!);
}
