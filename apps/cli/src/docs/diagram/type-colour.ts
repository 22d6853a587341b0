/** What a wire carries, as the short label and the colour that a diagram gives it. */
import { formatType, type Dim, type PortType } from "@patchbay/graph-core";

/** In the order of the legend. */
export const KINDS = {
  picture: "#5cc8a0",
  faces: "#f2a65a",
  encoding: "#7aa2ff",
  activation: "#c58bff",
  tensor: "#8fd3f4",
  loss: "#ff8f8f",
  plain: "#b9c2cf",
} as const;
export type Kind = keyof typeof KINDS;

export const KIND_NAMES: { readonly [K in Kind]: string } = { picture: "pictures", faces: "faces", encoding: "encodings", activation: "activations", tensor: "tensors", loss: "losses, distances", plain: "values" };

export function kindOf(type: PortType | undefined): Kind {
  if (!type) return "plain";
  if (type.kind === "image" || type.kind === "images") return "picture";
  if (type.kind === "faces") return "faces";
  if (type.kind === "gallery") return "encoding";
  if (type.kind === "activations") return "activation";
  if (type.kind !== "tensor") return "plain";
  if (type.meaning === "image") return "picture";
  if (type.meaning === "encoding" || type.meaning === "features") return "encoding";
  if (type.meaning === "activation" || type.meaning === "gram") return "activation";
  return type.meaning === "loss" || type.meaning === "distance" ? "loss" : "tensor";
}

/** A symbolic length without the node it belongs to: `H@paint` is shown as `H`. */
const dim = (d: Dim): string => String(d).replace(/@[\w/-]+/g, "");

export function shapeLabel(type: PortType | undefined): string {
  if (!type) return "?";
  if (type.kind === "image") return `${dim(type.width)}×${dim(type.height)} px`;
  if (type.kind === "activations") return type.layers.length === 1 ? `[${type.layers[0]!.shape.map(dim).join(",")}]` : `${type.layers.length} layers`;
  if (type.kind === "gallery") return "gallery";
  if (type.kind !== "tensor") return formatType(type);
  if (type.shape === null) return "tensor";
  return type.shape.length === 0 ? "scalar" : `[${type.shape.map(dim).join(",")}]`;
}
