/** How far a point is from a wire, without asking the page. */

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly from: Point;
  readonly to: Point;
}

const STEPS = 20;

/** Distance to the cubic curve that is drawn between two ports; Infinity as soon as it is clear that it is more than `within`. */
export function distanceToCurve({ from, to }: Curve, point: Point, within: number): number {
  const bow = controlOffset(to.x - from.x);
  const [left, right] = [Math.min(from.x, to.x - bow), Math.max(to.x, from.x + bow)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  if (point.x < left - within || point.x > right + within || point.y < top - within || point.y > bottom + within) return Infinity;
  let least = Infinity;
  let [px, py] = [from.x, from.y];
  for (let i = 1; i <= STEPS; i++) {
    const t = i / STEPS;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    const x = a * from.x + b * (from.x + bow) + c * (to.x - bow) + d * to.x;
    const y = a * from.y + b * from.y + c * to.y + d * to.y;
    least = Math.min(least, distanceToSegment(point, px, py, x, y));
    [px, py] = [x, y];
  }
  return least;
}

/** As React Flow bends its curves, at the curvature that wires are drawn with. */
const controlOffset = (distance: number): number => (distance >= 0 ? 0.5 * distance : 0.3 * 25 * Math.sqrt(-distance));

function distanceToSegment({ x, y }: Point, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length)) : 0;
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}
