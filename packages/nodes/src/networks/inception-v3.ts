/** The second style network that ships: InceptionV3's first blocks, trained on photos and drawings and cut out of nsfwjs, 1 MB. */
import type { Window } from "@patchbay/graph-core";
import { float32, type Builder, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { convFilters, weight } from "./conv-weights.ts";
import { featureLayer, samePadding, type FeatureLayer, type FeatureNetwork, type Weights } from "./feature-network.ts";
import { decodeTfjsWeights } from "./tfjs-weights.ts";

const BATCH_NORM_EPSILON = 1e-3;
const WEIGHTS = "@patchbay/nodes/dist/weights/inception-v3-mixed2";

/** The stem (Szegedy et al., arXiv 1512.00567): convolutions 1–5 by the side of their kernel, and the two pools. */
const STEM = [
  { conv: 1, kernel: 3, stride: 2, channels: 32 },
  { conv: 2, kernel: 3, stride: 1, channels: 32 },
  { conv: 3, kernel: 3, stride: 1, channels: 64 },
  "pool",
  { conv: 4, kernel: 1, stride: 1, channels: 80 },
  { conv: 5, kernel: 3, stride: 1, channels: 192 },
  "pool",
] as const;

/**
 * A mixed block joins four branches by their channels: 1×1; 1×1, 5×5; 1×1, 3×3, 3×3; and the mean of 3×3 places, 1×1. `first` is the number
 * of the first branch's convolution; the others follow on.
 */
const MIXED = [
  { name: "mixed0", first: 6, channels: 256 },
  { name: "mixed1", first: 13, channels: 288 },
  { name: "mixed2", first: 20, channels: 288 },
] as const;

const POOL: Window = { kernel: 3, stride: 2, padding: "same" };
/** Of a mixed block's branches the widest counts: every branch is centred on the same place, so that it sees all that the others see. */
const WIDEST: Window = { kernel: 5, stride: 1, padding: "same" };

const layers: readonly FeatureLayer[] = describe();

export const inceptionV3: FeatureNetwork = {
  id: "inception-v3-nsfw",
  title: "InceptionV3, first blocks",
  doc: "activation_1 … mixed2 of the InceptionV3 in nsfwjs, trained on photos and drawings: longer strokes that follow the shapes of the photo, for slower steps than the trunk's. Content: mixed0.",
  assets: [`${WEIGHTS}-weights_manifest.json`, `${WEIGHTS}.bin`],
  layers,
  defaultLayers: ["activation_1", "activation_2", "activation_3", "activation_5", "mixed0", "mixed1", "mixed2"],
  load: ([manifest, bin]) => foldConvolutions(decodeTfjsWeights(manifest!, bin!)),
  build,
};

function describe(): FeatureLayer[] {
  const windows: Window[] = [];
  const found: FeatureLayer[] = [];
  for (const step of STEM) {
    windows.push(step === "pool" ? POOL : { kernel: step.kernel, stride: step.stride, padding: "same" });
    if (step !== "pool") found.push(featureLayer(`activation_${step.conv}`, step.channels, windows));
  }
  for (const { name, channels } of MIXED) {
    windows.push(WIDEST);
    found.push(featureLayer(name, channels, windows));
  }
  return found;
}

/**
 * Filters as the IR wants them, with batch norm (which has no γ here) folded in, and the network's input scaling `2x − 1` folded into the
 * first: with reflected padding that is exact at the borders too.
 */
function foldConvolutions(raw: Weights): Weights {
  const out = new Map<string, TensorData>();
  for (let i = 1; i <= MIXED.at(-1)!.first + 6; i++) {
    const norm = (name: string) => weight(raw, `batch_normalization_${i}/${name}`, [-1]);
    const [beta, mean, variance] = [norm("beta"), norm("moving_mean"), norm("moving_variance")];
    const scale = Array.from(variance, (v) => 1 / Math.sqrt(v + BATCH_NORM_EPSILON));
    let filters = convFilters(raw, `conv2d_${i}/kernel`, { scale });
    let bias = Float32Array.from(beta, (v, c) => v - mean[c]! * scale[c]!);
    if (i === 1) {
      const taps = filters.data.length / bias.length;
      bias = bias.map((v, o) => v - (filters.data as Float32Array).subarray(o * taps, (o + 1) * taps).reduce((sum, f) => sum + f, 0));
      filters = float32(filters.shape, Float32Array.from(filters.data, (f) => 2 * f));
    }
    out.set(`${i}.filter`, filters);
    out.set(`${i}.bias`, float32([bias.length], bias));
  }
  return out;
}

function build(b: Builder, weights: Weights, image: Value, wanted: readonly string[]): Map<string, Value> {
  const left = new Set(wanted);
  for (const name of wanted) if (!layers.some((l) => l.name === name)) throw new RangeError(`The network ${inceptionV3.id} has no layer ${name}.`);
  const out = new Map<string, Value>();
  const keep = (name: string, x: Value) => left.delete(name) && out.set(name, b.channelsLast(x));
  const constant = (name: string) => b.constant(weights.get(name)!);
  const conv = (x: Value, i: number, stride = 1): Value => {
    const filters = constant(`${i}.filter`);
    return b.relu(b.conv(reflectSame(b, x, filters.shape[2]!, stride), filters, { strides: [stride, stride] }, constant(`${i}.bias`)));
  };
  /** The mean of 3×3 places. Where the network was trained with the maximum, means paint better: they pass a gradient to every pixel. */
  const mean = (x: Value, stride: number): Value => b.avgPool(reflectSame(b, x, 3, stride), [3, 3], { strides: [stride, stride] });

  let x = b.channelsFirst(image);
  for (const step of STEM) {
    if (left.size === 0) return out;
    x = step === "pool" ? mean(x, 2) : conv(x, step.conv, step.stride);
    if (step !== "pool") keep(`activation_${step.conv}`, x);
  }
  for (const { name, first: i } of MIXED) {
    if (left.size === 0) return out;
    // The mean of a 1×1 convolution is the convolution of the mean, on a sixth of the channels.
    const pooled = b.relu(mean(b.conv(x, constant(`${i + 6}.filter`), {}, constant(`${i + 6}.bias`)), 1));
    x = b.concat([conv(x, i), conv(conv(x, i + 1), i + 2), conv(conv(conv(x, i + 3), i + 4), i + 5), pooled], 1);
    keep(name, x);
  }
  return out;
}

/** As much padding as TensorFlow's *same*, everywhere and filled by reflection: the published stem has none, and would weigh a picture's border less. */
function reflectSame(b: Builder, x: Value, kernel: number, stride: number): Value {
  const [rows, columns] = [samePadding(x.shape[2]!, kernel, stride), samePadding(x.shape[3]!, kernel, stride)];
  if (!(rows.low || rows.high || columns.low || columns.high)) return x;
  return b.pad(x, [0, 0, rows.low, columns.low], [0, 0, rows.high, columns.high], { mode: "reflect" });
}
