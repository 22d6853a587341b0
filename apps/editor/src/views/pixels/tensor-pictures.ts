/** Tensors as pictures: colours as they are, single channels through a colour map. */
import type { ImageValue, TensorValue } from "@patchbay/runtime";
import { range } from "../numbers/statistics.ts";
import { shade, type ColourMap } from "./colour-maps.ts";

type Numbers = Pick<TensorValue, "shape" | "data">;

/** How many pictures `[N,H,W,3]` or `[H,W,3]` holds; 0 where it is not of that form. */
export const pictureCount = ({ shape }: Pick<TensorValue, "shape">): number => (shape.at(-1) !== 3 ? 0 : shape.length === 4 ? shape[0]! : shape.length === 3 ? 1 : 0);

/** One picture of `[N,H,W,3]` in 0…1, rounded and clipped to 8 bits. */
export function tensorPicture({ shape, data }: Numbers, index = 0): ImageValue {
  const [height, width] = shape.slice(-3) as [number, number];
  const size = height * width * 3;
  const pixels = new Uint8Array(size);
  for (let i = 0, p = index * size; i < size; i++, p++) pixels[i] = Math.min(255, Math.max(0, data[p]! * 255 + 0.5));
  return { kind: "image", width, height, data: pixels };
}

export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Index of the first number, and how far the next one of the row lies. */
  readonly start: number;
  readonly stride: number;
}

/** One channel of one place on the outer axes of `[…,H,W,C]`. */
export function channelPlane(shape: readonly number[], channel: number, outer = 0): Plane {
  const [height, width, channels] = shape.slice(-3) as [number, number, number];
  return { width, height, start: outer * height * width * channels + channel, stride: channels };
}

/** A plane in colours. Without ends its own lowest and highest number are them. Numbers that are not finite are magenta. */
export function paintPlane(data: ArrayLike<number>, plane: Plane, map: ColourMap, ends?: readonly [number, number]): ImageValue {
  const { width, height, start, stride } = plane;
  const [min, max] = ends ?? range(data, start, width * height, stride);
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0, p = start; i < width * height; i++, p += stride) {
    const at = shade(data[p]!, min, max);
    if (at === null) pixels.set([255, 0, 255], i * 3);
    else for (let c = 0; c < 3; c++) pixels[i * 3 + c] = map[at * 3 + c]!;
  }
  return { kind: "image", width, height, data: pixels };
}
