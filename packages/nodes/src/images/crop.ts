/** Cuts a rectangle out of a picture, as numbers, so that gradients pass through it. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { mistake, PICTURE, tensorType } from "../port-types.ts";

export const crop = defineNode({
  type: "Crop",
  version: 1,
  title: "Crop",
  group: "Images",
  doc: "Cuts a rectangle of a given size out of a picture: at a place counted from the top left corner, or from the middle.",
  synonyms: ["cut", "trim", "rectangle", "region", "centre crop"],
  inputs: [{ name: "image", doc: "The picture.", type: PICTURE }],
  outputs: [{ name: "image", doc: "The rectangle.", type: PICTURE }],
  params: [
    { name: "width", title: "Width", kind: "number", default: 224, min: 1, max: 8192, integer: true, unit: "px", help: "Columns of the rectangle." },
    { name: "height", title: "Height", kind: "number", default: 224, min: 1, max: 8192, integer: true, unit: "px", help: "Rows of the rectangle." },
    {
      name: "place", title: "Place", kind: "choice", default: "centre", help: "Where the rectangle lies.",
      choices: [{ value: "centre", title: "In the middle" }, { value: "corner", title: "From the top left corner" }],
    },
    { name: "x", title: "Left", kind: "number", default: 0, min: 0, max: 8192, integer: true, unit: "px", help: "Columns left of the rectangle.", visibleWhen: { param: "place", equals: ["corner"] } },
    { name: "y", title: "Top", kind: "number", default: 0, min: 0, max: 8192, integer: true, unit: "px", help: "Rows above the rectangle.", visibleWhen: { param: "place", equals: ["corner"] } },
  ],
  infer({ params, inputs }) {
    const { width, height, x, y } = box(params);
    const shape = inputs["image"]?.kind === "tensor" ? inputs["image"].shape : null;
    const [n, h, w] = shape ?? ["N", "H", "W"];
    for (const [name, length, needed] of [["width", w, x + width], ["height", h, y + height]] as const)
      if (typeof length === "number" && length < needed)
        return mistake(["image"], "crop-too-large", `The rectangle ends at a ${name} of ${needed} px, and the picture has a ${name} of ${length} px.`, { port: "image", param: name });
    return { outputs: { image: tensorType([n!, height, width, 3], "image") } };
  },
  lower({ b, params, inputs }) {
    const image = inputs["image"] as Value;
    const { width, height, x, y, centre } = box(params);
    const [n, h, w] = image.shape as [number, number, number];
    const [top, left] = centre ? [Math.floor((h - height) / 2), Math.floor((w - width) / 2)] : [y, x];
    return { image: b.slice(image, [0, top, left, 0], [n, top + height, left + width, 3]) };
  },
});

function box(params: { readonly [name: string]: unknown }) {
  const centre = params["place"] === "centre";
  const [width, height, x, y] = ["width", "height", "x", "y"].map((p) => params[p] as number) as [number, number, number, number];
  return { width, height, centre, x: centre ? 0 : x, y: centre ? 0 : y };
}
