/** A file's picture as pixels, for the viewer. */
import type { ImageValue } from "@patchbay/runtime";
import { fromRgba } from "../../model/rgba.ts";
import type { PictureReference } from "./references.ts";

/** Turned upright by the browser. Rejects where it is none. */
export async function decodePicture(url: string, part?: PictureReference["part"]): Promise<ImageValue> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { x, y, width, height } = part ?? { x: 0, y: 0, width: image.naturalWidth, height: image.naturalHeight };
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(image, -x, -y);
  return fromRgba(width, height, context.getImageData(0, 0, width, height).data);
}
