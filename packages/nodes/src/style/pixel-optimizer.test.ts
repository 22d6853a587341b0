/** What an optimiser does to a picture, on problems whose answer is known. */
import { loadGraph, run } from "@patchbay/runtime";
import type { Json } from "@patchbay/graph-core";
import type { SeriesValue, TensorValue } from "@patchbay/runtime/node-api";
import { expect, test } from "vitest";
import { nodes } from "../index.ts";

/** A generated picture pulled towards the pattern by ½‖content − generated‖² of the pixels themselves. */
async function paint(params: { [name: string]: Json }) {
  const graph = await loadGraph(
    {
      format: "patchbay-graph", version: 1,
      nodes: [
        { id: "target", type: "Pattern", version: 1, params: { kind: "mosaic", width: 16, height: 16 }, position: { x: 0, y: 0 } },
        { id: "crop", type: "Crop", version: 1, params: { width: 16, height: 16 }, position: { x: 0, y: 0 } },
        { id: "picture", type: "GeneratedImage", version: 1, params: { start: "noise", amplitude: 0, width: 16, height: 16 }, position: { x: 0, y: 0 } },
        // Activations are what the cost compares: Normalise by 0 and 1 makes them of pixels.
        ...["values", "target-values"].map((id) => ({ id, type: "Normalise", version: 1, params: { mean: [0], deviation: [1] }, position: { x: 0, y: 0 } })),
        { id: "cost", type: "ContentCost", version: 1, params: {}, position: { x: 0, y: 0 } },
        { id: "paint", type: "PixelOptimizer", version: 1, params: { parametrisation: "pixels", jitter: 0, ...params }, position: { x: 0, y: 0 } },
      ],
      wires: [["target.image", "crop.image"], ["crop.image", "target-values.input"], ["target-values.output", "cost.content"], ["picture.image", "values.input"], ["values.output", "cost.generated"], ["cost.cost", "paint.loss"]].map(([from, to]) => ({ from, to })),
      interface: { inputs: [], outputs: [{ name: "image", node: "paint", port: "image" }, { name: "losses", node: "paint", port: "losses" }, { name: "target", node: "crop", port: "image" }] },
    },
    { nodes },
  );
  const { outputs } = await run(graph, { backend: "onnx-native" });
  await graph.dispose();
  return { image: outputs["image"] as TensorValue, target: outputs["target"] as TensorValue, losses: outputs["losses"] as SeriesValue };
}

test("one gradient step of rate η goes the share η of the way", async () => {
  // The gradient of ½‖c − g‖² is g − c, so g' = g + η(c − g), from grey.
  const { image, target } = await paint({ method: "gradient-descent", learningRate: 0.25, steps: 1 });
  image.data.forEach((v, i) => expect(v).toBeCloseTo(0.5 + 0.25 * (target.data[i]! - 0.5), 5));
});

test.each([["adam", 0.1, 120], ["momentum", 0.1, 120], ["gradient-descent", 0.5, 40], ["l-bfgs", 1, 20]] as const)("%s arrives", async (method, learningRate, steps) => {
  const { image, target, losses } = await paint({ method, learningRate, steps });
  const total = losses.curves.find((c) => c.name === "total")!.values;
  expect(total).toHaveLength(steps);
  expect(total.at(-1)!).toBeLessThan(total[0]! / 100);
  image.data.forEach((v, i) => expect(Math.abs(v - target.data[i]!)).toBeLessThan(0.08));
});

test("the pyramid stays within 0…1 and arrives too", async () => {
  const { image, losses } = await paint({ parametrisation: "pyramid", learningRate: 0.15, steps: 200 });
  const total = losses.curves.find((c) => c.name === "total")!.values;
  expect(total.at(-1)!).toBeLessThan(total[0]! / 20);
  image.data.forEach((v) => expect(v > 0 && v < 1).toBe(true));
});
