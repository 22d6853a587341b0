/** From a mask over a picture to how much each position of a hidden layer counts: the guidance channels of Gatys et al., arXiv 1611.07865. */
import { dimsDiffer, type Dim, type PortType } from "@patchbay/graph-core";
import type { Builder, Value } from "@patchbay/runtime/node-api";
import { findLayer, layerShape } from "../networks/feature-network.ts";
import { featureNetworks } from "../networks/index.ts";
import { LUMINANCE } from "../images/luminance-weights.ts";
import { layersOfType, type LayerType } from "./layers-of.ts";

/** Below this share of white a mask counts as black: nothing of the picture is looked at. */
const LEAST_WHITE = 1e-6;

/**
 * `mask` `[1,H,W,3]` → `[1,h·w]` for a layer `[1,h,w,C]`: the mask's brightness averaged over the area of each position, divided by the sum
 * over all positions. A black mask gives zeros.
 */
export function positionShares(b: Builder, mask: Value, layer: Value): Value {
  const [, height, width] = mask.shape as [number, number, number, number];
  const [, rows, columns] = layer.shape as [number, number, number, number];
  const grey = b.reshape(b.matmul(b.reshape(mask, [height * width, 3]), b.floats([3, 1], LUMINANCE)), [height, width]);
  const narrow = b.matmul(grey, b.floats([columns, width], averages(width, columns)), { transposeB: true });
  const white = b.reshape(b.matmul(b.floats([rows, height], averages(height, rows)), narrow), [1, rows * columns]);
  return b.mul(white, b.div(1, b.max(b.sum(white), LEAST_WHITE * rows * columns)));
}

/** `[to,from]`: row i averages the stretch i·from/to … (i+1)·from/to, the pixels at its ends in part. */
function averages(from: number, to: number): Float32Array {
  const out = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
    for (let x = Math.floor(start); x < Math.min(from, Math.ceil(end)); x++) out[i * from + x] = (Math.min(end, x + 1) - Math.max(start, x)) / (end - start);
  }
  return out;
}

/** Why a mask cannot lie on the picture that a wire's layers were computed from, or null: the sentence. */
export function maskMismatch(mask: PortType | undefined, activations: PortType | undefined, names: readonly string[], picture: string): string | null {
  if (mask?.kind !== "tensor" || !mask.shape) return null;
  const [, height, width] = mask.shape as readonly Dim[];
  const all = layersOfType(activations);
  const layers = all.filter((l) => names.includes(l.name) || all.length === 1);
  const network = activations?.kind === "activations" ? featureNetworks.get(activations.network) : undefined;
  for (const { name, shape } of layers) {
    if (!shape) continue;
    if (shape.length !== 4) return `A mask belongs to a picture, and the layer${named(name)} has the shape [${shape.join(",")}] instead of [1,height,width,channels].`;
    const wanted = network && findLayer(network, name) ? layerShape(network, name, [1, height!, width!]) : null;
    if (wanted ? wanted.some((d, i) => dimsDiffer(d, shape[i]!)) : isSmaller(height!, shape[1]!) || isSmaller(width!, shape[2]!))
      return `The mask is ${width}×${height} px, which is not the size of the ${picture} picture: its layer${named(name)} has ${shape[2]}×${shape[1]} positions. Make the mask as large as the picture.`;
  }
  return null;
}

const named = (name: LayerType["name"]): string => (name === "" ? "" : ` “${name}”`);
const isSmaller = (a: Dim, b: Dim): boolean => typeof a === "number" && typeof b === "number" && a < b;
