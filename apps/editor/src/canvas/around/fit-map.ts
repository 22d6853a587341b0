/** How a whole graph is laid into a small rectangle. */

export interface MapFit {
  /** Canvas coordinates of the rectangle's corner. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const PADDING = 8;

export function fitMap(boxes: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[], width: number, height: number): MapFit {
  if (!boxes.length) return { x: -width / 2, y: -height / 2, scale: 1 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const scale = Math.min((width - 2 * PADDING) / Math.max(1, right - left), (height - 2 * PADDING) / Math.max(1, bottom - top), 0.2);
  return { x: (left + right) / 2 - width / 2 / scale, y: (top + bottom) / 2 - height / 2 / scale, scale };
}
