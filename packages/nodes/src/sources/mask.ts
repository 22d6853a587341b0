/** Says where in a picture: white counts, black does not, and what is between counts in part. */
import { defineNode, float32, type Value } from "@patchbay/runtime/node-api";
import { LUMINANCE } from "../images/luminance-weights.ts";
import { mistake, PICTURE, tensorType } from "../port-types.ts";
import { paintMask, type MaskShape } from "./mask-shapes.ts";

const BOX = { param: "shape", equals: ["rectangle", "ellipse"] };
const DRAWN = { param: "shape", equals: ["rectangle", "ellipse", "gradient"] };

export const mask = defineNode({
  type: "Mask",
  version: 1,
  title: "Mask",
  group: "Sources",
  doc: "A grey picture that says where: a rectangle or an ellipse with a soft edge, a slope from black to white, or the brightness of a picture. It is as large as the picture that is connected. A style cost looks where it is white.",
  source: "Brightness: Recommendation ITU-R BT.709",
  synonyms: ["region", "selection", "alpha", "matte", "gradient", "vignette", "ellipse", "rectangle"],
  inputs: [{ name: "image", doc: "The picture that the mask lies on: it gives the size and, for brightness, the mask itself.", type: { ...PICTURE, shape: [1, "H", "W", 3] }, optional: true }],
  outputs: [{ name: "mask", doc: "Grey, 0…1, the same in all three colours.", type: { ...PICTURE, shape: [1, "H", "W", 3] } }],
  params: [
    {
      name: "shape", title: "Shape", kind: "choice", default: "ellipse", help: "What is white.",
      choices: [
        { value: "rectangle", title: "Rectangle", help: "A box; a side that lies on the picture's edge is not softened." },
        { value: "ellipse", title: "Ellipse", help: "The largest that fits into the box." },
        { value: "gradient", title: "Slope", help: "Black on one side, white on the other." },
        { value: "brightness", title: "Brightness of the picture", help: "As bright as the picture is." },
      ],
    },
    { name: "left", title: "Left", kind: "number", default: 25, min: -100, max: 100, unit: "%", help: "Where the box begins, in parts of the picture's width.", visibleWhen: BOX },
    { name: "top", title: "Top", kind: "number", default: 25, min: -100, max: 100, unit: "%", help: "Where the box begins, in parts of the picture's height.", visibleWhen: BOX },
    { name: "width", title: "Width", kind: "number", default: 50, min: 0, max: 200, unit: "%", help: "Of the box, in parts of the picture's width.", visibleWhen: BOX },
    { name: "height", title: "Height", kind: "number", default: 50, min: 0, max: 200, unit: "%", help: "Of the box, in parts of the picture's height.", visibleWhen: BOX },
    { name: "angle", title: "Direction", kind: "number", default: 0, min: -360, max: 360, unit: "°", help: "Where it is white: 0 to the right, 90 below, 180 to the left.", visibleWhen: { param: "shape", equals: ["gradient"] } },
    { name: "middle", title: "Middle", kind: "number", default: 50, min: 0, max: 100, unit: "%", help: "Where it is half white, in parts of the way across the picture.", visibleWhen: { param: "shape", equals: ["gradient"] } },
    { name: "feather", title: "Feather", kind: "number", default: 10, min: 0, max: 200, unit: "%", help: "How wide the way from black to white is: of the picture's shorter side, for a slope of the way across; 0 is a sharp edge.", visibleWhen: DRAWN },
    { name: "invert", title: "Invert", kind: "boolean", default: false, help: "White becomes black." },
    { name: "columns", title: "Width without a picture", kind: "number", default: 256, min: 1, max: 8192, integer: true, unit: "px", help: "Used while no picture is connected.", visibleWhen: DRAWN },
    { name: "rows", title: "Height without a picture", kind: "number", default: 192, min: 1, max: 8192, integer: true, unit: "px", help: "Used while no picture is connected.", visibleWhen: DRAWN },
  ],
  infer({ params, inputs, outputs }) {
    const { shape, left, top, width, height } = params as unknown as MaskShape;
    if (shape === "brightness" && !inputs["image"]) return mistake(["mask"], "missing-input", "A mask from brightness needs a picture on “image”.", { port: "image" });
    if (shape === "rectangle" || shape === "ellipse")
      for (const [side, from, length] of [["width", left, width], ["height", top, height]] as const)
        if (length === 0 || from + length <= 0 || from >= 100)
          return mistake(["mask"], "mask-empty", length === 0 ? `The ${side} is 0, so that nothing is white.` : "The box lies outside the picture, so that nothing is white.", { param: length === 0 ? side : side === "width" ? "left" : "top" });
    if (inputs["image"]) return { outputs: { mask: outputs["mask"]! } };
    return { outputs: { mask: tensorType([1, params["rows"] as number, params["columns"] as number, 3], "image") } };
  },
  lower({ b, params, inputs }) {
    const image = inputs["image"] as Value | undefined;
    const [rows, columns] = image ? [image.shape[1]!, image.shape[2]!] : [params["rows"] as number, params["columns"] as number];
    const shape = params as unknown as MaskShape;
    const grey =
      shape.shape === "brightness"
        ? b.matmul(b.reshape(image!, [rows * columns, 3]), b.floats([3, 1], LUMINANCE))
        : b.constant(float32([rows * columns, 1], paintMask(shape, rows, columns)));
    const white = params["invert"] ? b.sub(1, grey) : grey;
    return { mask: b.reshape(b.broadcast(white, [rows * columns, 3]), [1, rows, columns, 3]) };
  },
});
