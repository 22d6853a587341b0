/** Single pixels of a picture, for close looks. */
import type { ImageValue } from "@patchbay/runtime";

/** Red, green and blue of one pixel; null beyond the border. */
export function pixelAt({ width, height, data }: Pick<ImageValue, "width" | "height" | "data">, x: number, y: number): readonly [number, number, number] | null {
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const i = (y * width + x) * 3;
  return [data[i]!, data[i + 1]!, data[i + 2]!];
}
