/** Pictures side by side on one card, with captions: pixels go into an SVG, and the whole of it becomes one file. */
import sharp from "sharp";
import { toImage, type ImageValue, type RuntimeValue, type TensorValue } from "@patchbay/runtime";
import { card, INK, num, rect, text } from "../diagram/svg.ts";

/** A value as a picture; of a list of tensors the one with the index. */
export function pictureOf(value: RuntimeValue | undefined, index = 0): ImageValue {
  if (value?.kind === "image") return value;
  if (value?.kind === "images") return value.items[index]!.image;
  if (value?.kind !== "tensor" || value.shape.length !== 4 || value.shape[3] !== 3) throw new Error("no picture came out");
  const [, height, width] = value.shape;
  const size = height! * width! * 3;
  return toImage({ ...value, shape: [1, height!, width!, 3], data: value.data.slice(index * size, (index + 1) * size) } as TensorValue);
}

const raw = ({ width, height, data }: ImageValue) => sharp(data, { raw: { width, height, channels: 3 } });

/** As an SVG image, no larger than it is shown. */
export async function embed(image: ImageValue, x: number, y: number, width: number, height: number): Promise<string> {
  const bytes = await raw(image).resize(Math.round(width), Math.round(height), { fit: "cover", kernel: "lanczos3" }).png().toBuffer();
  return `<image x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" href="data:image/png;base64,${bytes.toString("base64")}"/>`;
}

export interface Panel {
  image: ImageValue;
  caption: string;
  /** Width over height as shown; by default the picture's own. */
  aspect?: number;
}

const GAP = 16;
const CAPTION = 34;

/** Rows of pictures of one height each. */
export async function panels(title: string, rows: readonly { height: number; panels: readonly Panel[] }[]): Promise<string> {
  const body: string[] = [];
  let [y, right] = [GAP, 0];
  for (const row of rows) {
    let x = GAP;
    for (const { image, caption, aspect = image.width / image.height } of row.panels) {
      const width = Math.round(row.height * aspect);
      body.push(await embed(image, x, y, width, row.height));
      if (caption) body.push(text(x + width / 2, y + row.height + 22, caption, { size: 15, fill: INK.soft, anchor: "middle" }));
      x += width + GAP;
    }
    right = Math.max(right, x);
    y += row.height + (row.panels.some((p) => p.caption) ? CAPTION : GAP);
  }
  return card(right, y, title, body);
}

export const frame = (x: number, y: number, width: number, height: number): string => rect(x, y, width, height, 4, "none", INK.line);

/** The file's bytes: small enough for a repository, sharp enough to show. */
export const toWebp = async (svg: string): Promise<Buffer> => sharp(Buffer.from(svg)).webp({ quality: 82, effort: 6 }).toBuffer();

/** A part of a photo from a package, as a small JPEG. */
export const cutOut = async (file: string, part: { left: number; top: number; width: number; height: number }, width: number): Promise<Buffer> =>
  sharp(file).extract(part).resize(width).jpeg({ quality: 86, mozjpeg: true }).toBuffer();
