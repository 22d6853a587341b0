/** The network f(x) that turns a picture into an encoding: its distances are what verification and recognition compare. */
import { sha256Hex } from "@patchbay/graph-core";
import { defineNode, tensorValue, type TensorValue, type Value } from "@patchbay/runtime/node-api";
import { normalisedNetwork } from "../faces/encodings.ts";
import { FACE_128, FACE_128_WIDTH, faceEncoder, loadFaceEncoder, type FaceEncoderWeights } from "../networks/face-encoder/face-encoder.ts";
import { mistake, PICTURE, tensorType } from "../port-types.ts";
import { encodeWithOnnx, type Scaling } from "./onnx-encoder.ts";

type Prepared = { readonly kind: "face-128"; readonly weights: FaceEncoderWeights } | { readonly kind: "onnx"; readonly bytes: Uint8Array; readonly network: string };

export const encoder = defineNode<Prepared>({
  type: "Encoder",
  version: 1,
  title: "Encoder",
  group: "Encoders",
  doc: "A network with its last, classifying layer removed: a picture goes in, a vector of numbers comes out, near for pictures of one person and far for others. The default is dlib's face network, 150×150 pixels to 128 numbers; it wants an aligned face (Face align), and other sizes are resized to it bilinearly. Two encoders with the same parameters are one network with one set of weights, in a Siamese pair as everywhere. Encodings are not normalised unless you ask for it here or with L2 normalise, and the default threshold of 0.6 is for plain ones. An ONNX file of yours works too, if it takes one batch of RGB pictures.",
  formula: "f(x) \\in \\mathbb{R}^{n}",
  source: "dlib's face recognition ResNet (Davis King), after He et al., arXiv 1512.03385; weights from @vladmandic/face-api",
  synonyms: ["embedding", "face descriptor", "face recognition", "ResNet", "dlib", "siamese", "128-D", "onnx"],
  inputs: [{ name: "image", doc: "One or several pictures, values 0…1.", type: PICTURE, jitter: true }],
  outputs: [{ name: "encoding", doc: "One row for each picture.", type: { ...tensorType(["N", "C"], "encoding") } }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: FACE_128, help: "Which network encodes.",
      choices: [{ value: FACE_128, title: "Faces, 128 numbers", help: "dlib's ResNet, 150×150 aligned faces." }, { value: "onnx-file", title: "An ONNX file" }],
    },
    { name: "file", title: "ONNX file", kind: "file", accept: "onnx", default: "", help: "Its only input takes pictures, [N,3,H,W] or [N,H,W,3]; its first output is the encoding.", visibleWhen: { param: "network", equals: ["onnx-file"] } },
    {
      name: "scaling", title: "Pixel values", kind: "choice", default: "0-1", help: "The range of numbers that the file was trained on.", visibleWhen: { param: "network", equals: ["onnx-file"] },
      choices: [{ value: "0-1", title: "0 to 1" }, { value: "-1-1", title: "−1 to 1" }, { value: "0-255", title: "0 to 255" }],
    },
    { name: "normalise", title: "L2-normalise", kind: "boolean", default: false, help: "Scales each encoding to length one; thresholds for plain encodings do not fit then." },
  ],
  infer({ params, inputs, node }) {
    const rows = inputs["image"]?.kind === "tensor" ? (inputs["image"].shape?.[0] ?? `N@${node}`) : `N@${node}`;
    if (params["network"] === "onnx-file") {
      if (params["file"] === "") return mistake(["encoding"], "no-file", "No ONNX file is chosen.", { param: "file" });
      return { outputs: { encoding: tensorType([rows, `C@${node}`], "encoding") } };
    }
    const network = params["normalise"] ? normalisedNetwork(FACE_128) : FACE_128;
    return { outputs: { encoding: { ...tensorType([rows, FACE_128_WIDTH], "encoding"), network } } };
  },
  async prepare({ params, host, readFile }) {
    if (params["network"] !== "onnx-file") return { kind: "face-128", weights: await loadFaceEncoder(host) };
    const { bytes } = await readFile("file");
    return { kind: "onnx", bytes, network: `onnx-${sha256Hex(bytes).slice(0, 16)}` };
  },
  lowers: (params) => params["network"] !== "onnx-file",
  lower({ b, inputs, params, prepared }) {
    if (prepared.kind !== "face-128") throw new Error("an ONNX file is evaluated, not lowered");
    const encoding = faceEncoder(b, prepared.weights, inputs["image"] as Value);
    if (!params["normalise"]) return { encoding };
    return { encoding: b.div(encoding, b.sqrt(b.max(b.sum(b.square(encoding), [-1], true), 1e-24))) };
  },
  async evaluate(context) {
    const { prepared, params } = context;
    if (prepared.kind !== "onnx") throw new Error("this network is lowered, not evaluated");
    const { kind: _, ...images } = context.inputs["image"] as TensorValue;
    const plain = await encodeWithOnnx(context, prepared.bytes, images, params["scaling"] as Scaling);
    if (!params["normalise"]) return { encoding: tensorValue(plain, prepared.network) };
    const { unit } = await context.compute("l2", { plain }, (b, { plain: x }) => ({ unit: b.div(x!, b.sqrt(b.max(b.sum(b.square(x!), [-1], true), 1e-24))) }));
    return { encoding: tensorValue(unit!, normalisedNetwork(prepared.network)) };
  },
});
