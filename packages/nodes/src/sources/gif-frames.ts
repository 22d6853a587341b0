/** The frames of an animated GIF, as they are seen: each laid over what its predecessors left. */
import { NodeFailure, type ImageValue } from "@patchbay/runtime/node-api";

/** Pixels of all frames together: a small file can stand for many gigabytes. */
const MOST_PIXELS = 1e9;

/** Every `every`th frame, `most` at most. @throws NodeFailure `bad-gif` for bytes that are no GIF, or one too large. */
export async function gifFrames(bytes: Uint8Array, name: string, { every, most }: { every: number; most: number }): Promise<ImageValue[]> {
  // CommonJS: bundlers may give its exports as the default alone.
  const found: { GifReader?: unknown; default?: unknown } = await import("omggif");
  const { GifReader } = (found.GifReader ? found : found.default) as typeof import("omggif");
  try {
    const reader = new GifReader(bytes as never);
    const { width, height } = reader;
    const last = Math.min(reader.numFrames(), every * (most - 1) + 1);
    if (width * height === 0 || width * height * last > MOST_PIXELS) throw new Error(`${last} frames of ${width}×${height} px are more than fit`);
    const canvas = new Uint8Array(width * height * 4);
    const frames: ImageValue[] = [];
    for (let i = 0; i < last; i++) {
      const { x, y, width: w, height: h, disposal } = reader.frameInfo(i);
      if (x + w > width || y + h > height) throw new Error(`frame ${i + 1} reaches beyond the picture`);
      const kept = disposal === 3 ? canvas.slice() : undefined;
      reader.decodeAndBlitFrameRGBA(i, canvas as never);
      if (i % every === 0) {
        const data = new Uint8Array(width * height * 3);
        for (let p = 0; p < width * height; p++) for (let c = 0; c < 3; c++) data[p * 3 + c] = canvas[p * 4 + c]!;
        frames.push({ kind: "image", width, height, data, name: `Frame ${i + 1}` });
      }
      if (kept) canvas.set(kept);
      else if (disposal === 2) for (let row = y; row < y + h; row++) canvas.fill(0, (row * width + x) * 4, (row * width + x + w) * 4);
    }
    return frames;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NodeFailure("bad-gif", `“${name}” cannot be read as an animated GIF: ${why.replace(/[.\s]+$/, "")}.`, { param: "file", cause });
  }
}
