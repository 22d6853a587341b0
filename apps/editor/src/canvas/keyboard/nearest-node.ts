/** Which node is next in a direction, as a person would say it. */

export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Direction = "up" | "down" | "left" | "right";

/** The nearest in the direction, straight ones before slanted ones; null where nothing is that way. */
export function nearestNode(nodes: readonly Placed[], from: Placed, direction: Direction): Placed | null {
  let best: Placed | null = null;
  let least = Infinity;
  const middle = (p: Placed): { x: number; y: number } => ({ x: p.x + p.width / 2, y: p.y + p.height / 2 });
  const here = middle(from);
  for (const node of nodes) {
    if (node.id === from.id) continue;
    const there = middle(node);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const sideways = direction === "left" || direction === "right";
    const along = direction === "left" ? -dx : direction === "right" ? dx : direction === "up" ? -dy : dy;
    // Rows and columns overlap: what is beside does not count as above.
    const least1 = sideways ? 8 : Math.min(8, from.height / 4);
    if (along <= least1) continue;
    const gap = sideways ? gapOf(from.y, from.height, node.y, node.height) : gapOf(from.x, from.width, node.x, node.width);
    const cost = along + gap * 2.5 + Math.abs(sideways ? dy : dx) * 0.3;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

/** Between two stretches of one axis; 0 where they overlap. */
const gapOf = (a: number, lengthA: number, b: number, lengthB: number): number => Math.max(0, Math.max(a, b) - Math.min(a + lengthA, b + lengthB));

/** The first in reading order: where a person who comes by keyboard begins. */
export const firstNode = <P extends Placed>(nodes: readonly P[]): P | null => nodes.reduce<P | null>((best, node) => (!best || node.x + node.y * 0.5 < best.x + best.y * 0.5 ? node : best), null);
