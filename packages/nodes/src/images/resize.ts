/** Makes a picture smaller or larger: style transfer's time and look both follow the size. */
import { freshDim, type Dim, type PortType } from "@patchbay/graph-core";
import { defineNode, float32, tensorValue, type ImageValue, type TensorValue } from "@patchbay/runtime/node-api";
import { IMAGE, tensorType } from "../port-types.ts";
import { resample, type Filter } from "./resample.ts";

export const resize = defineNode({
  type: "Resize",
  version: 1,
  title: "Resize",
  group: "Images",
  doc: "Resizes a picture to a width (keeping its proportions), to an exact size, or so that it fits into a size. Lanczos is sharp and free of moiré because the filter widens as the picture shrinks; bilinear is softer; nearest keeps hard pixels.",
  source: "Lanczos-3 with antialiasing, as Pillow's Image.resize",
  synonyms: ["scale", "shrink", "enlarge", "resample", "thumbnail"],
  inputs: [{ name: "image", doc: "The picture.", type: [IMAGE, tensorType([1, "H", "W", 3], "image")] }],
  outputs: [{ name: "image", doc: "The resized picture, values 0…1.", type: tensorType([1, "H", "W", 3], "image") }],
  params: [
    {
      name: "mode", title: "Mode", kind: "choice", default: "width", help: "What is fixed.",
      choices: [
        { value: "width", title: "Width", help: "The height follows, rounded to whole pixels." },
        { value: "exact", title: "Exact size", help: "Stretches where the proportions differ." },
        { value: "fit", title: "Fit into", help: "As large as fits into width × height with its proportions." },
      ],
    },
    { name: "width", title: "Width", kind: "number", default: 256, min: 1, max: 8192, integer: true, unit: "px", help: "Columns of the result." },
    { name: "height", title: "Height", kind: "number", default: 256, min: 1, max: 8192, integer: true, unit: "px", help: "Rows of the result.", visibleWhen: { param: "mode", equals: ["exact", "fit"] } },
    {
      name: "filter", title: "Filter", kind: "choice", default: "lanczos", help: "How pixels are weighed.",
      choices: [{ value: "lanczos", title: "Lanczos" }, { value: "bilinear", title: "Bilinear" }, { value: "nearest", title: "Nearest" }],
    },
  ],
  infer({ params, inputs, node }) {
    const [width, height] = sizeOfPicture(inputs["image"]);
    const known = typeof width === "number" && typeof height === "number";
    const mode = params["mode"] as string;
    if (known) {
      const to = target(params, width, height);
      return { outputs: { image: tensorType([1, to.height, to.width, 3], "image") } };
    }
    const columns: Dim = mode === "fit" ? freshDim("W", node) : (params["width"] as number);
    const rows: Dim = mode === "exact" ? (params["height"] as number) : freshDim("H", node);
    return { outputs: { image: tensorType([1, rows, columns, 3], "image") } };
  },
  async evaluate({ params, inputs }) {
    const picture = inputs["image"] as ImageValue | TensorValue;
    const [height, width] = picture.kind === "image" ? [picture.height, picture.width] : [picture.shape[1]!, picture.shape[2]!];
    const to = target(params, width, height);
    const max = picture.kind === "image" ? 255 : 1;
    const out = resample(picture.data, width, height, to.width, to.height, params["filter"] as Filter, max);
    if (max === 255) for (let i = 0; i < out.length; i++) out[i]! /= 255;
    return { image: tensorValue(float32([1, to.height, to.width, 3], out)) };
  },
});

function sizeOfPicture(type: PortType | undefined): [Dim | undefined, Dim | undefined] {
  if (type?.kind === "image") return [type.width, type.height];
  return type?.kind === "tensor" && type.shape ? [type.shape[2], type.shape[1]] : [undefined, undefined];
}

/** Lengths round to the nearest whole pixel, halves to even, as Python's `round` in the usual scripts. */
function target(params: { readonly [name: string]: unknown }, width: number, height: number): { width: number; height: number } {
  const [w, h] = [params["width"] as number, params["height"] as number];
  if (params["mode"] === "exact") return { width: w, height: h };
  const scale = params["mode"] === "fit" && height * w > width * h ? h / height : w / width;
  if (params["mode"] === "fit") return { width: Math.min(w, atLeastOne(width * scale)), height: Math.min(h, atLeastOne(height * scale)) };
  return { width: w, height: atLeastOne((height * w) / width) };
}

function atLeastOne(length: number): number {
  const floor = Math.floor(length);
  const rounded = length - floor === 0.5 ? floor + (floor % 2) : Math.round(length);
  return Math.max(1, rounded);
}
