/** Where a picture lies in a window: zoom about a point, shift, fit. */

export interface Viewport {
  /** Screen pixels for each pixel of the picture. */
  readonly scale: number;
  /** Where the picture's upper left corner lies in the window. */
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const LARGEST = 128;

/** The whole picture, centred; small ones in whole multiples, so that every pixel is the same square. */
export function fit(picture: Size, window: Size, margin = 16): Viewport {
  const room = Math.min((window.width - 2 * margin) / picture.width, (window.height - 2 * margin) / picture.height);
  const scale = room >= 2 ? Math.min(LARGEST, Math.floor(room)) : Math.max(room, 0.01);
  return centred(picture, window, scale);
}

export const centred = (picture: Size, window: Size, scale: number): Viewport => ({ scale, x: (window.width - picture.width * scale) / 2, y: (window.height - picture.height * scale) / 2 });

/** The point under `(px,py)` stays where it is. */
export function zoomAt({ scale, x, y }: Viewport, by: number, px: number, py: number, smallest = 0.02): Viewport {
  const next = Math.min(LARGEST, Math.max(smallest, scale * by));
  const share = next / scale;
  return { scale: next, x: px - (px - x) * share, y: py - (py - y) * share };
}

/** Some of the picture stays in the window. */
export function held({ scale, x, y }: Viewport, picture: Size, window: Size, least = 40): Viewport {
  const between = (v: number, low: number, high: number): number => Math.min(high, Math.max(low, v));
  return { scale, x: between(x, least - picture.width * scale, window.width - least), y: between(y, least - picture.height * scale, window.height - least) };
}

/** Which pixel of the picture lies under a point of the window. */
export const pixelUnder = ({ scale, x, y }: Viewport, px: number, py: number): readonly [number, number] => [Math.floor((px - x) / scale), Math.floor((py - y) / scale)];
