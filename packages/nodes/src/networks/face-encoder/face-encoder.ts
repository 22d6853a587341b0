/** dlib's 29-layer ResNet, the default face encoder: an aligned 150×150 chip becomes 128 numbers whose distance tells people apart. */
import { float32, type Builder, type Host, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { convFilters, convolve, normaliseRgb, weight, type ConvWeights, type Weights } from "../conv-weights.ts";
import { faceApiWeights, loadOnce } from "../load-once.ts";

/** The id that encodings and galleries carry. */
export const FACE_128 = "face-128";
export const FACE_128_SIZE = 150;
export const FACE_128_WIDTH = 128;

/** What dlib subtracts and divides by: https://github.com/davisking/dlib, `input_rgb_image_sized`. */
const MEAN = [122.782, 117.001, 104.298] as const;
const DIVISOR = 256;

/** Residual blocks in order; those that end in `_down` or `_out` halve the picture. */
const BLOCKS = [
  "conv32_1", "conv32_2", "conv32_3",
  "conv64_down", "conv64_1", "conv64_2", "conv64_3",
  "conv128_down", "conv128_1", "conv128_2",
  "conv256_down", "conv256_1", "conv256_2", "conv256_down_out",
] as const;

export interface FaceEncoderWeights {
  readonly stem: ConvWeights;
  readonly blocks: readonly { readonly halves: boolean; readonly first: ConvWeights; readonly second: ConvWeights }[];
  /** `[256, 128]`, no bias. */
  readonly dense: TensorData;
}

export const loadFaceEncoder = (host: Host): Promise<FaceEncoderWeights> =>
  loadOnce(host, FACE_128, async () => faceEncoderWeights(await faceApiWeights(host, "face_recognition_model")));

/** Folds each convolution's affine layer into its filters and bias. */
export function faceEncoderWeights(weights: Weights): FaceEncoderWeights {
  const conv = (name: string): ConvWeights => {
    const scale = weight(weights, `${name}/scale/weights`, [-1]);
    const shift = weight(weights, `${name}/scale/biases`, [scale.length]);
    const bias = weight(weights, `${name}/conv/bias`, [scale.length]);
    const filters = convFilters(weights, `${name}/conv/filters`, { scale });
    return { filters, bias: float32([scale.length], bias.map((v, i) => v * scale[i]! + shift[i]!)), groups: 1 };
  };
  return {
    stem: conv("conv32_down"),
    blocks: BLOCKS.map((name) => ({ halves: /_(down|out)$/.test(name), first: conv(`${name}/conv1`), second: conv(`${name}/conv2`) })),
    dense: float32([256, FACE_128_WIDTH], weight(weights, "fc", [256, FACE_128_WIDTH])),
  };
}

/** `images` `[N,150,150,3]` in 0…1 → encodings `[N,128]`, not normalised. Other sizes are resized bilinearly first. */
export function faceEncoder(b: Builder, weights: FaceEncoderWeights, images: Value, weight: (name: string, data: TensorData) => Value = (_, data) => b.constant(data)): Value {
  const put = (name: string) => (part: string, data: TensorData) => weight(`${name}.${part}`, data);
  const side = [FACE_128_SIZE, FACE_128_SIZE];
  const sized = b.resize(normaliseRgb(b, images, MEAN, DIVISOR), side);
  let x = b.relu(convolve(b, sized, weights.stem, { stride: 2, padding: "valid", weight: put("stem") }));
  x = b.maxPool(x, [3, 3], { strides: [2, 2] });
  for (const [i, { halves, first, second }] of weights.blocks.entries()) {
    const inner = b.relu(convolve(b, x, first, { ...(halves ? { stride: 2, padding: "valid" as const } : {}), weight: put(`${i}.first`) }));
    const residual = convolve(b, inner, second, { weight: put(`${i}.second`) });
    const short = halves ? b.avgPool(x, [2, 2]) : x;
    const [, c, h, w] = residual.shape as [number, number, number, number];
    const [, sc, sh, sw] = short.shape as [number, number, number, number];
    // The shortcut has fewer channels, the unpadded residual may be a pixel smaller: both are filled up with zeros.
    const widened = b.pad(short, [0, 0, 0, 0], [0, c - sc, 0, 0]);
    x = b.relu(b.add(widened, b.pad(residual, [0, 0, 0, 0], [0, 0, sh - h, sw - w])));
  }
  return b.matmul(b.mean(x, [2, 3]), weight("dense", weights.dense));
}

/** Every weight by the name that `faceEncoder` asks for it, in order. */
export function faceWeightNames({ stem, blocks, dense }: FaceEncoderWeights): [string, TensorData][] {
  const conv = (name: string, w: ConvWeights): [string, TensorData][] => [[`${name}.filters`, w.filters], [`${name}.bias`, w.bias]];
  return [...conv("stem", stem), ...blocks.flatMap((block, i) => [...conv(`${i}.first`, block.first), ...conv(`${i}.second`, block.second)]), ["dense", dense]];
}
