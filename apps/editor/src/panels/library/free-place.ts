/** Where a new node stands without lying on another: as near to the wished place as there is room. */
import type { Position } from "@patchbay/graph-core";

/** About what a node takes with its parameters, and the room between two. */
const SIZE = { width: 248, height: 190 };
const GAP = 32;
const RINGS = 12;

const overlap = (a: Position, b: Position): boolean => Math.abs(a.x - b.x) < SIZE.width + GAP / 2 && Math.abs(a.y - b.y) < SIZE.height + GAP / 2;

/** Places on rings around the wished one, the nearest first and of equally near ones the one to the right. */
function around({ x, y }: Position): Position[] {
  const [dx, dy] = [(SIZE.width + GAP) / 2, (SIZE.height + GAP) / 2];
  const places: { at: Position; far: number }[] = [];
  for (let i = -RINGS; i <= RINGS; i++) for (let j = -RINGS; j <= RINGS; j++) places.push({ at: { x: x + i * dx, y: y + j * dy }, far: Math.hypot(i * dx, j * dy) - (i > 0 ? 1 : 0) });
  return places.sort((a, b) => a.far - b.far).map((place) => place.at);
}

export function freePlace(wished: Position, taken: readonly Position[]): Position {
  const near = taken.filter((t) => Math.abs(t.x - wished.x) < (RINGS + 2) * SIZE.width && Math.abs(t.y - wished.y) < (RINGS + 2) * SIZE.height);
  return around(wished).find((place) => !near.some((t) => overlap(place, t))) ?? wished;
}
