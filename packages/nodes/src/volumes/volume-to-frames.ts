/** Slices of a volume as pictures: to show, to save, or to hand on to nodes that take pictures. */
import type { Dim } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type ImagesValue, type ImageValue, type TensorValue } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";

/** 1 GiB of pixels. */
const MOST_BYTES = 2 ** 30;

const AXES = ["depth", "height", "width"] as const;

export const volumeToFrames = defineNode({
  type: "VolumeToFrames",
  version: 1,
  title: "Volume to frames",
  group: "Images",
  doc: "Cuts a volume into pictures, one a slice, along the axis that is chosen. One channel becomes grey, three become red, green and blue. The values from the lowest to the highest shown become black to white.",
  synonyms: ["slices", "video", "film", "volume to images", "stack", "axial", "coronal", "sagittal", "3D"],
  inputs: [{ name: "volume", doc: "One volume with one or three channels.", type: tensorType([1, "D", "H", "W", "C"]) }],
  outputs: [{ name: "images", doc: "The slices in order.", type: { kind: "images" } }],
  params: [
    {
      name: "axis", title: "Along", kind: "choice", default: "depth", help: "The axis that is walked along; frames of a film lie along the depth.",
      choices: [
        { value: "depth", title: "Depth", help: "Axial slices, or frames." },
        { value: "height", title: "Height", help: "Coronal slices, with the last slice of the volume on top." },
        { value: "width", title: "Width", help: "Sagittal slices, with the last slice of the volume on top." },
      ],
    },
    { name: "low", title: "Black", kind: "number", default: 0, min: -1_000_000, max: 1_000_000, help: "This value and those below it become black." },
    { name: "high", title: "White", kind: "number", default: 1, min: -1_000_000, max: 1_000_000, help: "This value and those above it become white." },
  ],
  infer({ inputs, params }) {
    const channels: Dim | undefined = inputs["volume"]?.kind === "tensor" ? inputs["volume"].shape?.[4] : undefined;
    if (typeof channels === "number" && channels !== 1 && channels !== 3) return mistake(["images"], "wrong-channels", wrongChannels(channels), { port: "volume" });
    if (!((params["high"] as number) > (params["low"] as number))) return mistake(["images"], "empty-range", "White must be a higher value than black.", { param: "high" });
    return {};
  },
  async evaluate({ inputs, params, signal }) {
    const { shape, data } = inputs["volume"] as TensorValue;
    const [, D, H, W, C] = shape as [number, number, number, number, number];
    if (C !== 1 && C !== 3) throw new NodeFailure("wrong-channels", wrongChannels(C));
    const axis = AXES.indexOf(params["axis"] as "depth");
    const [low, high] = [params["low"] as number, params["high"] as number];
    const strides = [H * W * C, W * C, C];
    // Rows and columns of a picture: the other two axes, upright where the depth is one of them.
    const [rows, columns] = ([[1, 2], [0, 2], [0, 1]] as const)[axis]!;
    const lengths = [D, H, W];
    const [count, height, width] = [lengths[axis]!, lengths[rows]!, lengths[columns]!];
    if (count * height * width * 3 > MOST_BYTES) throw new NodeFailure("too-large", `${count} pictures of ${width}×${height} pixels are more than ${MOST_BYTES / 2 ** 20} MiB.`);
    const items: { name: string; image: ImageValue }[] = [];
    for (let i = 0; i < count; i++) {
      signal?.throwIfAborted();
      const pixels = new Uint8Array(height * width * 3);
      for (let y = 0, p = 0; y < height; y++) {
        const row = i * strides[axis]! + (axis === 0 ? y : height - 1 - y) * strides[rows]!;
        for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) pixels[p++] = byteOf(data[row + x * strides[columns]! + (C === 3 ? c : 0)]!, low, high);
      }
      const name = `${AXES[axis]} ${String(i + 1).padStart(String(count).length, "0")}`;
      items.push({ name, image: { kind: "image", width, height, data: pixels, name } });
    }
    return { images: { kind: "images", items } satisfies ImagesValue };
  },
});

/** What is no number is black. */
const byteOf = (value: number, low: number, high: number): number => Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low))) || 0);

const wrongChannels = (channels: number): string => `Pictures have one channel or three, and the volume has ${channels}.`;
