/** The pictures that patches were cut from, with their places on them: what is opened when a patch is clicked. */
import type { DatasetValue, ImagesValue, RuntimeValue, UnitPatches } from "@patchbay/runtime";
import { formatNumber } from "../numbers/format-number.ts";
import { examplePicture } from "../dataset/example-pictures.ts";
import type { Pages } from "../image/ImageViewer.tsx";
import type { Pixels } from "../image/PixelCanvas.tsx";

type Patch = UnitPatches["patches"][number];

/** “sample3.jpg, activation 0.61”: which picture, without its folder. */
export const patchWords = ({ name, activation }: Patch): string => `${name.replace(/^.*\//, "") || "a picture"}, activation ${formatNumber(activation, 3)}`;

/** `searched`: what arrived at the node; null where it is gone or another by now: then each patch is shown alone. `maxSide`: of the node, to which pictures were shrunk before they were searched. */
export function patchPages({ patches }: UnitPatches, searched: RuntimeValue | null, maxSide: number): Pages {
  const found = patches.map((patch) => wholePicture(patch, searched, maxSide));
  return {
    count: patches.length,
    name: (i) => patchWords(patches[i]!),
    image: (i) => found[i]?.image ?? patches[i]!.image,
    boxes: (i) => (found[i] ? [found[i].box] : []),
  };
}

function wholePicture({ picture, box }: Patch, searched: RuntimeValue | null, maxSide: number): { image: Pixels; box: Patch["box"] } | null {
  const whole = searched?.kind === "images" ? ofList(searched, picture) : searched?.kind === "dataset" ? ofDataset(searched, picture) : null;
  if (!whole) return null;
  const { image, size: [width, height] } = whole;
  // As pictures are shrunk before the search.
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const [x, y] = [image.width / Math.max(1, Math.round(width * scale)), image.height / Math.max(1, Math.round(height * scale))];
  return { image, box: { x: box.x * x, y: box.y * y, width: box.width * x, height: box.height * y } };
}

interface Whole {
  readonly image: Pixels;
  /** Width and height of what was searched, before it was shrunk. */
  readonly size: readonly [number, number];
}

function ofList({ items }: ImagesValue, index: number): Whole | null {
  const image = items[index]?.image;
  return image ? { image, size: [image.width, image.height] } : null;
}

function ofDataset(value: DatasetValue, index: number): Whole | null {
  const image = index < value.labels.length ? examplePicture(value, index) : null;
  return image ? { image, size: [value.example[1]!, value.example[0]!] } : null;
}
