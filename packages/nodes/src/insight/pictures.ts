/** Pictures as networks are shown them: shrunk to a longest side, as numbers, and cut. */
import { float32, type DatasetValue, type ImageValue, type TensorData } from "@patchbay/runtime/node-api";
import { resample } from "../images/resample.ts";
import type { Box } from "./looking-network.ts";

/** The picture with its longest side at most `maxSide`. */
export function shrunk(image: ImageValue, maxSide: number): ImageValue {
  const scale = Math.min(1, maxSide / Math.max(image.width, image.height));
  if (scale === 1) return image;
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const data = Uint8Array.from(resample(image.data, image.width, image.height, width, height, "bilinear", 255), Math.round);
  return { kind: "image", width, height, data, ...(image.name === undefined ? {} : { name: image.name }) };
}

/** `[1,H,W,3]` in 0…1. */
export const pictureTensor = ({ data, height, width }: ImageValue): TensorData => float32([1, height, width, 3], Float32Array.from(data, (v) => v / 255));

/** A tensor `[1,H,W,3]` in 0…1 as 8 bits. */
export function tensorPicture({ data, shape }: TensorData): ImageValue {
  const [, height, width] = shape as [number, number, number];
  return { kind: "image", width, height, data: Uint8Array.from(data, (v) => Math.min(255, Math.max(0, v * 255 + 0.5))) };
}

export function cutPicture(image: ImageValue, { x, y, width, height }: Box): ImageValue {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 3;
    data.set(image.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { kind: "image", width, height, data };
}

/** The examples of a dataset of pictures `[H,W,3]`. */
export function datasetPictures({ example, data, names }: DatasetValue): { name: string; image: ImageValue }[] {
  const [height, width] = example as [number, number, number];
  const each = height * width * 3;
  const bytes = data instanceof Uint8Array ? data : Uint8Array.from(data, (v) => Math.min(255, Math.max(0, v * 255 + 0.5)));
  return names.map((name, i) => ({ name, image: { kind: "image" as const, width, height, data: bytes.subarray(i * each, (i + 1) * each), name } }));
}
