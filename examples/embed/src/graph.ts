/** The graph that the program starts with: a painted pattern, its negative, and both as pictures. */
import type { GraphDocument } from "@patchbay/graph-core";

export const start: GraphDocument = {
  format: "patchbay-graph",
  version: 1,
  title: "A negative",
  interface: { inputs: [], outputs: [{ name: "negative", node: "result", port: "image" }] },
  nodes: [
    { id: "pattern", type: "Pattern", version: 1, params: { kind: "stained-glass", width: 96, height: 64 }, position: { x: 0, y: 0 } },
    { id: "negative", type: "Invert", version: 1, params: {}, position: { x: 320, y: 0 } },
    { id: "result", type: "ImageOutput", version: 1, params: {}, position: { x: 640, y: 0 } },
  ],
  wires: [
    { from: "pattern.image", to: "negative.image" },
    { from: "negative.image", to: "result.image" },
  ],
};
