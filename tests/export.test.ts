/** The exported ONNX file, run by plain onnxruntime calls with none of our code, gives what the graph gives. */
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import type { GraphDocument, GraphNode } from "@patchbay/graph-core";
import { exportOnnx, loadGraph, run, type ImageValue, type TensorValue } from "@patchbay/runtime";

const node = (id: string, type: string, params: GraphNode["params"] = {}): GraphNode => ({ id, type, version: 1, params, position: { x: 0, y: 0 } });

/** The default style transfer, small. */
function styleDocument(optimizer: GraphNode["params"]): GraphDocument {
  return {
    format: "patchbay-graph",
    version: 1,
    nodes: [
      node("content", "Image", { file: "" }), node("style", "Image", { file: "" }), node("generated", "GeneratedImage"),
      node("contentFeatures", "FeatureExtractor", { layers: ["c4"] }), node("styleFeatures", "FeatureExtractor", { layers: ["c0", "c1", "c3"] }),
      node("generatedFeatures", "FeatureExtractor", { layers: ["c0", "c1", "c3", "c4"] }),
      node("contentCost", "ContentCost", { normalisation: "relative" }), node("styleCost", "StyleCost", { statistic: "covariance", normalisation: "relative" }),
      node("variation", "TotalVariation"), node("total", "TotalCost", { balance: "strength", strength: 0.5 }), node("optimizer", "PixelOptimizer", optimizer), node("out", "ImageOutput"),
    ],
    wires: [
      ["content.image", "generated.content"], ["content.image", "contentFeatures.image"], ["style.image", "styleFeatures.image"], ["generated.image", "generatedFeatures.image"],
      ["contentFeatures.activations", "contentCost.content"], ["generatedFeatures.activations", "contentCost.generated"], ["styleFeatures.activations", "styleCost.style"],
      ["generatedFeatures.activations", "styleCost.generated"], ["generated.image", "variation.image"], ["contentCost.cost", "total.content"], ["styleCost.cost", "total.style"],
      ["variation.cost", "total.variation"], ["total.total", "optimizer.loss"], ["optimizer.image", "out.image"],
    ].map(([from, to]) => ({ from: from!, to: to! })),
    interface: {
      inputs: [{ name: "content", node: "content", param: "file" }, { name: "style", node: "style", param: "file" }],
      outputs: [{ name: "image", node: "out", port: "image" }, { name: "pixels", node: "optimizer", port: "image" }],
    },
  };
}

const picture = (width: number, height: number, f: (x: number, y: number, c: number) => number): ImageValue => ({
  kind: "image", width, height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => Math.round(255 * f(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3))),
});
const inputs = {
  content: picture(72, 56, (x, y, c) => 0.5 + 0.4 * Math.sin(x / 9 + c) * Math.cos(y / 7)),
  style: picture(64, 64, (x, y, c) => ((x >> 2) + (y >> 3) + c) % 3 / 2),
};

describe("patchbay export", () => {
  it.each([
    { method: "adam", parametrisation: "pyramid", jitter: 4, steps: 12, learningRate: 0.15 },
    { method: "l-bfgs", parametrisation: "pixels", jitter: 0, steps: 8, learningRate: 1 },
    { method: "momentum", parametrisation: "pixels", jitter: 2, steps: 10, learningRate: 5 },
  ])("writes a style step ($method, $parametrisation) that plain onnxruntime repeats to the same picture", async (optimizer) => {
    const graph = await loadGraph(styleDocument(optimizer));
    const wanted = (await run(graph, { inputs, backend: "onnx-native" })).outputs["pixels"] as TensorValue;
    const { bytes, inputs: ports, outputs } = await exportOnnx(graph, { inputs });
    await graph.dispose();

    // From here on, what the file's documentation says: zeros first, then every next.NAME fed back as NAME.
    const session = await ort.InferenceSession.create(bytes);
    expect([...session.inputNames].sort()).toEqual(ports.map((p) => p.name).sort());
    expect(outputs.map((p) => p.name)).toEqual(expect.arrayContaining(["image", "total", "term:styleCost", "next.params"]));
    let state: { [name: string]: ort.Tensor } = Object.fromEntries(ports.filter((p) => p.name !== "step").map((p) => [p.name, new ort.Tensor("float32", new Float32Array(p.shape.reduce((n, d) => n * d, 1)), p.shape)]));
    let result: ort.InferenceSession.OnnxValueMapType = {};
    const totals: number[] = [];
    for (let step = 0; step < optimizer.steps; step++) {
      result = await session.run({ ...state, step: new ort.Tensor("int32", Int32Array.of(step), []) });
      state = Object.fromEntries(Object.keys(state).map((name) => [name, result[`next.${name}`] as ort.Tensor]));
      totals.push((result["total"]!.data as Float32Array)[0]!);
    }
    await session.release();
    expect(totals.at(-1)!).toBeLessThan(totals[0]! * 0.9);
    const found = result["image"]!;
    expect(found.dims).toEqual(wanted.shape);
    const worst = (found.data as Float32Array).reduce((m, v, i) => Math.max(m, Math.abs(v - wanted.data[i]!)), 0);
    expect(worst).toBeLessThan(1e-4);
    const moved = (found.data as Float32Array).reduce((m, v, i) => Math.max(m, Math.abs(v - inputs.content.data[i]! / 255)), 0);
    expect(moved).toBeGreaterThan(0.05);
  });

  it("ends where the tensors end, and says what stays outside", async () => {
    const graph = await loadGraph("examples/face-verification.json");
    const { outputs } = await run(graph, { outputs: ["decision", "distance.distance", "photo-chip.chips", "reference-chip.chips"], backend: "onnx-native" });
    const { bytes, notes } = await exportOnnx(graph);
    await graph.dispose();
    expect(notes.join("\n")).toMatch(/decision.*Threshold/);
    const session = await ort.InferenceSession.create(bytes);
    const chip = (name: string) => {
      const t = outputs[name] as TensorValue;
      return new ort.Tensor("float32", t.data as Float32Array, t.shape);
    };
    const result = await session.run({ "photo-chip.chips": chip("photo-chip.chips"), "reference-chip.chips": chip("reference-chip.chips") });
    await session.release();
    const wanted = (outputs["decision"] as { distance: number }).distance;
    expect((result["distance.distance"]!.data as Float32Array)[0]).toBeCloseTo(wanted, 5);
  });
});
