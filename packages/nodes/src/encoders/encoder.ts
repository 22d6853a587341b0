/** The network f(x) that turns a picture into an encoding: its distances are what verification and recognition compare. */
import type { Dim, InferContext, InferResult } from "@patchbay/graph-core";
import { defineNode, tensorValue, type Builder, type NetworkValue, type TensorValue, type Value } from "@patchbay/runtime/node-api";
import { openNetwork, writeNetwork } from "@patchbay/runtime/networks";
import { normalisedNetwork } from "../faces/encodings.ts";
import { FACE_128, FACE_128_WIDTH, faceEncoder, faceWeightNames, loadFaceEncoder, type FaceEncoderWeights } from "../networks/face-encoder/face-encoder.ts";
import { describeNetworkFile, factsOf, fileParams, lastWeights, NETWORK, networkFromFile, networkType, networkTypeOf, runWhole } from "../networks/file-network.ts";
import { mistake, PICTURE, tensorType } from "../port-types.ts";

/** The built-in encoder's weights, or the network of the file; of a wired one there is nothing to prepare. */
interface Prepared {
  readonly face?: FaceEncoderWeights;
  readonly network?: NetworkValue;
}

const { file, rest } = fileParams("onnx-file");

export const encoder = defineNode<Prepared>({
  type: "Encoder",
  version: 1,
  title: "Encoder",
  group: "Encoders",
  doc: "A network with its last, classifying layer removed: a picture goes in, a vector of numbers comes out, near for pictures of one person and far for others. The default is dlib's face network, 150×150 pixels to 128 numbers; it wants an aligned face (Face align), and other sizes are resized to it bilinearly. Two encoders with the same parameters are one network with one set of weights, in a Siamese pair as everywhere. Encodings are not normalised unless you ask for it here or with L2 normalise, and the default threshold of 0.6 is for plain ones. A network of yours works too, from a file or from the wire (Network, or a Trainer that has just taught one). With trainable layers, a Trainer downstream changes the last of its weights.",
  formula: "f(x) \\in \\mathbb{R}^{n}",
  source: "dlib's face recognition ResNet (Davis King), after He et al., arXiv 1512.03385; weights from @vladmandic/face-api",
  synonyms: ["embedding", "face descriptor", "face recognition", "ResNet", "dlib", "siamese", "128-D", "onnx"],
  inputs: [
    { name: "image", doc: "One or several pictures, values 0…1.", type: PICTURE, jitter: true },
    { name: "network", doc: "The network that encodes, where “On the wire” is chosen.", type: NETWORK, optional: true, known: true, readWhen: { param: "network", equals: ["wired"] } },
  ],
  outputs: [{ name: "encoding", doc: "One row for each picture.", type: { ...tensorType(["N", "C"], "encoding") } }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: FACE_128, help: "Which network encodes.",
      choices: [{ value: FACE_128, title: "Faces, 128 numbers", help: "dlib's ResNet, 150×150 aligned faces." }, { value: "onnx-file", title: "A file", help: "An .onnx file or a TensorFlow.js model; its first output is the encoding." }, { value: "wired", title: "On the wire", help: "What arrives at the port “network”." }],
    },
    file,
    ...rest,
    { name: "trainableLayers", title: "Trainable layers", kind: "number", default: 0, min: 0, max: 10_000, integer: true, help: "How many of the last layers with weights a Trainer changes; 0 keeps them all." },
    { name: "normalise", title: "L2-normalise", kind: "boolean", default: false, help: "Scales each encoding to length one; thresholds for plain encodings do not fit then." },
  ],
  trainable: (params) => (params["trainableLayers"] as number) > 0,
  infer: inferEncoder,
  describeFile: (_param, bytes, name, readBeside) => describeNetworkFile(name, bytes, readBeside),
  async prepare(context) {
    switch (context.params["network"]) {
      case FACE_128:
        return { face: await loadFaceEncoder(context.host) };
      case "onnx-file":
        return { network: await networkFromFile(context, { meaning: "encoding" }) };
      default:
        return {};
    }
  },
  lower({ b, inputs, known, params, prepared, weight }) {
    const image = inputs["image"] as Value;
    const count = params["trainableLayers"] as number;
    const hook = (trained: ReadonlySet<string>, share: string) => (name: string, data: Parameters<Builder["constant"]>[0]) => (trained.has(name) ? weight(name, () => data, share) : b.constant(data));
    if (prepared.face) {
      const names = faceWeightNames(prepared.face);
      return { encoding: finished(b, faceEncoder(b, prepared.face, image, hook(lastWeights(names, count), FACE_128)), params["normalise"]) };
    }
    const network = prepared.network ?? (known["network"] as NetworkValue);
    const built = writeNetwork(b, network, image, [network.output], hook(lastWeights(openNetwork(network).weights, count), network.network));
    return { encoding: finished(b, built.get(network.output)!, params["normalise"]) };
  },
  async evaluate(context) {
    const { prepared, params } = context;
    const network = prepared.network ?? (context.inputs["network"] as NetworkValue);
    const plain = await runWhole(context, network, context.inputs["image"] as TensorValue);
    const { encoding } = await context.compute(`finish|${params["normalise"]}`, { plain }, (b, { plain: x }) => ({ encoding: finished(b, x!, params["normalise"]) }));
    return { encoding: tensorValue(encoding!, params["normalise"] ? normalisedNetwork(network.network) : network.network) };
  },
});

/** `[N,…]` → `[N,n]`, of length one where that is asked for. */
function finished(b: Builder, x: Value, normalise: unknown): Value {
  const rows = b.reshape(x, [x.shape[0]!, -1]);
  return normalise ? b.div(rows, b.sqrt(b.max(b.sum(b.square(rows), [-1], true), 1e-24))) : rows;
}

function inferEncoder({ params, inputs, facts, node }: InferContext): InferResult {
  const rows = inputs["image"]?.kind === "tensor" ? (inputs["image"].shape?.[0] ?? `N@${node}`) : `N@${node}`;
  const encoding = (width: Dim, network: string | undefined): InferResult => ({
    outputs: { encoding: { ...tensorType([rows, width], "encoding"), ...(network ? { network: params["normalise"] ? normalisedNetwork(network) : network } : {}) } },
  });
  if (params["network"] === FACE_128) return encoding(FACE_128_WIDTH, FACE_128);
  const { known, mistake: wrong } = params["network"] === "onnx-file" ? factsOf(params, facts) : {};
  if (wrong) return mistake(["encoding"], wrong.code, wrong.message, { param: wrong.param });
  const type = known ? networkType(known, params, "encoding") : networkTypeOf(inputs["network"]);
  if (params["network"] === "wired" && !inputs["network"]) return mistake(["encoding"], "missing-input", "“On the wire” is chosen, and no network is connected.", { port: "network" });
  if (type?.opaque && (params["trainableLayers"] as number) > 0) return mistake(["encoding"], "no-gradient", `This network cannot be trained. ${type.opaque}`, { param: "trainableLayers" });
  // Flattened: known where every length of the result is.
  const width = type?.output?.slice(1).reduce<Dim | null>((n, d) => (typeof n === "number" && typeof d === "number" ? n * d : null), 1);
  const result = encoding(width ?? `C@${node}`, type?.network);
  return type?.opaque ? { ...result, diagnostics: [{ code: "no-gradient", severity: "warning", param: "file", message: `This network runs as a whole, without a gradient. ${type.opaque}` }] } : result;
}
