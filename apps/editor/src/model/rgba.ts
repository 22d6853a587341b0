/** Pictures as graphs hold them, three bytes a pixel, and as canvases do, four. */
import type { ImageValue } from "@patchbay/runtime";

/** Opaque. */
export function toRgba({ width, height, data }: Pick<ImageValue, "width" | "height" | "data">): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; to < rgba.length; from += 3, to += 4) {
    rgba[to] = data[from]!;
    rgba[to + 1] = data[from + 1]!;
    rgba[to + 2] = data[from + 2]!;
    rgba[to + 3] = 255;
  }
  return rgba;
}

/** Transparency is dropped. */
export function fromRgba(width: number, height: number, rgba: Uint8ClampedArray): ImageValue {
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from]!;
    data[to + 1] = rgba[from + 1]!;
    data[to + 2] = rgba[from + 2]!;
  }
  return { kind: "image", width, height, data };
}
