/** Finds the faces on a picture, with their landmarks: the first step of everything that is done with faces. */
import { defineNode, type ImagesValue, type ImageValue, type PictureFaces, type TensorValue } from "@patchbay/runtime/node-api";
import { IMAGE, tensorType } from "../port-types.ts";
import { detectFaces, loadDetector, type Detector, type DetectorNetwork } from "./detect.ts";
import type { LandmarkSize } from "../networks/landmarks68/landmarks68.ts";

export const faceDetector = defineNode<Detector>({
  type: "FaceDetector",
  version: 1,
  title: "Face detector",
  group: "Faces",
  doc: "Finds faces on a picture (or on each of a list): a box with a score, and the 68 landmarks of the iBUG 300-W annotation, the largest face first. The picture is looked at twice, as it is and with a wide border around it, because the networks miss faces that fill a picture. A picture without a face gives an empty list, which is no error here.",
  source: "SSD, arXiv 1512.02325, with MobileNetV1, arXiv 1704.04861; networks from @vladmandic/face-api",
  synonyms: ["face detection", "bounding box", "landmarks", "SSD", "MobileNet", "YOLO", "68 points"],
  inputs: [{ name: "image", doc: "A picture, or a list of them.", type: [IMAGE, tensorType([1, "H", "W", 3], "image"), { kind: "images" }] }],
  outputs: [{ name: "faces", doc: "The picture with its faces.", type: { kind: "faces" } }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: "ssd-mobilenet", help: "Which network finds the boxes.",
      choices: [{ value: "ssd-mobilenet", title: "SSD MobileNet", help: "Accurate; 5.6 MB of weights." }, { value: "tiny", title: "Tiny YOLO", help: "Fast; misses more small and turned faces. 0.2 MB." }],
    },
    { name: "minScore", title: "Least score", kind: "number", default: 0.5, min: 0, max: 1, step: 0.05, help: "Faces the network is less sure of are left out." },
    { name: "maxFaces", title: "Most faces", kind: "number", default: 100, min: 1, max: 1000, integer: true, help: "How many are kept, the largest first." },
    {
      name: "landmarks", title: "Landmarks", kind: "choice", default: "full", help: "Which network finds the 68 points.",
      choices: [{ value: "full", title: "Full", help: "350 kB of weights." }, { value: "tiny", title: "Tiny", help: "75 kB, less exact." }],
    },
    { name: "overlap", title: "Overlap", kind: "number", default: 0.4, min: 0, max: 1, step: 0.05, help: "Two boxes that share more than this of their union are one face." },
    { name: "closeUps", title: "Close-ups", kind: "boolean", default: true, help: "Looks a second time with a border around the picture, where faces that fill it are found." },
  ],
  prepare: ({ params, host }) => loadDetector(host, params["network"] as DetectorNetwork, params["landmarks"] as LandmarkSize),
  async evaluate({ inputs, params, prepared, compute, progress, signal }) {
    const pictures = picturesOf(inputs["image"] as ImageValue | TensorValue | ImagesValue);
    const options = {
      minScore: params["minScore"] as number, maxFaces: params["maxFaces"] as number, overlap: params["overlap"] as number,
      margins: params["closeUps"] ? [0, 1] : [0],
    };
    const found: PictureFaces[] = [];
    for (const image of pictures) {
      signal?.throwIfAborted();
      found.push({ image, faces: await detectFaces(compute, prepared, image, options) });
      if (pictures.length > 1) progress({ step: found.length, of: pictures.length, note: "Looking for faces" });
    }
    const [first, ...more] = found;
    return { faces: { kind: "faces", ...first!, ...(more.length ? { more } : {}) } };
  },
});

function picturesOf(value: ImageValue | TensorValue | ImagesValue): ImageValue[] {
  if (value.kind === "images") return value.items.map((item) => ({ ...item.image, name: item.name }));
  if (value.kind === "image") return [value];
  const [, height, width] = value.shape as [number, number, number, number];
  return [{ kind: "image", width, height, data: Uint8Array.from(value.data as Float32Array, (v) => Math.min(255, Math.max(0, Math.round(v * 255)))) }];
}
