/** A short film as a list of pictures: what a style is laid on frame by frame. */
import { freshDim } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type ImageValue } from "@patchbay/runtime/node-api";
import { listPictures } from "../faces/picture-list.ts";
import { IMAGE } from "../port-types.ts";
import { gifFrames } from "./gif-frames.ts";
import { movingScene, type Scene } from "./moving-scene.ts";

const made = { param: "file", equals: [""] };

export const frames = defineNode({
  type: "Frames",
  version: 1,
  title: "Frames",
  group: "Sources",
  doc: "The frames of a film, in order: all pictures of a folder, a list of files separated by commas, or an animated GIF. Without a file it paints a little film from a seed. An optimiser that goes through the list sees each frame in turn where the single picture is connected.",
  synonyms: ["video", "film", "movie", "animation", "sequence", "GIF", "clip"],
  inputs: [],
  outputs: [
    { name: "images", doc: "All frames.", type: { kind: "images" } },
    { name: "image", doc: "The first frame; while an optimiser goes through the list, the frame that it is at.", type: IMAGE },
  ],
  params: [
    { name: "file", title: "Folder, files or GIF", kind: "file", accept: "images", default: "", help: "A folder of pictures in the order of their names, files separated by commas, or an animated GIF; empty paints a film." },
    { name: "every", title: "Every", kind: "number", default: 1, min: 1, max: 1000, integer: true, help: "Takes every first, second, third … frame of the file." },
    { name: "most", title: "At most", kind: "number", default: 100, min: 1, max: 10_000, integer: true, unit: "frames", help: "How many frames are taken." },
    { name: "count", title: "Frames", kind: "number", default: 8, min: 1, max: 500, integer: true, unit: "frames", help: "How many are painted.", visibleWhen: made },
    { name: "width", title: "Width", kind: "number", default: 192, min: 16, max: 2048, integer: true, unit: "px", help: "Columns of the painted film.", visibleWhen: made },
    { name: "height", title: "Height", kind: "number", default: 128, min: 16, max: 2048, integer: true, unit: "px", help: "Rows.", visibleWhen: made },
    { name: "motion", title: "Motion", kind: "number", default: 1, min: 0, max: 1, step: 0.05, help: "How far the ball goes; 0 stands still.", visibleWhen: made },
    { name: "grain", title: "Grain", kind: "number", default: 0, min: 0, max: 0.2, step: 0.005, help: "Noise of a camera, as the standard deviation of each pixel.", visibleWhen: made },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed gives other hills and lights.", visibleWhen: made },
  ],
  infer: ({ params, node }) => ({
    outputs: { image: params["file"] === "" ? { kind: "image", width: params["width"] as number, height: params["height"] as number } : { kind: "image", width: freshDim("W", node), height: freshDim("H", node) } },
  }),
  async evaluate({ params, host, readFile, progress, signal }) {
    const [text, every, most] = [params["file"] as string, params["every"] as number, params["most"] as number];
    if (text === "") return list(movingScene(params as unknown as Scene));
    // A host may have set the file to the bytes of one picture.
    const single = /\.gif$/i.test(text) || text.startsWith("given:") || text.startsWith("data:image/gif");
    if (single) {
      const { name, bytes } = await readFile("file");
      return list(await gifFrames(bytes, name, { every, most }));
    }
    const all = await listPictures(host, text);
    const taken = all.filter((_, i) => i % every === 0).slice(0, most);
    const items: ImageValue[] = [];
    for (const { reference, name } of taken) {
      signal?.throwIfAborted();
      const image = await host.decodeImage(await host.readFile(reference), `“${name}”`);
      const first = items[0] ?? image;
      if (image.width !== first.width || image.height !== first.height)
        throw new NodeFailure("frames-differ", `The frames differ in size: “${name}” has ${image.width}×${image.height} px, the first one ${first.width}×${first.height}.`, { param: "file" });
      items.push({ ...image, name });
      progress({ step: items.length, of: taken.length, note: "Reading frames" });
    }
    return list(items);
  },
});

function list(items: readonly ImageValue[]) {
  if (!items.length) throw new NodeFailure("no-frames", "There are no frames.", { param: "file" });
  return { images: { kind: "images" as const, items: items.map((image) => ({ name: image.name ?? "", image })) }, image: items[0]! };
}
