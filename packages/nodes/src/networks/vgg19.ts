/** A network of VGG-19's shape with seeded random weights: the real ones cannot ship, and timing a style step needs none. */
import type { Window } from "@patchbay/graph-core";
import { float32, type Builder, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { heUniform } from "../seeded.ts";
import { featureLayer, type FeatureLayer, type FeatureNetwork, type Weights } from "./feature-network.ts";

/** Convolutions per block and their width (Simonyan & Zisserman, arXiv 1409.1556, column E). */
const BLOCKS = [[2, 64], [2, 128], [4, 256], [4, 512], [4, 512]] as const;
const CONV: Window = { kernel: 3, stride: 1, padding: 1 };
const POOL: Window = { kernel: 2, stride: 2, padding: "valid" };
/** What ImageNet networks expect: mean taken away, divided by the standard deviation, per colour. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

interface Step {
  name: string;
  kind: "conv" | "pool";
  channels: number;
}

const steps: readonly Step[] = BLOCKS.flatMap(([count, channels], block): Step[] => [
  ...Array.from({ length: count }, (_, i): Step => ({ name: `conv${block + 1}_${i + 1}`, kind: "conv", channels })),
  { name: `pool${block + 1}`, kind: "pool", channels },
]);

const layers: readonly FeatureLayer[] = steps.map((step, last) =>
  featureLayer(step.name, step.channels, steps.slice(0, last + 1).map((s) => (s.kind === "conv" ? CONV : POOL))),
);

export const vgg19: FeatureNetwork = {
  id: "vgg19-random",
  title: "VGG-19 shape, random weights",
  doc: "VGG-19's convolutions with seeded He-scaled weights: for timing a step of the classic size and for the textbook form; even random filters carry texture, but its pictures are no match for trained ones.",
  assets: [],
  layers,
  defaultLayers: ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"],
  load: (_assets, wanted) => randomWeights(wanted),
  build,
};

/** Filters `[O,C,3,3]`, seeded by their place, up to the deepest wanted layer (all sixteen are 80 MB). */
function randomWeights(wanted: readonly string[]): Weights {
  const weights = new Map<string, TensorData>();
  let channels = 3;
  steps.slice(0, deepest(wanted) + 1).forEach((step, at) => {
    if (step.kind === "conv")
      weights.set(step.name, float32([step.channels, channels, 3, 3], heUniform(step.channels * channels * 9, channels * 9, 1900 + at)));
    channels = step.channels;
  });
  return weights;
}

function build(b: Builder, weights: Weights, image: Value, wanted: readonly string[]): Map<string, Value> {
  const out = new Map<string, Value>();
  const perColour = (values: readonly number[]) => b.floats([1, 3, 1, 1], values);
  let x = b.mul(b.sub(b.channelsFirst(image), perColour(MEAN)), perColour(DEVIATION.map((d) => 1 / d)));
  for (const { name, kind } of steps.slice(0, deepest(wanted) + 1)) {
    if (kind === "pool") x = b.maxPool(x, [2, 2]);
    else x = b.relu(b.conv(x, b.constant(weights.get(name)!), { padLow: [1, 1], padHigh: [1, 1] }));
    if (wanted.includes(name)) out.set(name, b.channelsLast(x));
  }
  return out;
}

function deepest(wanted: readonly string[]): number {
  return Math.max(...wanted.map((name) => {
    const at = steps.findIndex((s) => s.name === name);
    if (at < 0) throw new RangeError(`The network ${vgg19.id} has no layer ${name}.`);
    return at;
  }));
}
