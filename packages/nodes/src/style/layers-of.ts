/** Reading layers off a wire that carries activations of a network or one bare tensor: shared by the style nodes. */
import type { Dim, PortType } from "@patchbay/graph-core";
import { isActivations, type Lowered, type Value } from "@patchbay/runtime/node-api";
import { listed } from "../port-types.ts";

export interface LayerType {
  name: string;
  shape: readonly Dim[] | null;
}

/** The layers of a wire's type; a bare tensor is one layer without a name. */
export function layersOfType(type: PortType | undefined): readonly LayerType[] {
  if (type?.kind === "activations") return type.layers;
  return type?.kind === "tensor" ? [{ name: "", shape: type.shape }] : [];
}

export function layersOf(lowered: Lowered): readonly { name: string; value: Value }[] {
  return isActivations(lowered) ? lowered.layers : [{ name: "", value: lowered }];
}

/** The layer of that name, or the only one. Types were checked before, so a missing one is a programmer's mistake. */
export function pickLayer(lowered: Lowered, name: string): Value {
  const layers = layersOf(lowered);
  const found = layers.find((l) => l.name === name) ?? (layers.length === 1 ? layers[0] : undefined);
  if (!found) throw new Error(`There is no layer “${name}” among ${listed(layers.map((l) => l.name))}.`);
  return found.value;
}

/** `null` when the wire has that layer (a bare tensor has any); otherwise the sentence that says so. */
export function missingLayer(type: PortType | undefined, name: string, wire: string): string | null {
  const layers = layersOfType(type);
  if (layers.length === 0 || type?.kind === "tensor" || layers.some((l) => l.name === name)) return null;
  return `The layer “${name}” does not arrive on “${wire}”, which has ${listed(layers.map((l) => l.name))}. Add it to the feature extractor there.`;
}

/** `[1,…spatial,C]` as `[C,positions]`: a row a channel. The transpose cancels the one at the extractor's border. */
export function channelRows(b: { channelsFirst(x: Value): Value; reshape(x: Value, shape: readonly number[]): Value }, x: Value): Value {
  return b.reshape(b.channelsFirst(x), [x.shape.at(-1)!, -1]);
}

/** Whether a layer's shape can be read as one picture's `[1,…spatial,C]`: the sentence against it, or null. */
export function notOnePicture(shape: readonly Dim[] | null): string | null {
  if (!shape) return null;
  if (shape.length < 3) return `A hidden layer [1,…positions,channels] is needed; this one has the shape [${shape.join(",")}].`;
  return typeof shape[0] === "number" && shape[0] !== 1 ? `One picture at a time is compared; this batch has ${shape[0]}.` : null;
}
