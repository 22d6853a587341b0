/** A list of pictures as one file that moves. */
import { defineNode, NodeFailure, type ImagesValue, type ImageValue } from "@patchbay/runtime/node-api";
import { resample } from "../images/resample.ts";

export const animation = defineNode({
  type: "Animation",
  version: 1,
  title: "Animation",
  group: "Outputs",
  doc: "Makes an animated GIF of a list of pictures, such as the frames of an optimisation or of a film. All of them come out as large as the largest, within a longest side; each frame has 256 colours of its own.",
  source: "GIF89a specification; palette by pairwise nearest neighbour quantisation (gifenc)",
  synonyms: ["GIF", "film", "video", "strip", "time lapse", "export"],
  role: "output",
  inputs: [{ name: "images", doc: "The frames, in order.", type: { kind: "images" } }],
  outputs: [{ name: "file", doc: "The animated GIF, to save as .gif.", type: { kind: "file" } }],
  params: [
    { name: "rate", title: "Frames per second", kind: "number", default: 8, min: 0.5, max: 50, step: 0.5, help: "GIF counts time in hundredths of a second." },
    { name: "hold", title: "Hold the last", kind: "number", default: 1, min: 0, max: 10, step: 0.1, unit: "s", help: "How much longer the last frame stays." },
    { name: "loop", title: "Loop", kind: "boolean", default: true, help: "Begins again at its end." },
    { name: "maxSide", title: "Longest side", kind: "number", default: 480, min: 16, max: 2048, integer: true, unit: "px", help: "Larger frames are shrunk to it." },
  ],
  async evaluate({ params, inputs, progress, signal }) {
    const { items } = inputs["images"] as ImagesValue;
    if (!items.length) throw new NodeFailure("no-frames", "The list of pictures is empty, so there is nothing to animate. Where an optimiser gives it, set how often it keeps a picture.");
    const largest = items.reduce((a, b) => (b.image.width * b.image.height > a.image.width * a.image.height ? b : a)).image;
    const scale = Math.min(1, (params["maxSide"] as number) / Math.max(largest.width, largest.height));
    const [width, height] = [Math.max(1, Math.round(largest.width * scale)), Math.max(1, Math.round(largest.height * scale))];
    const { GIFEncoder, quantize, applyPalette } = await gifenc();
    const gif = GIFEncoder();
    const delay = 1000 / (params["rate"] as number);
    for (const [i, { image }] of items.entries()) {
      signal?.throwIfAborted();
      const pixels = rgba(image, width, height);
      const palette = quantize(pixels, 256);
      const isLast = i === items.length - 1;
      gif.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay: Math.round(delay + (isLast ? 1000 * (params["hold"] as number) : 0)), repeat: params["loop"] ? 0 : -1 });
      progress({ step: i + 1, of: items.length, note: "Writing frames" });
    }
    gif.finish();
    return { file: { kind: "file", name: "animation.gif", mime: "image/gif", bytes: gif.bytes() } };
  },
});

/** Bundlers take its module, Node its CommonJS file, whose exports come as the default. */
async function gifenc(): Promise<typeof import("gifenc")> {
  const found: { quantize?: unknown; default?: unknown } = await import("gifenc");
  return (found.quantize ? found : found.default) as typeof import("gifenc");
}

function rgba(image: ImageValue, width: number, height: number): Uint8Array {
  const sized = image.width === width && image.height === height ? image.data : resample(image.data, image.width, image.height, width, height, "lanczos", 255);
  const out = new Uint8Array(width * height * 4).fill(255);
  for (let p = 0; p < width * height; p++) for (let c = 0; c < 3; c++) out[p * 4 + c] = Math.round(sized[p * 3 + c]!);
  return out;
}
