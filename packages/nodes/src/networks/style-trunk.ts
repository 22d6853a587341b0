/** The style network that ships: the MobileNetV1 trunk of face-api's SSD detector, 2.2 MB and good at brush strokes. */
import type { Window } from "@patchbay/graph-core";
import { float32, type Builder, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { convFilters, depthwiseFilters } from "./conv-weights.ts";
import { featureLayer, samePadding, type FeatureNetwork, type Weights } from "./feature-network.ts";
import { decodeTfjsWeights } from "./tfjs-weights.ts";

const CHANNELS = [32, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512];
/** Blocks whose depthwise convolution halves the picture; block 0 is an ordinary convolution of stride 2. */
const HALVING = new Set([0, 2, 4, 6]);
const BATCH_NORM_EPSILON = 1e-3;

const names = CHANNELS.map((_, i) => `c${i}`);

const layers = names.map((name, last) => {
  const windows: Window[] = [];
  // The pointwise convolutions see one position and move by one: they change neither stride nor receptive field.
  for (let i = 0; i <= last; i++) windows.push({ kernel: 3, stride: HALVING.has(i) ? 2 : 1, padding: "same" });
  return featureLayer(name, CHANNELS[last]!, windows);
});

export const styleTrunk: FeatureNetwork = {
  id: "ssd-mobilenet-v1-trunk",
  title: "MobileNetV1 trunk",
  doc: "Conv2d_0 … Conv2d_11 of the SSD-MobileNetV1 face detector in @vladmandic/face-api: shallow layers hold strokes and colour, c4 holds what is in the picture.",
  assets: ["@vladmandic/face-api/model/ssd_mobilenetv1_model-weights_manifest.json", "@vladmandic/face-api/model/ssd_mobilenetv1_model.bin"],
  layers,
  defaultLayers: ["c0", "c1", "c3", "c5", "c7"],
  load: ([manifest, bin]) => foldTrunk(decodeTfjsWeights(manifest!, bin!)),
  build,
};

/**
 * Filters as the IR wants them (`[O,C/groups,3,3]`), with batch norm folded into the depthwise ones and the network's
 * input scaling `2x − 1` into the first: with reflected padding that is exact at the borders too.
 */
function foldTrunk(raw: ReadonlyMap<string, TensorData>): Weights {
  const get = (name: string) => raw.get(`MobilenetV1/${name}`)!;
  const out = new Map<string, TensorData>();
  const first = convFilters(raw, "MobilenetV1/Conv2d_0_pointwise/weights");
  const perFilter = first.data.length / first.shape[0]!;
  const offset = Float32Array.from(get("Conv2d_0_pointwise/convolution_bn_offset").data, (bias, o) => {
    let sum = 0;
    for (let i = 0; i < perFilter; i++) sum += first.data[o * perFilter + i]!;
    return bias - sum;
  });
  out.set("0.filter", float32(first.shape, first.data.map((v) => 2 * v)));
  out.set("0.bias", float32(offset.length ? [offset.length] : [0], offset));
  for (let i = 1; i < CHANNELS.length; i++) {
    const depthwise = `Conv2d_${i}_depthwise/`;
    const norm = (name: string) => get(`${depthwise}BatchNorm/${name}`).data;
    const [gamma, beta, mean, variance] = [norm("gamma"), norm("beta"), norm("moving_mean"), norm("moving_variance")];
    const scale = Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + BATCH_NORM_EPSILON));
    out.set(`${i}.depthwise`, depthwiseFilters(raw, `MobilenetV1/${depthwise}depthwise_weights`, scale));
    out.set(`${i}.depthwiseBias`, float32([scale.length], Float32Array.from(beta, (v, c) => v - mean[c]! * scale[c]!)));
    out.set(`${i}.filter`, convFilters(raw, `MobilenetV1/Conv2d_${i}_pointwise/weights`));
    out.set(`${i}.bias`, get(`Conv2d_${i}_pointwise/convolution_bn_offset`));
  }
  return out;
}

function build(b: Builder, weights: Weights, image: Value, wanted: readonly string[]): Map<string, Value> {
  const deepest = Math.max(...wanted.map((name) => {
    const at = names.indexOf(name);
    if (at < 0) throw new RangeError(`The network ${styleTrunk.id} has no layer ${name}.`);
    return at;
  }));
  const constant = (name: string) => b.constant(weights.get(name)!);
  const out = new Map<string, Value>();
  let x = b.channelsFirst(image);
  for (let i = 0; i <= deepest; i++) {
    const stride = HALVING.has(i) ? 2 : 1;
    const strides = [stride, stride];
    x = reflectSame(b, x, stride);
    if (i > 0) {
      x = b.clip(b.conv(x, constant(`${i}.depthwise`), { strides, groups: x.shape[1]! }, constant(`${i}.depthwiseBias`)), 0, 6);
      x = b.clip(b.conv(x, constant(`${i}.filter`), {}, constant(`${i}.bias`)), 0, 6);
    } else x = b.clip(b.conv(x, constant("0.filter"), { strides }, constant("0.bias")), 0, 6);
    if (wanted.includes(names[i]!)) out.set(names[i]!, b.channelsLast(x));
  }
  return out;
}

/** TensorFlow's *same* padding for a 3×3 window, filled by reflection: zeros would paint a frame into the picture. */
function reflectSame(b: Builder, x: Value, stride: number): Value {
  const [rows, columns] = [samePadding(x.shape[2]!, 3, stride), samePadding(x.shape[3]!, 3, stride)];
  return b.pad(x, [0, 0, rows.low, columns.low], [0, 0, rows.high, columns.high], { mode: "reflect" });
}
