/** face-api's 68-point landmark networks, full and tiny: where eyes, nose, mouth and jaw are on a cropped face. */
import { float32, type Builder, type Host, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { convFilters, convolve, depthwiseFilters, normaliseRgb, weight, type ConvWeights, type Weights } from "../conv-weights.ts";
import { faceApiWeights, loadOnce } from "../load-once.ts";

export const LANDMARKS_SIZE = 112;
export type LandmarkSize = "full" | "tiny";
const MEAN = [122.782, 117.001, 104.298] as const;

/** A plain or a depthwise-separable convolution: one or two in a row, no activation between. */
type Layer = readonly ConvWeights[];

export interface LandmarkWeights {
  /** Each block halves the picture in its first layer, then adds up the outputs of all its layers. */
  readonly blocks: readonly (readonly Layer[])[];
  /** `[C, 136]` */
  readonly dense: TensorData;
  readonly bias: TensorData;
}

export const loadLandmarks = (host: Host, size: LandmarkSize): Promise<LandmarkWeights> =>
  loadOnce(host, `landmarks68-${size}`, async () => landmarkWeights(await faceApiWeights(host, size === "full" ? "face_landmark_68_model" : "face_landmark_68_tiny_model"), size));

export function landmarkWeights(weights: Weights, size: LandmarkSize): LandmarkWeights {
  const plain = (name: string, filters: string): ConvWeights => {
    const f = convFilters(weights, `${name}/${filters}`);
    return { filters: f, bias: float32([f.shape[0]!], weight(weights, `${name}/bias`, [f.shape[0]!])), groups: 1 };
  };
  const layer = (name: string): Layer => {
    if (weights.has(`${name}/filters`)) return [plain(name, "filters")];
    const filters = depthwiseFilters(weights, `${name}/depthwise_filter`);
    const channels = filters.shape[0]!;
    return [{ filters, bias: float32([channels], new Float32Array(channels)), groups: channels }, plain(name, "pointwise_filter")];
  };
  const [blocks, layers] = size === "full" ? [4, 4] : [3, 3];
  const channels = size === "full" ? 256 : 128;
  return {
    blocks: Array.from({ length: blocks }, (_, i) => Array.from({ length: layers }, (__, j) => layer(`dense${i}/conv${j}`))),
    dense: float32([channels, 136], weight(weights, "fc/weights", [channels, 136])),
    bias: float32([136], weight(weights, "fc/bias", [136])),
  };
}

/** `faces` `[N,112,112,3]` in 0…1, square crops → `[N,68,2]`: x and y as shares of the crop. */
export function landmarks68(b: Builder, weights: LandmarkWeights, faces: Value): Value {
  let x = normaliseRgb(b, faces, MEAN, 255);
  for (const [first, ...rest] of weights.blocks) {
    const run = (input: Value, layer: Layer, stride: number) => layer.reduce((y, conv, i) => convolve(b, y, conv, { stride: i === 0 ? stride : 1 }), input);
    let total = b.relu(run(x, first!, 2));
    let input = total;
    for (const layer of rest) {
      total = b.add(total, run(input, layer, 1));
      input = b.relu(total);
    }
    x = input;
  }
  const points = b.add(b.matmul(b.mean(x, [2, 3]), b.constant(weights.dense)), b.constant(weights.bias));
  return b.reshape(points, [faces.shape[0]!, 68, 2]);
}
