/** A film as a volume, so that Conv3D sees movement: pictures in order become slices. */
import { freshDim } from "@patchbay/graph-core";
import { defineNode, float32, NodeFailure, tensorValue, type ImagesValue } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { MOST_VOXELS } from "./stored-volume.ts";

export const framesToVolume = defineNode({
  type: "FramesToVolume",
  version: 1,
  title: "Frames to volume",
  group: "Sources",
  doc: "Puts the frames of a film, or any pictures of one size, one behind the other: a volume whose depth is time and whose channels are red, green and blue, from 0 to 1. Images gives the files of a folder in the order of their names.",
  synonyms: ["video", "film", "time", "stack", "3D", "sequence", "images to volume"],
  inputs: [{ name: "images", doc: "Pictures of one size, in order.", type: { kind: "images" } }],
  outputs: [{ name: "volume", doc: "Depth is the number of the frame.", type: tensorType([1, "T", "H", "W", 3], "volume") }],
  params: [
    { name: "every", title: "Every", kind: "number", default: 1, min: 1, max: 10_000, integer: true, unit: "frames", help: "Takes the first frame and then every so many; 1 takes all." },
    { name: "most", title: "At most", kind: "number", default: 0, min: 0, max: 100_000, integer: true, unit: "frames", help: "Ends after so many; 0 takes all." },
  ],
  infer: ({ node }) => ({ outputs: { volume: tensorType([1, ...["T", "H", "W"].map((letter) => freshDim(letter, node)), 3], "volume") } }),
  async evaluate({ inputs, params, signal }) {
    const { items } = inputs["images"] as ImagesValue;
    const [every, most] = [params["every"] as number, params["most"] as number];
    const frames = items.filter((_, i) => i % every === 0).slice(0, most === 0 ? undefined : most);
    const [first] = frames;
    if (!first) throw new NodeFailure("no-frames", "There are no pictures to make a volume of.");
    const { width, height } = first.image;
    const other = frames.find(({ image }) => image.width !== width || image.height !== height);
    if (other) throw new NodeFailure("frames-differ", `“${first.name}” has ${width}×${height} pixels and “${other.name}” ${other.image.width}×${other.image.height}: frames of a volume have one size. Crop or resize them before.`);
    const size = width * height * 3;
    if (size * frames.length > MOST_VOXELS) throw new NodeFailure("too-large", `${frames.length} frames of ${width}×${height} pixels are ${Math.round((size * frames.length) / 1e6)} million numbers; at most ${Math.round(MOST_VOXELS / 1e6)} million are kept. Take every second frame, or smaller ones.`, { param: "every" });
    const data = new Float32Array(size * frames.length);
    for (const [f, { image }] of frames.entries()) {
      signal?.throwIfAborted();
      for (let i = 0, p = f * size; i < size; i++, p++) data[p] = image.data[i]! / 255;
    }
    return { volume: tensorValue(float32([1, frames.length, height, width, 3], data)) };
  },
});
