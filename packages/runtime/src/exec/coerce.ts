/** The conversions that a wire makes by itself, on values: a picture to its pixels, a single layer to its tensor, a number to a scalar. */
import type { InputPort, PortType } from "@patchbay/graph-core";
import type { TensorData } from "../ir/tensor.ts";
import { isActivations, type Lowered } from "../node-api/node.ts";
import { tensorValue, type ImageValue, type RuntimeValue } from "../node-api/values.ts";

export const acceptedTypes = (port: InputPort): readonly PortType[] => (Array.isArray(port.type) ? (port.type as readonly PortType[]) : [port.type as PortType]);
const accepts = (port: InputPort, kind: PortType["kind"]): boolean => acceptedTypes(port).some((t) => t.kind === kind || t.kind === "any");

/** A picture's pixels as `[1,H,W,3]` in 0…1. */
export function imageTensor(image: ImageValue): TensorData {
  const data = new Float32Array(image.data.length);
  for (let i = 0; i < data.length; i++) data[i] = image.data[i]! / 255;
  return { dtype: "float32", shape: [1, image.height, image.width, 3], data };
}

/** What the node sees of a value that arrives on one of its ports. */
export function coerceValue(value: RuntimeValue, port: InputPort): RuntimeValue {
  if (accepts(port, value.kind)) return value;
  if (accepts(port, "tensor")) {
    if (value.kind === "image") return tensorValue(imageTensor(value));
    if (value.kind === "activations" && value.layers.length === 1) return tensorValue(value.layers[0]!.tensor, value.network);
    if (value.kind === "number") return tensorValue({ dtype: "float32", shape: [], data: Float32Array.of(value.value) });
  }
  if (accepts(port, "number") && value.kind === "tensor" && value.data.length === 1) return { kind: "number", value: value.data[0]! };
  return value;
}

/** The tensors of a value by a suffix that keeps them apart as program inputs; `null` when it holds none. */
export function tensorsOf(value: RuntimeValue): readonly { suffix: string; tensor: TensorData }[] | null {
  if (value.kind === "tensor") return [{ suffix: "", tensor: { dtype: value.dtype, shape: value.shape, data: value.data } }];
  if (value.kind === "image") return [{ suffix: "", tensor: imageTensor(value) }];
  if (value.kind === "number") return [{ suffix: "", tensor: { dtype: "float32", shape: [], data: Float32Array.of(value.value) } }];
  if (value.kind === "activations") return value.layers.map((l) => ({ suffix: `/${l.name}`, tensor: l.tensor }));
  return null;
}

/** The same unwrapping while a program is being built. */
export function coerceLowered(value: Lowered, port: InputPort): Lowered {
  if (isActivations(value) && value.layers.length === 1 && !acceptedTypes(port).some((t) => t.kind === "activations")) return value.layers[0]!.value;
  return value;
}
