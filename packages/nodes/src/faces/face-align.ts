/** Cuts faces out as the encoder has learned to see them: eyes, nose and upper lip at fixed places. */
import type { Dim } from "@patchbay/graph-core";
import { defineNode, float32, NodeFailure, tensorValue, type Face, type FacesValue, type ImageValue, type PictureFaces } from "@patchbay/runtime/node-api";
import { listed, tensorType } from "../port-types.ts";
import { chipTransform } from "./alignment.ts";
import { sampleChip, sampleRegion } from "./pixels.ts";

type Which = "largest" | "each-picture" | "all";

export const faceAlign = defineNode({
  type: "FaceAlign",
  version: 1,
  title: "Face align",
  group: "Faces",
  doc: "Turns, scales and shifts each face so that its eyes, nose and upper lip lie where they lie on dlib's mean face, and cuts out a square chip with the padding that the default encoder was trained with. Encodings of aligned faces tell people apart far better than those of plain boxes. Where a picture shrinks it is filtered first, so that nothing flickers; what lies beyond its border is black.",
  source: "dlib, get_face_chip_details: least-squares similarity transform to the mean face",
  synonyms: ["alignment", "chip", "crop face", "similarity transform", "rotate face", "warp"],
  inputs: [{ name: "faces", doc: "Faces with their landmarks, from Face detector.", type: { kind: "faces" } }],
  outputs: [{ name: "chips", doc: "One square picture for each face, values 0…1.", type: tensorType(["N", "H", "W", 3], "image") }],
  params: [
    {
      name: "which", title: "Which faces", kind: "choice", default: "largest", help: "How many chips come out.",
      choices: [
        { value: "largest", title: "The largest", help: "Exactly one chip, from a single picture." },
        { value: "each-picture", title: "The largest of each picture", help: "One chip for each picture of a list, in its order." },
        { value: "all", title: "All", help: "Every face of every picture." },
      ],
    },
    { name: "size", title: "Size", kind: "number", default: 150, min: 16, max: 2048, integer: true, unit: "px", help: "Width and height of a chip; the default encoder wants 150." },
    { name: "padding", title: "Padding", kind: "number", default: 0.25, min: 0, max: 2, step: 0.05, help: "Room around the face, as a share of its size; the default encoder was trained with 0.25." },
    {
      name: "fallback", title: "Without a face", kind: "choice", default: "error", help: "What happens where no face was found.",
      choices: [{ value: "error", title: "Say so and stop" }, { value: "whole-image", title: "Use the whole picture", help: "Its middle square, for pictures that are face chips already." }],
    },
  ],
  infer({ params, node }) {
    const size = params["size"] as number;
    const rows: Dim = params["which"] === "largest" ? 1 : `N@${node}`;
    return { outputs: { chips: tensorType([rows, size, size, 3], "image") } };
  },
  async evaluate({ inputs, params }) {
    const value = inputs["faces"] as FacesValue;
    const pictures: readonly PictureFaces[] = [value, ...(value.more ?? [])];
    const which = params["which"] as Which;
    const [size, padding] = [params["size"] as number, params["padding"] as number];
    if (which === "largest" && pictures.length > 1)
      throw new NodeFailure("several-pictures", `The faces of ${pictures.length} pictures arrived, and one chip is asked for: choose “The largest of each picture” or “All”.`, { param: "which" });
    const empty = pictures.filter((p) => p.faces.length === 0);
    if (empty.length && params["fallback"] === "error") throw noFace(empty, pictures.length);
    const chips = pictures.flatMap(({ image, faces }) => {
      if (faces.length === 0) return [middle(image, size)];
      return (which === "all" ? faces : faces.slice(0, 1)).map((face) => chip(image, face, size, padding));
    });
    const all = new Float32Array(chips.length * size * size * 3);
    chips.forEach((c, i) => all.set(c, i * size * size * 3));
    return { chips: tensorValue(float32([chips.length, size, size, 3], all)) };
  },
});

const chip = (image: ImageValue, face: Face, size: number, padding: number) => sampleChip(image, chipTransform(face.landmarks, size, padding), size);

function middle(image: ImageValue, size: number): Float32Array {
  const side = Math.min(image.width, image.height);
  return sampleRegion(image, { x: (image.width - side) / 2, y: (image.height - side) / 2, width: side, height: side }, size, size, "edge");
}

function noFace(empty: readonly PictureFaces[], of: number): NodeFailure {
  const names = empty.map((p) => (p.image.name ? `“${p.image.name}”` : `a picture of ${p.image.width}×${p.image.height}`));
  const where = names.length > 5 ? `${names.length} of ${of} pictures, among them ${listed(names.slice(0, 5))}` : listed(names);
  return new NodeFailure("no-face", `No face was found on ${where}. Choose a picture that shows the face from the front and not too small, lower the detector's least score, or let “Without a face” use the whole picture.`);
}
