import { applyChanges, createInference, type GraphDocument, type GraphNode } from "@patchbay/graph-core";
import { expect, it } from "vitest";
import { nodes } from "../index.ts";

const node = (id: string, type: string, params: GraphNode["params"] = {}): GraphNode => ({ id, type, version: nodes.get(type)!.version, params, position: { x: 0, y: 0 } });

it("tells the size of the optimised picture before anything runs, and again when the variable changes", () => {
  const document: GraphDocument = {
    format: "patchbay-graph",
    version: 1,
    nodes: [node("picture", "GeneratedImage", { start: "noise", width: 64, height: 48 }), node("smooth", "TotalVariation"), node("paint", "PixelOptimizer")],
    wires: [{ from: "picture.image", to: "smooth.image" }, { from: "smooth.cost", to: "paint.loss" }],
    interface: { inputs: [], outputs: [] },
  };
  const inference = createInference(nodes);
  expect(inference.update(document).types.get("paint.image")).toMatchObject({ shape: [1, 48, 64, 3] });
  const wider = applyChanges(document, [{ kind: "set-param", node: "picture", param: "width", value: 80 }], { registry: nodes }).document;
  expect(inference.update(wider).types.get("paint.image")).toMatchObject({ shape: [1, 48, 80, 3] });
});
