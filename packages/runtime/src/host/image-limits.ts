/** Which pictures are read and written, and the sentences for those that are not: the same in Node and in browsers. */
import { NodeFailure } from "../node-api/host.ts";
import { foreignFormat, imageFormat, imageSize, type ImageFormat } from "./image-header.ts";

/** 50 megapixels. */
export const MOST_PIXELS = 50_000_000;

/** The upright size of a JPEG, PNG or WebP that may be decoded; throws NodeFailure for everything else. */
export function readSize(bytes: Uint8Array, name: string): { width: number; height: number } {
  if (bytes.length === 0) throw new NodeFailure("damaged-image", `${name} is empty.`);
  if (!imageFormat(bytes)) {
    const foreign = foreignFormat(bytes);
    const what = foreign ? `${/^(?:AVIF|ICO|SVG)$/.test(foreign) ? "an" : "a"} ${foreign} file` : "not a picture";
    throw new NodeFailure("unsupported-image", `${name} is ${what}. Pictures are read as JPEG, PNG or WebP${foreign && foreign !== "video" ? ": convert it first" : ""}.`);
  }
  const size = imageSize(bytes);
  if (!size) throw damagedImage(name, "it breaks off before its size is told");
  if (size.width * size.height > MOST_PIXELS) throw tooManyPixels(name, size.width, size.height);
  return { width: size.width, height: size.height };
}

/** Throws NodeFailure where a format cannot hold a picture of this size. */
export function refuseSides({ width, height }: { readonly width: number; readonly height: number }, format: ImageFormat): void {
  const most = format === "webp" ? 16383 : format === "jpeg" ? 65535 : Infinity;
  if (Math.max(width, height) > most) throw new NodeFailure("image-too-large", `A ${format === "webp" ? "WebP" : "JPEG"} picture has at most ${most} pixels a side; this one is ${width}×${height}. Save it as PNG.`);
}

export const damagedImage = (name: string, why: string, cause?: unknown): NodeFailure => new NodeFailure("damaged-image", `${name} is damaged: ${why}.`, { cause });

export const tooManyPixels = (name: string, width: number, height: number): NodeFailure =>
  new NodeFailure("image-too-large", `${name} has ${width}×${height} pixels (${Math.ceil((width * height) / 1e5) / 10} megapixels); at most ${MOST_PIXELS / 1e6} megapixels are read. Make it smaller first.`);
