/** Pictures in Node, by sharp: loaded when the first picture is, so that graphs without pictures never pay for it. */
import { NodeFailure } from "../node-api/host.ts";
import type { ImageValue } from "../node-api/values.ts";
import type { ImageFormat } from "./image-header.ts";
import { damagedImage, MOST_PIXELS, readSize, refuseSides, tooManyPixels } from "./image-limits.ts";

type Sharp = typeof import("sharp")["default"];
let loaded: Promise<Sharp> | undefined;

function loadSharp(): Promise<Sharp> {
  return (loaded ??= import("sharp").then(
    (module) => module.default,
    (cause: unknown) => {
      loaded = undefined;
      throw new NodeFailure("missing-package", "Pictures are read by the package sharp, which is not installed for this system. Install it with: npm install sharp", { cause });
    },
  ));
}

/** JPEG, PNG or WebP, judged by content, to upright 8-bit sRGB; transparent pixels lie on white. */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<ImageValue> {
  const size = readSize(bytes, name);
  const sharp = await loadSharp();
  try {
    const { data, info } = await sharp(bytes, { failOn: "error", limitInputPixels: MOST_PIXELS })
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw damagedImage(name, `it decodes to ${info.channels} channels instead of 3`);
    return { kind: "image", width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), name };
  } catch (error) {
    if (error instanceof NodeFailure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (/pixel limit/i.test(reason)) throw tooManyPixels(name, size.width, size.height);
    throw damagedImage(name, plainReason(reason), error);
  }
}

/** RGB to a file's bytes. JPEG at quality 92 without chroma subsampling, WebP at 90, PNG without loss. */
export async function encodeImage(image: ImageValue, format: ImageFormat): Promise<Uint8Array> {
  const { width, height, data } = image;
  if (data.length !== width * height * 3) throw new RangeError(`An image of ${width}×${height} needs ${width * height * 3} bytes, not ${data.length}.`);
  refuseSides(image, format);
  const picture = (await loadSharp())(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  const encoded =
    format === "png" ? picture.png()
    : format === "jpeg" ? picture.jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    : picture.webp({ quality: 90 });
  const buffer = await encoded.toBuffer();
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** The decoder's own words, where they can be said plainly. */
function plainReason(reason: string): string {
  if (/premature end|read error|unable to parse|truncat|end of (?:file|stream)|unexpected end/i.test(reason)) return "it breaks off or holds broken data";
  const first = reason.split("\n")[0]!.replace(/^(?:Input buffer|Vips\w+|vips\w+)[\s:]*/i, "").replace(/[.\s]+$/, "");
  return first.length > 0 ? `the decoder says "${first.slice(0, 160)}"` : "it cannot be decoded";
}
