/** Pictures as small files and back, by the browser's own codecs. */
import type { ImageValue } from "@patchbay/runtime";
import { fromRgba, toRgba } from "../model/rgba.ts";

/** A picture as the bytes of a WebP or PNG file. */
export interface EncodedPicture {
  readonly kind: "encoded-image";
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  readonly name?: string;
}

export interface PictureCodec {
  /** Shrunk to a longest side; null where it cannot be done. */
  encode(image: ImageValue, longest: number): Promise<EncodedPicture | null>;
  decode(picture: EncodedPicture): Promise<ImageValue | null>;
}

export const browserCodec: PictureCodec = {
  async encode(image, longest) {
    if (typeof OffscreenCanvas === "undefined" || !image.width || !image.height) return null;
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
    const whole = await createImageBitmap(new ImageData(toRgba(image), image.width, image.height));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d")!;
    context.imageSmoothingQuality = "high";
    context.drawImage(whole, 0, 0, width, height);
    whole.close();
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.9 });
    return { kind: "encoded-image", width, height, bytes: new Uint8Array(await blob.arrayBuffer()), ...(image.name === undefined ? {} : { name: image.name }) };
  },
  async decode({ bytes, name }) {
    try {
      const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      bitmap.close();
      return { ...fromRgba(width, height, context.getImageData(0, 0, width, height).data), ...(name === undefined ? {} : { name }) };
    } catch {
      return null; // Damaged in storage: the graph opens without it.
    }
  },
};

/** For lists and cards. */
export function pictureUrl({ bytes }: EncodedPicture): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:image/${bytes[0] === 0x89 ? "png" : "webp"};base64,${btoa(binary)}`;
}
