/** A picture as it leaves the graph: eight bits a colour, shown, saved, handed to the caller. */
import { defineNode, NodeFailure, type ImageValue, type TensorValue } from "@patchbay/runtime/node-api";
import { IMAGE, mistake, tensorType } from "../port-types.ts";

export const imageOutput = defineNode({
  type: "ImageOutput",
  version: 1,
  title: "Image output",
  group: "Outputs",
  doc: "Shows a picture, and rounds numbers in 0…1 to the 8-bit pixels that a file holds. Values outside are clipped.",
  synonyms: ["show", "save", "preview", "viewer", "result"],
  role: "output",
  inputs: [{ name: "image", doc: "A picture, decoded or as numbers in 0…1.", type: [IMAGE, tensorType(["N", "H", "W", 3], "image"), tensorType(["N", "H", "W", 3])] }],
  outputs: [{ name: "image", doc: "The picture, 8-bit RGB.", type: IMAGE }],
  params: [
    {
      name: "format", title: "Format", kind: "choice", default: "png", help: "How it is written where no file name says it.",
      choices: [{ value: "png", title: "PNG", help: "Exact." }, { value: "jpeg", title: "JPEG", help: "Small." }, { value: "webp", title: "WebP", help: "Smaller." }],
    },
  ],
  infer({ inputs }) {
    const input = inputs["image"];
    if (input?.kind === "image") return { outputs: { image: input } };
    const [n, h, w] = input?.kind === "tensor" && input.shape ? input.shape : [];
    if (typeof n === "number" && n !== 1) return mistake(["image"], "wrong-batch", `One picture can be shown; this batch has ${n}.`, { port: "image" });
    return h !== undefined ? { outputs: { image: { kind: "image", width: w!, height: h } } } : {};
  },
  async evaluate({ inputs }) {
    const input = inputs["image"] as ImageValue | TensorValue;
    if (input.kind === "image") return { image: input };
    const [n, height, width] = input.shape as [number, number, number];
    if (n !== 1) throw new NodeFailure("wrong-batch", `One picture can be shown; this batch has ${n}.`);
    const data = new Uint8Array(height * width * 3);
    for (let i = 0; i < data.length; i++) data[i] = Math.min(255, Math.max(0, Math.floor(input.data[i]! * 255 + 0.5)));
    return { image: { kind: "image", width, height, data } };
  },
});
