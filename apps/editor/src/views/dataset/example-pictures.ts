/** One example of a dataset as a small picture: a photo as it is, a volume by its middle slice, numbers as curves are drawn elsewhere. */
import type { DatasetValue } from "@patchbay/runtime";
import type { Pixels } from "../image/PixelCanvas.tsx";
import { GREYS } from "../pixels/colour-maps.ts";
import { paintPlane } from "../pixels/tensor-pictures.ts";

/** Null where an example is no picture. */
export function examplePicture(value: DatasetValue, index: number): Pixels | null {
  const given = value.thumbnails?.[index];
  if (given) return given;
  const { example, data } = value;
  const size = example.reduce((n, d) => n * d, 1);
  const numbers = data.subarray(index * size, (index + 1) * size);
  if (example.length === 3 && example[2] === 3) {
    const [height, width] = example as [number, number, number];
    return { width, height, data: numbers instanceof Uint8Array ? numbers : Uint8Array.from(numbers, (v) => Math.min(255, Math.max(0, v * 255 + 0.5))) };
  }
  if (example.length !== 3 && example.length !== 4) return null;
  const [height, width, channels] = example.slice(-3) as [number, number, number];
  const depth = example.length === 4 ? example[0]! : 1;
  return paintPlane(numbers, { width, height, start: (depth >> 1) * height * width * channels, stride: channels }, GREYS);
}

/** The numbers of an example that is a list of them or a signal, channel by channel. */
export function exampleCurves({ example, data }: DatasetValue, index: number): readonly ArrayLike<number>[] {
  const size = example.reduce((n, d) => n * d, 1);
  const channels = example.length > 1 ? example.at(-1)! : 1;
  return Array.from({ length: Math.min(channels, 4) }, (_, c) => Float32Array.from({ length: size / channels }, (_, i) => data[index * size + i * channels + c]!));
}

/** The indices of each class, in the dataset's order. */
export function byClass({ classes, labels }: DatasetValue): readonly (readonly number[])[] {
  const found: number[][] = classes.map(() => []);
  labels.forEach((label, i) => found[label]?.push(i));
  return found;
}
