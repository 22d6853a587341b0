/** The SSD MobileNetV1 face detector of face-api: the accurate default. Boxes and scores come out of the IR; overlaps are removed in plain code. */
import { float32, type Builder, type Host, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { convFilters, convolve, depthwiseFilters, weight, type ConvWeights, type Weights } from "../conv-weights.ts";
import { faceApiWeights, loadOnce } from "../load-once.ts";

export const SSD_SIZE = 512;
const EPSILON = 0.001;
/** Depthwise layers with stride 2. */
const HALVING = new Set([2, 4, 6, 12]);
const ANCHORS = 5118;

export interface SsdWeights {
  readonly stem: ConvWeights;
  readonly pairs: readonly { readonly depthwise: ConvWeights; readonly pointwise: ConvWeights }[];
  /** The eight layers after the trunk, of stride 1 and 2 in turn. */
  readonly extra: readonly ConvWeights[];
  /** For each of the six maps: offsets of its anchors, and the logit of "face". */
  readonly heads: readonly { readonly boxes: ConvWeights; readonly scores: ConvWeights }[];
  /** `[5118, 4]`: centre y, centre x, height, width of each anchor. */
  readonly anchors: TensorData;
}

export const loadSsd = (host: Host): Promise<SsdWeights> =>
  loadOnce(host, "ssd-mobilenet", async () => ssdWeights(await faceApiWeights(host, "ssd_mobilenetv1_model")));

export function ssdWeights(weights: Weights): SsdWeights {
  const pointwise = (name: string): ConvWeights => {
    const filters = convFilters(weights, `${name}/weights`);
    return { filters, bias: float32([filters.shape[0]!], weight(weights, `${name}/convolution_bn_offset`, [filters.shape[0]!])), groups: 1 };
  };
  const depthwise = (name: string): ConvWeights => {
    const [gamma, beta, mean, variance] = ["gamma", "beta", "moving_mean", "moving_variance"].map((p) => weight(weights, `${name}/BatchNorm/${p}`, [-1])) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const scale = Float64Array.from(gamma, (g, i) => g / Math.sqrt(variance[i]! + EPSILON));
    const bias = Float32Array.from(beta, (v, i) => v - mean[i]! * scale[i]!);
    return { filters: depthwiseFilters(weights, `${name}/depthwise_weights`, scale), bias: float32([bias.length], bias), groups: bias.length };
  };
  const head = (name: string, keep: (output: number) => boolean): ConvWeights => {
    const bias = weight(weights, `${name}/biases`, [-1]);
    const kept = Array.from(bias.keys()).filter(keep);
    return { filters: convFilters(weights, `${name}/weights`, { keep: kept }), bias: float32([kept.length], kept.map((i) => bias[i]!)), groups: 1 };
  };
  const trunk = "MobilenetV1/Conv2d";
  return {
    stem: pointwise(`${trunk}_0_pointwise`),
    pairs: Array.from({ length: 13 }, (_, i) => ({ depthwise: depthwise(`${trunk}_${i + 1}_depthwise`), pointwise: pointwise(`${trunk}_${i + 1}_pointwise`) })),
    extra: Array.from({ length: 8 }, (_, i) => pointwise(`Prediction/Conv2d_${i}_pointwise`)),
    heads: Array.from({ length: 6 }, (_, i) => ({
      boxes: head(`Prediction/BoxPredictor_${i}/BoxEncodingPredictor`, () => true),
      scores: head(`Prediction/BoxPredictor_${i}/ClassPredictor`, (o) => o % 3 === 1), // background, face, unused
    })),
    anchors: centred(weight(weights, "Output/extra_dim", [1, ANCHORS, 4])),
  };
}

/** Corners (top, left, bottom, right) → centre y, centre x, height, width. */
function centred(corners: Float32Array): TensorData {
  const out = new Float32Array(corners.length);
  for (let i = 0; i < corners.length; i += 4) {
    const [top, left, bottom, right] = corners.subarray(i, i + 4) as unknown as [number, number, number, number];
    out.set([top + (bottom - top) / 2, left + (right - left) / 2, bottom - top, right - left], i);
  }
  return float32([ANCHORS, 4], out);
}

/**
 * `images` `[N,512,512,3]` in 0…1 → `boxes` `[N,5118,4]` (top, left, bottom, right as shares of the picture) and
 * `scores` `[N,5118]` in 0…1.
 */
export function ssdMobilenet(b: Builder, weights: SsdWeights, images: Value): { boxes: Value; scores: Value } {
  const relu6 = (x: Value) => b.clip(x, 0, 6);
  let x = relu6(convolve(b, b.add(b.mul(b.channelsFirst(images), 2), -1), weights.stem, { stride: 2 }));
  const maps: Value[] = [];
  weights.pairs.forEach(({ depthwise, pointwise }, i) => {
    x = relu6(convolve(b, x, depthwise, { stride: HALVING.has(i + 1) ? 2 : 1 }));
    x = relu6(convolve(b, x, pointwise));
    if (i + 1 === 11 || i + 1 === 13) maps.push(x);
  });
  weights.extra.forEach((layer, i) => {
    x = relu6(convolve(b, x, layer, { stride: i % 2 ? 2 : 1 }));
    if (i % 2) maps.push(x);
  });
  const n = images.shape[0]!;
  const flat = (map: Value, layer: ConvWeights, last: number[]) => b.reshape(b.channelsLast(convolve(b, map, layer)), [n, -1, ...last]);
  const offsets = b.concat(maps.map((map, i) => flat(map, weights.heads[i]!.boxes, [4])), 1);
  const logits = b.concat(maps.map((map, i) => flat(map, weights.heads[i]!.scores, [])), 1);
  const part = (of: Value, from: number) => b.sliceAxis(of, of.shape.length - 1, from, from + 2);
  const anchors = b.constant(weights.anchors);
  const centres = b.add(b.mul(b.mul(part(offsets, 0), 0.1), part(anchors, 2)), part(anchors, 0));
  const halves = b.mul(b.mul(b.exp(b.mul(part(offsets, 2), 0.2)), part(anchors, 2)), 0.5);
  return { boxes: b.concat([b.sub(centres, halves), b.add(centres, halves)], 2), scores: b.sigmoid(logits) };
}
