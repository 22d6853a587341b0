/** Pictures to measure with: square ones cut from the demo photos that come with `npm install`. */
import { createRequire } from "node:module";
import path from "node:path";
import sharp from "sharp";

const require = createRequire(import.meta.url);

const photo = (number: number): string => require.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`);

/** Writes `size`×`size` PNGs, which both sides decode to the same pixels. */
export async function styleFiles(folder: string, size: number): Promise<{ content: string; style: string }> {
  const files = { content: path.join(folder, `content-${size}.png`), style: path.join(folder, `style-${size}.png`) };
  await sharp(photo(1)).resize(size, size, { fit: "cover" }).removeAlpha().png().toFile(files.content);
  await sharp(photo(2)).resize(size, size, { fit: "cover" }).removeAlpha().png().toFile(files.style);
  return files;
}

/** `count` different chips, `[count,size,size,3]` in 0…1: pieces of the demo photos, moved on from one to the next. */
export async function chips(count: number, size: number): Promise<Float32Array> {
  const each = size * size * 3;
  const all = new Float32Array(count * each);
  for (let i = 0; i < count; i++) {
    const left = 300 + 17 * i;
    const pixels = await sharp(photo(1 + (i % 6))).resize(1200, 900, { fit: "cover" }).extract({ left, top: 200 + 11 * i, width: size, height: size }).removeAlpha().raw().toBuffer();
    for (let j = 0; j < each; j++) all[i * each + j] = pixels[j]! / 255;
  }
  return all;
}
