/** Which nodes are near the part of the canvas that is shown. */
import type { Transform } from "@xyflow/react";
import type { FlowNode } from "../flow/flow-types.ts";

export interface Window {
  readonly transform: Transform;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Keys of the nodes in the window and `margin` pixels around it, those nearest to its middle first. */
export function nearNodes({ transform: [x, y, zoom], width, height }: Window, nodes: readonly FlowNode[], margin: number): readonly string[] {
  const found: { id: string; away: number }[] = [];
  for (const node of nodes) {
    const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
    const [w, h] = [(node.measured?.width ?? 0) * zoom, (node.measured?.height ?? 0) * zoom];
    if (left < width + margin && top < height + margin && left + w > -margin && top + h > -margin) found.push({ id: node.id, away: Math.hypot(left + w / 2 - width / 2, top + h / 2 - height / 2) });
  }
  return found.sort((a, b) => a.away - b.away).map(({ id }) => id);
}

/** `shown` with at most `count` more of those that are wanted, the first of them first; the same set where there is nothing to add. */
export function withSome(shown: ReadonlySet<string>, wanted: readonly string[], count: number): ReadonlySet<string> {
  const more = wanted.filter((id) => !shown.has(id)).slice(0, count);
  return more.length ? new Set([...shown, ...more]) : shown;
}
