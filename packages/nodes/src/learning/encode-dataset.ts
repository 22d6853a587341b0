/** A dataset of pictures seen through an encoder: what verifiers, calibrations and maps are made from, computed once. */
import type { DatasetType, Dim } from "@patchbay/graph-core";
import { defineNode, type Builder, type DatasetValue, type ImageValue, type NetworkValue, type Value } from "@patchbay/runtime/node-api";
import { normalisedNetwork } from "../faces/encodings.ts";
import { sampleRegion } from "../faces/pixels.ts";
import { FACE_128, FACE_128_WIDTH, faceEncoder, loadFaceEncoder, type FaceEncoderWeights } from "../networks/face-encoder/face-encoder.ts";
import { NETWORK, networkTypeOf } from "../networks/file-network.ts";
import { mistake } from "../port-types.ts";
import { computeOnDataset, runOnDataset } from "./run-on-dataset.ts";

/** Longest side of the small pictures that stand for the encodings. */
const THUMBNAIL = 64;

export const encodeDataset = defineNode<FaceEncoderWeights | null>({
  type: "EncodeDataset",
  version: 1,
  title: "Encode dataset",
  group: "Learning",
  doc: "Encodes every picture of a dataset; classes, names and what is held out stay as they are. Encodings are computed once and kept, so that a verifier is trained on them in seconds, and a calibration or a map is made without the network running again. The default is dlib's face network, which wants aligned faces of 150×150 pixels and resizes others; or the network on the wire, from a file or from a Trainer.",
  synonyms: ["embeddings", "features", "encodings of a folder", "batch inference", "extract", "frozen encoder"],
  inputs: [
    { name: "dataset", doc: "Labelled pictures.", type: { kind: "dataset", example: null } },
    { name: "network", doc: "The network that encodes, where “On the wire” is chosen.", type: NETWORK, optional: true, readWhen: { param: "network", equals: ["wired"] } },
  ],
  outputs: [{ name: "dataset", doc: "One encoding for each picture, with the picture as its thumbnail.", type: { kind: "dataset", example: null, meaning: "encoding" } }],
  params: [
    {
      name: "network", title: "Network", kind: "choice", default: FACE_128, help: "Which network encodes.",
      choices: [{ value: FACE_128, title: "Faces, 128 numbers", help: "dlib's ResNet, 150×150 aligned faces." }, { value: "wired", title: "On the wire", help: "What arrives at the port “network”." }],
    },
    { name: "normalise", title: "L2-normalise", kind: "boolean", default: false, help: "Scales each encoding to length one; thresholds for plain encodings do not fit then." },
  ],
  infer({ inputs, params, node }) {
    const from = inputs["dataset"]?.kind === "dataset" ? inputs["dataset"] : undefined;
    const wired = params["network"] === "wired";
    if (wired && !inputs["network"]) return mistake(["dataset"], "missing-input", "“On the wire” is chosen, and no network is connected.", { port: "network" });
    if (!wired && from?.example && (from.example.length !== 3 || from.example[2] !== 3)) return mistake(["dataset"], "not-pictures", `The face network encodes pictures [H,W,3], and these examples are [${from.example.join(",")}].`, { port: "dataset" });
    const network = wired ? networkTypeOf(inputs["network"]) : undefined;
    const id = wired ? network?.network : FACE_128;
    const width = wired ? network?.output?.slice(1).reduce<Dim>((n, d) => (typeof n === "number" && typeof d === "number" ? n * d : `C@${node}`), 1) : FACE_128_WIDTH;
    const type: DatasetType = { kind: "dataset", example: [width ?? `C@${node}`], meaning: "encoding", ...(from?.classes === undefined ? {} : { classes: from.classes }), ...(id ? { network: params["normalise"] ? normalisedNetwork(id) : id } : {}) };
    return { outputs: { dataset: type } };
  },
  prepare: async ({ params, host }) => (params["network"] === FACE_128 ? loadFaceEncoder(host) : null),
  async evaluate(context) {
    const { prepared, params, inputs } = context;
    const dataset = inputs["dataset"] as DatasetValue;
    const indices = Array.from(dataset.labels, (_, i) => i);
    const note = "Encoding examples";
    const network = inputs["network"] as NetworkValue | undefined;
    const plain = prepared
      ? await computeOnDataset(context, dataset, indices, note, FACE_128, (b, x) => faceEncoder(b, prepared, x))
      : await runOnDataset(context, network!, dataset, indices, note);
    const { rows } = await context.compute(`finish|${params["normalise"]}`, { plain }, (b, { plain: x }) => ({ rows: finished(b, x!, params["normalise"] === true) }));
    const id = prepared ? FACE_128 : network!.network;
    const value: DatasetValue = {
      kind: "dataset", example: [rows!.shape[1]!], meaning: "encoding", data: rows!.data as Float32Array,
      classes: dataset.classes, labels: dataset.labels, heldOut: dataset.heldOut, names: dataset.names,
      network: params["normalise"] ? normalisedNetwork(id) : id,
      ...(dataset.thumbnails ? { thumbnails: dataset.thumbnails } : dataset.meaning === "image" ? { thumbnails: indices.map((i) => thumbnail(dataset, i)) } : {}),
      ...(dataset.pairs ? { pairs: dataset.pairs } : {}), ...(dataset.triplets ? { triplets: dataset.triplets } : {}),
    };
    return { dataset: value };
  },
});

/** `[N,…]` → `[N,n]`, of length one where that is asked for. */
function finished(b: Builder, x: Value, normalise: boolean): Value {
  const rows = b.reshape(x, [x.shape[0]!, -1]);
  return normalise ? b.div(rows, b.sqrt(b.max(b.sum(b.square(rows), [1], true), 1e-24))) : rows;
}

function thumbnail({ example, data, names }: DatasetValue, index: number): ImageValue {
  const [height, width] = example as [number, number];
  const size = height * width * 3;
  const own = data.subarray(index * size, (index + 1) * size);
  const bytes = own instanceof Uint8Array ? own : Uint8Array.from(own, (v) => Math.round(255 * Math.min(1, Math.max(0, v))));
  const whole: ImageValue = { kind: "image", width, height, data: bytes, name: names[index]! };
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  if (scale === 1) return { ...whole, data: bytes.slice() };
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return { ...whole, width: w, height: h, data: Uint8Array.from(sampleRegion(whole, { x: 0, y: 0, width, height }, w, h, "edge"), (v) => Math.round(v * 255)) };
}
