/** The pictures that a value holds. */
import type { RuntimeValue } from "@patchbay/runtime";
import { pictureCount, tensorPicture } from "../pixels/tensor-pictures.ts";
import type { Pages } from "./ImageViewer.tsx";
import type { Pixels } from "./PixelCanvas.tsx";

const known = new WeakMap<RuntimeValue, Pages | null>();

/** The same answer for the same value, and pictures made only when they are asked for. Null where it holds none. */
export function pagesOf(value: RuntimeValue): Pages | null {
  let pages = known.get(value);
  if (pages === undefined) known.set(value, (pages = make(value)));
  return pages;
}

function make(value: RuntimeValue): Pages | null {
  switch (value.kind) {
    case "image":
      return { count: 1, name: () => shortName(value.name) ?? "Picture", image: () => value };
    case "images":
      return value.items.length ? { count: value.items.length, name: (i) => value.items[i]!.label ?? value.items[i]!.name, image: (i) => value.items[i]!.image } : null;
    case "faces": {
      const pictures = [value, ...(value.more ?? [])];
      return { count: pictures.length, name: (i) => shortName(pictures[i]!.image.name) ?? `Picture ${i + 1}`, image: (i) => pictures[i]!.image, faces: (i) => pictures[i]!.faces };
    }
    case "tensor": {
      const count = pictureCount(value);
      const made: (Pixels | undefined)[] = [];
      return count ? { count, name: (i) => (count === 1 ? "Picture" : `Picture ${i + 1}`), image: (i) => (made[i] ??= tensorPicture(value, i)), read: (i, x, y) => readTensor(value, i, x, y) } : null;
    }
    default:
      return null;
  }
}

/** Without the folder and the part: what a person calls it. */
const shortName = (name: string | undefined): string | undefined => name?.replace(/#xywh=.*$/, "").replace(/^.*\//, "");

function readTensor({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }, page: number, x: number, y: number): string {
  const [height, width] = shape.slice(-3) as [number, number];
  const at = ((page * height + y) * width + x) * 3;
  return [0, 1, 2].map((c) => data[at + c]!.toFixed(4)).join("  ");
}

/** One picture drawn with something on it, or coloured by a map: no colours to read off. */
export const onePage = (name: string, image: Pixels, read?: (x: number, y: number) => string | null): Pages => ({ count: 1, name: () => name, image: () => image, ...(read ? { read: (_: number, x: number, y: number) => read(x, y) } : {}) });
