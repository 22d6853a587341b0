/** The conversions that a wire makes by itself: a picture to its pixels, a single layer to its tensor, a number to a scalar. */
import type { Meaning, PortType, TensorType } from "./port-type.ts";

/** Whether a tensor with one meaning may go where another is asked for. Either side may state none. */
export function meaningFits(from: Meaning | undefined, to: Meaning | undefined): boolean {
  if (from === undefined || to === undefined || from === to) return true;
  // The last layer's activation is what an encoding is, and an encoding is a layer like any other.
  if ((from === "activation" && to === "encoding") || (from === "encoding" && to === "activation")) return true;
  // A distance is a scalar that can be minimised; a loss in general is no distance, so not the other way round.
  return from === "distance" && to === "loss";
}

/** `from` as the kind of `to`, before shapes are compared; `from` itself where no conversion applies. */
export function convert(from: PortType, to: PortType): PortType {
  if (to.kind === "tensor") return toTensor(from, to) ?? from;
  if (to.kind === "number" && isScalar(from)) return { kind: "number" };
  return from;
}

const isScalar = (type: PortType): boolean => type.kind === "tensor" && type.dtype === "float32" && type.shape?.length === 0;

function toTensor(from: PortType, to: TensorType): TensorType | null {
  if (from.kind === "image" && (to.meaning === "image" || (to.meaning === undefined && (to.shape === null || to.shape.length === 4))))
    return { kind: "tensor", dtype: "float32", shape: [1, from.height, from.width, 3], meaning: "image" };
  const [layer, second] = from.kind === "activations" ? from.layers : [];
  if (from.kind === "activations" && layer && !second) {
    const tensor: TensorType = { kind: "tensor", dtype: "float32", shape: layer.shape, meaning: "activation" };
    if (from.network) tensor.network = from.network;
    return tensor;
  }
  if (from.kind === "number" && (to.shape === null || to.shape.length === 0)) {
    const scalar: TensorType = { kind: "tensor", dtype: "float32", shape: [] };
    if (to.meaning) scalar.meaning = to.meaning;
    return scalar;
  }
  return null;
}
