/** Pictures of three bytes a pixel in the four that a canvas takes. */
import type { ImageValue } from "@patchbay/runtime";

/** Opaque. */
export function toRgba({ width, height, data }: Pick<ImageValue, "width" | "height" | "data">): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, o = 0; o < out.length; i += 3, o += 4) {
    out[o] = data[i]!;
    out[o + 1] = data[i + 1]!;
    out[o + 2] = data[i + 2]!;
    out[o + 3] = 255;
  }
  return out;
}

/** Transparency is dropped. */
export function fromRgba(width: number, height: number, rgba: Uint8ClampedArray): ImageValue {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, o = 0; i < data.length; i += 3, o += 4) data.set([rgba[o]!, rgba[o + 1]!, rgba[o + 2]!], i);
  return { kind: "image", width, height, data };
}

/** Red, green and blue of one pixel; null beyond the border. */
export function pixelAt({ width, height, data }: Pick<ImageValue, "width" | "height" | "data">, x: number, y: number): readonly [number, number, number] | null {
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const i = (y * width + x) * 3;
  return [data[i]!, data[i + 1]!, data[i + 2]!];
}
