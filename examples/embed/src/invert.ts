/** A node type of this program's own: the negative of a picture. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";

const PICTURE = { kind: "tensor", dtype: "float32", shape: ["N", "H", "W", 3], meaning: "image" } as const;

export const invert = defineNode({
  type: "Invert",
  version: 1,
  title: "Invert",
  group: "Images",
  doc: "The negative of a picture: what was bright is dark. A strength below 1 goes part of the way.",
  formula: String.raw`y = x + s\,(1 - 2x)`,
  synonyms: ["negative", "complement"],
  inputs: [{ name: "image", doc: "The picture.", type: PICTURE }],
  outputs: [{ name: "image", doc: "Its negative.", type: PICTURE }],
  params: [{ name: "strength", title: "Strength", kind: "number", default: 1, min: 0, max: 1, help: "1 inverts, 0.5 is grey, 0 changes nothing." }],
  lower({ b, inputs, params }) {
    const x = inputs["image"] as Value;
    const strength = params["strength"] as number;
    return { image: b.add(x, b.mul(b.sub(1, b.mul(x, 2)), strength)) };
  },
});
