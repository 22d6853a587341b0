/** face-api's tiny YOLO face detector: thirty times smaller than the SSD, and less sure of small or turned faces. */
import { float32, type Builder, type Host, type Value } from "@patchbay/runtime/node-api";
import { convFilters, convolve, depthwiseFilters, normaliseRgb, weight, type ConvWeights, type Weights } from "../conv-weights.ts";
import { samePadding } from "../feature-network.ts";
import { faceApiWeights, loadOnce } from "../load-once.ts";

export const TINY_SIZE = 416;
const MEAN = [117.001, 114.697, 97.404] as const;
/** Width and height of the five anchors, in cells. */
const ANCHORS = [[1.603231, 2.094468], [6.041143, 7.080126], [2.882459, 3.518061], [4.266906, 5.178857], [9.041765, 10.66308]] as const;
const VALUES = 5; // x, y, width, height, score

export interface TinyWeights {
  readonly stem: ConvWeights;
  readonly pairs: readonly { readonly depthwise: ConvWeights; readonly pointwise: ConvWeights }[];
  readonly head: ConvWeights;
}

export const loadTiny = (host: Host): Promise<TinyWeights> =>
  loadOnce(host, "tiny-face-detector", async () => tinyWeights(await faceApiWeights(host, "tiny_face_detector_model")));

export function tinyWeights(weights: Weights): TinyWeights {
  const plain = (name: string, filters: string): ConvWeights => {
    const f = convFilters(weights, `${name}/${filters}`);
    return { filters: f, bias: float32([f.shape[0]!], weight(weights, `${name}/bias`, [f.shape[0]!])), groups: 1 };
  };
  const depthwise = (name: string): ConvWeights => {
    const filters = depthwiseFilters(weights, `${name}/depthwise_filter`);
    const channels = filters.shape[0]!;
    return { filters, bias: float32([channels], new Float32Array(channels)), groups: channels };
  };
  return {
    stem: plain("conv0", "filters"),
    pairs: [1, 2, 3, 4, 5].map((i) => ({ depthwise: depthwise(`conv${i}`), pointwise: plain(`conv${i}`, "pointwise_filter") })),
    head: plain("conv8", "filters"),
  };
}

/**
 * `images` `[N,416,416,3]` in 0…1 → `boxes` `[N,845,4]` (top, left, bottom, right as shares of the picture) and
 * `scores` `[N,845]` in 0…1.
 */
export function tinyFaceDetector(b: Builder, weights: TinyWeights, images: Value): { boxes: Value; scores: Value } {
  const leaky = (x: Value) => b.max(x, b.mul(x, 0.1));
  const pool = (x: Value, stride: number) => {
    const pads = x.shape.slice(2).map((length) => samePadding(length, 2, stride));
    return b.maxPool(x, [2, 2], { strides: [stride, stride], padLow: pads.map((p) => p.low), padHigh: pads.map((p) => p.high) });
  };
  let x = pool(leaky(convolve(b, normaliseRgb(b, images, MEAN, 255), weights.stem, { padding: "valid" })), 2);
  weights.pairs.forEach(({ depthwise, pointwise }, i) => {
    x = leaky(convolve(b, convolve(b, x, depthwise, { padding: 1 }), pointwise));
    x = pool(x, i === weights.pairs.length - 1 ? 1 : 2);
  });
  const out = b.channelsLast(convolve(b, x, weights.head));
  const [n, rows, columns] = out.shape as [number, number, number, number];
  const raw = b.reshape(out, [n, rows * columns, ANCHORS.length, VALUES]);
  const part = (from: number, to: number) => b.sliceAxis(raw, 3, from, to);
  // Everything below is in (x, y) order until the boxes are written out.
  const cells = b.floats([1, rows * columns, 1, 2], Array.from({ length: rows * columns }, (_, i) => [i % columns, Math.floor(i / columns)]).flat());
  const perCell = b.floats([2], [1 / columns, 1 / rows]);
  const centres = b.mul(b.add(b.sigmoid(part(0, 2)), cells), perCell);
  const halves = b.mul(b.mul(b.mul(b.exp(part(2, 4)), b.floats([1, 1, ANCHORS.length, 2], ANCHORS.flat())), perCell), 0.5);
  const [low, high] = [b.sub(centres, halves), b.add(centres, halves)];
  const boxes = b.concat([b.reverse(low, [3]), b.reverse(high, [3])], 3);
  return { boxes: b.reshape(boxes, [n, -1, 4]), scores: b.reshape(b.sigmoid(part(4, 5)), [n, -1]) };
}
