/** An encoder that arrives as an ONNX file, through a whole graph: run on two engines, and refused when it is damaged. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { GraphNode } from "@patchbay/graph-core";
import { GraphError, loadGraph, run, type TensorValue } from "@patchbay/runtime";
import { Builder } from "@patchbay/runtime/node-api";
import { programToOnnx } from "../packages/runtime/src/onnx/index.ts";

let folder: string;
const node = (id: string, type: string, params: GraphNode["params"] = {}): GraphNode => ({ id, type, version: 1, params, position: { x: 0, y: 0 } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "patchbay-onnx-"));
  const b = new Builder();
  const mean = b.mean(b.input("x", { dtype: "float32", shape: [1, 3, 32, 32] }), [2, 3]);
  await writeFile(join(folder, "mean-colour.onnx"), programToOnnx(b.build({ y: mean })));
  await writeFile(join(folder, "damaged.onnx"), "no protocol buffer");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function graphWith(file: string) {
  const document = {
    format: "patchbay-graph", version: 1,
    nodes: [node("picture", "Pattern", { width: 48, height: 32 }), node("encoder", "Encoder", { network: "onnx-file", file })],
    wires: [{ from: "picture.image", to: "encoder.image" }],
    interface: { inputs: [], outputs: [{ name: "encoding", node: "encoder", port: "encoding" }, { name: "picture", node: "picture", port: "image" }] },
  };
  await writeFile(join(folder, "graph.json"), JSON.stringify(document));
  return loadGraph(join(folder, "graph.json"));
}

it.each(["onnx-native", "onnx-wasm"] as const)("encodes on %s", async (backend) => {
  const graph = await graphWith("mean-colour.onnx");
  const { outputs } = await run(graph, { backend });
  await graph.dispose();
  const picture = outputs["picture"];
  if (picture?.kind !== "image") throw new Error("no picture came out");
  const { shape, data, network } = outputs["encoding"] as TensorValue;
  expect(shape).toEqual([1, 3]);
  expect(network).toMatch(/^onnx-[0-9a-f]{16}$/);
  // The picture is resized to the file's 32×32 first, so that its means are nearly those of the encoding.
  for (let c = 0; c < 3; c++) {
    const mean = picture.data.filter((_, i) => i % 3 === c).reduce((n, v) => n + v, 0) / (48 * 32 * 255);
    expect(Math.abs(data[c]! - mean)).toBeLessThan(0.03);
  }
});

it("says on the node that a file is damaged", async () => {
  const graph = await graphWith("damaged.onnx");
  const error = await run(graph, { backend: "onnx-native" }).catch((e: unknown) => e);
  await graph.dispose();
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).diagnostics).toEqual([expect.objectContaining({ code: "onnx-unreadable", node: "encoder", severity: "error" })]);
});
