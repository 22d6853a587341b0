/** Looks into a network for whoever shows or saves it. Loaded with the first one. */
import { encodeSafetensors, type NetworkValue } from "@patchbay/runtime";
import { networkFacts, networkWeights } from "@patchbay/runtime/networks";
import type { NetworkInside } from "./engine.ts";

/** Throws NodeFailure for damaged files. */
export function networkInside(value: NetworkValue): NetworkInside {
  const { layers, input, output, opaque } = networkFacts(value);
  const weights = Object.values(networkWeights(value));
  return { layers, input, output, opaque, tensors: weights.length, numbers: weights.reduce((n, t) => n + t.data.length, 0) };
}

/** A safetensors file. Throws NodeFailure for damaged files. */
export const networkFile = (value: NetworkValue): Uint8Array => encodeSafetensors(networkWeights(value), { network: value.network, title: value.title });
