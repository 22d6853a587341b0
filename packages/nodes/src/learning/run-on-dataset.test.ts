/** A classifier that was just trained goes on over the wire: its confusion matrix tells what the Trainer measured, and a dataset is encoded by it. */
import type { GraphDocument, Json } from "@patchbay/graph-core";
import { loadGraph, run, type ConfusionValue, type DatasetValue, type NetworkValue, type NumberValue, type TableValue } from "@patchbay/runtime";
import { expect, it } from "vitest";
import { nodes } from "../index.ts";

const node = (id: string, type: string, params: { [name: string]: Json } = {}) => ({ id, type, version: nodes.get(type)!.version, params, position: { x: 0, y: 0 } });
const document: GraphDocument = {
  format: "patchbay-graph", version: 1,
  nodes: [
    node("faces", "SyntheticFaces", { people: 5, photos: 12, size: 16, split: "stratified", variation: 0.3 }), node("batches", "Batches", { mode: "shuffled", size: 20 }), node("flat", "Flatten"),
    node("dense", "Dense", { units: 5, trainable: true }), node("loss", "CrossEntropy"), node("trainer", "Trainer", { steps: 60, learningRate: 0.01, validate: "classification", validateEvery: 20 }),
    node("matrix", "ConfusionMatrix"), node("encoded", "EncodeDataset", { network: "wired" }),
  ],
  wires: [
    ["faces.dataset", "batches.dataset"], ["batches.examples", "flat.input"], ["flat.output", "dense.input"], ["dense.output", "loss.predictions"], ["batches.labels", "loss.labels"], ["loss.loss", "trainer.loss"], ["dense.output", "trainer.predictions"],
    ["trainer.network", "matrix.network"], ["faces.dataset", "matrix.dataset"], ["trainer.network", "encoded.network"], ["faces.dataset", "encoded.dataset"],
  ].map(([from, to]) => ({ from: from!, to: to! })),
  interface: { inputs: [], outputs: [["network", "trainer", "network"], ["report", "trainer", "report"], ["confusion", "matrix", "confusion"], ["accuracy", "matrix", "accuracy"], ["encoded", "encoded", "dataset"]].map(([name, id, port]) => ({ name: name!, node: id!, port: port! })) },
};

it("counts what the Trainer measured, and encodes by the network on the wire", async () => {
  const graph = await loadGraph(document, { nodes });
  expect(graph.diagnostics).toEqual([]);
  const { outputs } = await run(graph, { backend: "onnx-native" });
  const everything = await run(graph, { backend: "onnx-native", params: { "matrix.part": "all" }, outputs: ["confusion"] });
  await graph.dispose();
  const { confusion, accuracy, encoded, network, report } = outputs as { confusion: ConfusionValue; accuracy: NumberValue; encoded: DatasetValue; network: NetworkValue; report: TableValue };
  const told = report.rows.find(([name]) => name === "accuracy")![1] as number;
  expect(accuracy.value).toBeCloseTo(told, 6);
  expect(accuracy.value).toBeGreaterThan(0.4);
  // A quarter of twelve photos of each person is held out.
  expect(confusion.counts.map((row) => row.reduce((n, c) => n + c, 0))).toEqual([3, 3, 3, 3, 3]);
  expect((everything.outputs["confusion"] as ConfusionValue).counts.flat().reduce((n, c) => n + c, 0)).toBe(60);
  expect([encoded.example, encoded.network, encoded.data.length, encoded.thumbnails!.length]).toEqual([[5], network.network, 300, 60]);
  const right = [...encoded.labels].filter((label, i) => encoded.heldOut[i] && Math.max(...encoded.data.subarray(i * 5, i * 5 + 5)) === encoded.data[i * 5 + label]).length;
  expect(right / 15).toBeCloseTo(told, 6);
});
