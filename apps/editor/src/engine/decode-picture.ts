/** Pictures to pixels and back by the browser, equal to what the host of Node makes of them. */
import { NodeFailure, type ImageValue } from "@patchbay/runtime/node-api";
import { damagedImage, imageFormat, readSize, refuseSides, type ImageFormat } from "@patchbay/runtime/host-files";
import { fromRgba, toRgba } from "../model/rgba.ts";

/** Upright 8-bit sRGB, transparent pixels on white. Throws NodeFailure naming `name`. */
export async function decodePicture(bytes: Uint8Array, name: string): Promise<ImageValue> {
  readSize(bytes, name);
  // Browsers show what there is of a picture that breaks off; half a face is no face.
  if (!isWhole(bytes)) throw damagedImage(name, "it breaks off or holds broken data");
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes as BlobPart], { type: `image/${imageFormat(bytes)}` }), { imageOrientation: "from-image", premultiplyAlpha: "default", colorSpaceConversion: "default" });
  } catch (cause) {
    throw damagedImage(name, "it breaks off or holds broken data", cause);
  }
  const { width, height } = bitmap;
  const context = canvasOf(width, height);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { ...fromRgba(width, height, context.getImageData(0, 0, width, height).data), name };
}

/** JPEG at quality 92, WebP at 90, PNG without loss. */
export async function encodePicture(image: ImageValue, format: ImageFormat): Promise<Uint8Array> {
  const { width, height, data } = image;
  if (data.length !== width * height * 3) throw new RangeError(`An image of ${width}×${height} needs ${width * height * 3} bytes, not ${data.length}.`);
  refuseSides(image, format);
  const context = canvasOf(width, height);
  context.putImageData(new ImageData(toRgba(image), width, height), 0, 0);
  const blob = await context.canvas.convertToBlob({ type: `image/${format}`, quality: format === "webp" ? 0.9 : 0.92 });
  if (blob.type !== `image/${format}`) throw new NodeFailure("unsupported-image", `This browser writes no ${format.toUpperCase()} pictures. Choose PNG.`);
  return new Uint8Array(await blob.arrayBuffer());
}

function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext("2d", { alpha: false, willReadFrequently: true, colorSpace: "srgb" });
  if (!context) throw new NodeFailure("image-too-large", `This browser offers no canvas of ${width}×${height} pixels to read pictures with.`);
  return context;
}

/** Whether the file's end is there: JPEG's and PNG's end marks, the length that WebP tells. */
export function isWhole(bytes: Uint8Array): boolean {
  switch (imageFormat(bytes)) {
    case "jpeg":
      for (let at = bytes.length - 2; at > 1; at--) {
        if (bytes[at] !== 0xff) continue;
        if (bytes[at + 1] === 0xd9) return true;
        if (bytes[at + 1] === 0xda) return false; // the last scan begins, and nothing ends it
      }
      return false;
    case "png":
      for (let at = bytes.length - 8; at > 7; at--) if (bytes[at] === 0x49 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x4e && bytes[at + 3] === 0x44) return true;
      return false;
    case "webp":
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true) + 8 <= bytes.length;
    default:
      return false;
  }
}
