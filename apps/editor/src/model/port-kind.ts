/** How a type looks: one colour and one shape for each kind of thing that flows, the same in the canvas, the legend and the documents' diagrams. */
import type { PortType } from "@patchbay/graph-core";

/** In the order of the legend. */
export const PORT_KINDS = ["picture", "faces", "encoding", "activation", "tensor", "loss", "decision", "plain"] as const;
/** Drawn 12 px wide: solid, or as an outline where the port is optional. */
export type PortShape = "circle" | "square" | "diamond" | "triangle" | "ring" | "hexagon" | "pentagon" | "bar";
export type PortKind = (typeof PORT_KINDS)[number];

/** The colour is the CSS variable `--pb-kind-…`; the shape is drawn by `[data-shape]`: colour is never the only sign. */
export const KIND_LOOK: { readonly [K in PortKind]: { readonly title: string; readonly shape: PortShape } } = {
  picture: { title: "Pictures", shape: "square" },
  faces: { title: "Faces", shape: "hexagon" },
  encoding: { title: "Encodings, galleries", shape: "diamond" },
  activation: { title: "Activations", shape: "triangle" },
  tensor: { title: "Tensors", shape: "circle" },
  loss: { title: "Losses, distances", shape: "ring" },
  decision: { title: "Decisions, identities", shape: "pentagon" },
  plain: { title: "Networks, curves, tables", shape: "bar" },
};

export function portKind(type: PortType | readonly PortType[] | undefined): PortKind {
  const one = Array.isArray(type) ? (type as readonly PortType[])[0] : (type as PortType | undefined);
  switch (one?.kind) {
    case "image":
    case "images":
    case "dataset":
      return "picture";
    case "faces":
      return "faces";
    case "gallery":
      return "encoding";
    case "activations":
      return "activation";
    case "decision":
    case "identity":
      return "decision";
    case "tensor":
      switch (one.meaning) {
        case "image":
          return "picture";
        case "encoding":
        case "features":
          return "encoding";
        case "activation":
        case "gram":
          return "activation";
        case "loss":
        case "distance":
          return "loss";
        default:
          return "tensor";
      }
    default:
      return "plain";
  }
}
