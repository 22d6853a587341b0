/** Points in the plane as they are seen: where each lies on the screen, which is near, and how they are drawn. */
import type { ScatterValue } from "@patchbay/runtime";

/** What of the plane is seen: the middle of the view, and pixels per unit. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

type Points = ScatterValue["points"];

const EDGE = 14;
/** Pixels between a point and a pointer that means it. */
const NEAR = 14;

/** All points, with a little room. */
export function wholeSight(points: Points, { width, height }: Size): Sight {
  const finite = points.filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y));
  if (!finite.length) return { x: 0, y: 0, scale: 1 };
  const [left, right] = [Math.min(...finite.map((p) => p.x)), Math.max(...finite.map((p) => p.x))];
  const [low, high] = [Math.min(...finite.map((p) => p.y)), Math.max(...finite.map((p) => p.y))];
  const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (high - low || 1));
  return { x: (left + right) / 2, y: (low + high) / 2, scale: Math.max(scale, Number.MIN_VALUE) };
}

export const placeOf = (point: { readonly x: number; readonly y: number }, sight: Sight, { width, height }: Size): { x: number; y: number } => ({ x: width / 2 + (point.x - sight.x) * sight.scale, y: height / 2 - (point.y - sight.y) * sight.scale });

/** Closer or further, with what lies at `at` on the screen staying there. */
export function zoomed(sight: Sight, by: number, at: { readonly x: number; readonly y: number }, { width, height }: Size): Sight {
  const scale = sight.scale * by;
  const move = 1 / sight.scale - 1 / scale;
  return { x: sight.x + (at.x - width / 2) * move, y: sight.y - (at.y - height / 2) * move, scale };
}

/** The index of the nearest shown point within reach; null where there is none. */
export function pointAt(points: Points, shown: (index: number) => boolean, at: { readonly x: number; readonly y: number }, sight: Sight, size: Size): number | null {
  let [best, least]: [number | null, number] = [null, NEAR * NEAR];
  points.forEach((point, i) => {
    if (!shown(i)) return;
    const { x, y } = placeOf(point, sight, size);
    const far = (x - at.x) ** 2 + (y - at.y) ** 2;
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

/** The shown point that lies nearest in a direction (`[1, 0]`: to the right): what is straight ahead before what is aside. Without a point to start from, the one nearest to the middle. */
export function pointTowards(points: Points, shown: (index: number) => boolean, from: number | null, [dx, dy]: readonly [number, number]): number | null {
  const start = from === null ? undefined : points[from];
  let [best, least]: [number | null, number] = [null, Infinity];
  const middle = start ?? { x: points.reduce((n, p) => n + p.x, 0) / points.length, y: points.reduce((n, p) => n + p.y, 0) / points.length };
  points.forEach((point, i) => {
    if (i === from || !shown(i)) return;
    const [x, y] = [point.x - middle.x, point.y - middle.y];
    const ahead = x * dx + y * dy;
    if (start && ahead <= 0) return;
    const aside = Math.abs(x * dy - y * dx);
    const far = start ? ahead + 2 * aside : Math.hypot(x, y);
    if (far < least) [best, least] = [i, far];
  });
  return best ?? from;
}

/** Labels have colours of equal weight, in an order in which neighbours are told apart. */
export const labelColour = (index: number, dark: boolean): string => (index < 0 ? (dark ? "#949eb0" : "#606979") : `oklch(${dark ? 0.76 : 0.56} 0.15 ${(255 + index * 137.508) % 360})`);
