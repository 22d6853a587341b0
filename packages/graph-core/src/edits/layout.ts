/** The little geometry that grouping needs. */
import type { GraphNode, Position } from "../document/document.ts";

/** The corner that a group of nodes is placed by. */
export function topLeft(nodes: readonly Pick<GraphNode, "position">[]): Position {
  if (nodes.length === 0) return { x: 0, y: 0 };
  const corner = { x: Infinity, y: Infinity };
  for (const { position } of nodes) {
    corner.x = Math.min(corner.x, position.x);
    corner.y = Math.min(corner.y, position.y);
  }
  return corner;
}

export const shifted = (position: Position, by: Position): Position => (by.x === 0 && by.y === 0 ? position : { x: position.x + by.x, y: position.y + by.y });
export const difference = (a: Position, b: Position): Position => ({ x: a.x - b.x, y: a.y - b.y });
