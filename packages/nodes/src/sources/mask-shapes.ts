/** The shapes of masks, painted pixel by pixel: lengths are in per cent, so that a mask fits its picture at any size. */

export interface MaskShape {
  shape: "rectangle" | "ellipse" | "gradient" | "brightness";
  left: number;
  top: number;
  width: number;
  height: number;
  /** Degrees, clockwise from the right. */
  angle: number;
  middle: number;
  feather: number;
}

/**
 * White's share of each pixel's centre, `rows × columns` values in 0…1. Across an edge it rises in a straight line, feather wide with the
 * edge in its middle (at least one pixel, so that slanted edges are smooth): two masks with a common edge sum to 1.
 */
export function paintMask(mask: MaskShape, rows: number, columns: number): Float32Array {
  const inside = distanceInside(mask, rows, columns);
  const out = new Float32Array(rows * columns);
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) out[y * columns + x] = Math.min(1, Math.max(0, inside(x + 0.5, y + 0.5) + 0.5));
  return out;
}

/** How far a place is inside the shape, in feathers: negative outside. */
function distanceInside(mask: MaskShape, rows: number, columns: number): (x: number, y: number) => number {
  const share = mask.feather / 100;
  if (mask.shape === "gradient") {
    const [dx, dy] = [Math.cos((mask.angle * Math.PI) / 180), Math.sin((mask.angle * Math.PI) / 180)];
    const across = Math.abs(columns * dx) + Math.abs(rows * dy);
    const feather = Math.max(1, share * across);
    return (x, y) => ((x - columns / 2) * dx + (y - rows / 2) * dy + (0.5 - mask.middle / 100) * across) / feather;
  }
  const feather = Math.max(1, share * Math.min(rows, columns));
  const [left, top] = [(mask.left / 100) * columns, (mask.top / 100) * rows];
  const [right, bottom] = [left + (mask.width / 100) * columns, top + (mask.height / 100) * rows];
  if (mask.shape === "ellipse") {
    const [cx, cy, rx, ry] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2];
    // Along a ray from the middle, in the shorter radius: exact for a circle.
    return (x, y) => ((1 - Math.hypot((x - cx) / rx, (y - cy) / ry)) * Math.min(rx, ry)) / feather;
  }
  // A box that reaches the picture's edge goes on beyond it: its soft edge would darken the border otherwise.
  const sides: ((x: number, y: number) => number)[] = [];
  if (left > 0) sides.push((x) => x - left);
  if (right < columns) sides.push((x) => right - x);
  if (top > 0) sides.push((_x, y) => y - top);
  if (bottom < rows) sides.push((_x, y) => bottom - y);
  return (x, y) => Math.min(feather, ...sides.map((side) => side(x, y))) / feather;
}
