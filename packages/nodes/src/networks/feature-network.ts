/** What a network must say about itself for its hidden layers to be chosen, typed before anything runs, and computed. */
import { windowDim, type Dim, type Window } from "@patchbay/graph-core";
import type { Builder, TensorData, Value } from "@patchbay/runtime/node-api";

export type Weights = ReadonlyMap<string, TensorData>;

export interface FeatureLayer {
  name: string;
  channels: number;
  /** Every convolution and pool on the way from the picture to this layer, in order; where the way forks, on the branch that sees all that the others see. */
  windows: readonly Window[];
  /** Pixels of the picture between two neighbouring units. */
  stride: number;
  /** Side of the square of the picture that one unit sees, in pixels, before it is cropped at the borders. */
  receptiveField: number;
}

export interface FeatureNetwork {
  id: string;
  title: string;
  /** One sentence: where it comes from and what it is good for. */
  doc: string;
  /** Files of npm packages that `load` reads. */
  assets: readonly string[];
  layers: readonly FeatureLayer[];
  /** The layers that a new node starts with. */
  defaultLayers: readonly string[];
  /** Decodes `assets` (in that order) into the tensors that `build` needs for these layers: the work that is the same for every picture. */
  load(assets: readonly Uint8Array[], wanted: readonly string[]): Weights;
  /**
   * Writes the network up to the deepest wanted layer. `x` is `[N,H,W,3]` in 0…1; the results are `[N,h,w,channels]`.
   * Throws a RangeError for a name that is not in `layers`.
   */
  build(b: Builder, weights: Weights, x: Value, wanted: readonly string[]): Map<string, Value>;
}

/** A layer's place on the path: its stride and receptive field follow from the windows. */
export function featureLayer(name: string, channels: number, windows: readonly Window[]): FeatureLayer {
  let stride = 1;
  let receptiveField = 1;
  for (const w of windows) {
    receptiveField += (w.kernel - 1) * (w.dilation ?? 1) * stride;
    stride *= w.stride ?? 1;
  }
  return { name, channels, windows: [...windows], stride, receptiveField };
}

export const findLayer = (network: FeatureNetwork, name: string): FeatureLayer | undefined => network.layers.find((l) => l.name === name);

/** `[N,h,w,channels]` of a layer for pictures `[N,H,W,3]`; lengths may be symbolic. Throws a RangeError for an unknown layer. */
export function layerShape(network: FeatureNetwork, name: string, [n, h, w]: readonly [Dim, Dim, Dim]): Dim[] {
  const layer = findLayer(network, name);
  if (!layer) throw new RangeError(`The network ${network.id} has no layer ${name}.`);
  return [n, along(h, layer.windows), along(w, layer.windows), layer.channels];
}

function along(length: Dim, windows: readonly Window[]): Dim {
  return windows.reduce<Dim>((dim, w) => {
    const result = windowDim(dim, w);
    return result.ok ? result.dim : 0;
  }, length);
}

/** One axis of the patch of the picture that a unit sees: from `start` up to, not including, `end`, in pixels, cropped at the borders. */
export function receptiveInterval(layer: FeatureLayer, unit: number, length: number): { start: number; end: number } {
  // Lengths before each window, because how `same` padding is split depends on them.
  let n = length;
  const steps = layer.windows.map((w) => {
    const { stride = 1, dilation = 1 } = w;
    const reach = dilation * (w.kernel - 1) + 1;
    const before = n;
    const out = windowDim(n, w);
    n = out.ok && typeof out.dim === "number" ? out.dim : 0;
    const low = w.padding === "same" ? samePadding(before, reach, stride).low : typeof w.padding === "number" ? w.padding : 0;
    return { stride, reach, low };
  });
  let [start, end] = [unit, unit + 1];
  for (const { stride, reach, low } of steps.reverse()) {
    end = (end - 1) * stride - low + reach;
    start = start * stride - low;
  }
  return { start: Math.max(0, start), end: Math.min(length, end) };
}

/** TensorFlow's `same`: as much padding as keeps `ceil(length/stride)`, the odd one at the high end. */
export function samePadding(length: number, reach: number, stride: number): { low: number; high: number } {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
  return { low: Math.floor(total / 2), high: Math.ceil(total / 2) };
}
