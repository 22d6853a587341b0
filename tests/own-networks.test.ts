/** Networks from files, through whole graphs: encoded with, looked into, run from a wire, pinned, and refused where they are damaged or missing. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GraphNode } from "@patchbay/graph-core";
import { GraphError, loadGraph, run, type ActivationsValue, type NetworkValue, type TensorValue } from "@patchbay/runtime";
import { readNetworkFiles, writeNetwork } from "@patchbay/runtime/networks";
import { Builder, float32 } from "@patchbay/runtime/node-api";
import { evaluate64 } from "../packages/runtime/src/backends/reference/evaluate.ts";
import { ModelProtoSchema, TensorProto_DataType } from "../packages/runtime/src/onnx/generated/onnx_pb.ts";
import { programToOnnx } from "../packages/runtime/src/onnx/index.ts";

let folder: string;
const node = (id: string, type: string, params: GraphNode["params"] = {}): GraphNode => ({ id, type, version: 1, params, position: { x: 0, y: 0 } });
const picture = node("picture", "Pattern", { width: 48, height: 32 });

/** The mean of each colour of [1,3,32,32], through a 1×1 convolution that doubles it. */
function meanColour(): Uint8Array {
  const b = new Builder();
  const double = b.floats([3, 3, 1, 1], [2, 0, 0, 0, 2, 0, 0, 0, 2]);
  return programToOnnx(b.build({ y: b.mean(b.relu(b.conv(b.input("x", { dtype: "float32", shape: [1, 3, 32, 32] }), double)), [2, 3]) }));
}

/** One operator between x and y, both float32 [1,3,4,4]. */
function single(opType: string): Uint8Array {
  const dims = [1n, 3n, 4n, 4n].map((dimValue) => ({ value: { case: "dimValue" as const, value: dimValue } }));
  const port = (name: string) => ({ name, type: { value: { case: "tensorType" as const, value: { elemType: TensorProto_DataType.FLOAT, shape: { dim: dims } } } } });
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n, opsetImport: [{ domain: "", version: 15n }], graph: { name: "g", node: [{ opType, input: ["x"], output: ["y"], name: "n" }], input: [port("x")], output: [port("y")] } }));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "patchbay-onnx-"));
  await writeFile(join(folder, "mean-colour.onnx"), meanColour());
  await writeFile(join(folder, "opaque.onnx"), single("Det"));
  await writeFile(join(folder, "damaged.onnx"), "no protocol buffer");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function graphOf(nodes: GraphNode[], wires: [string, string][]) {
  const document = {
    format: "patchbay-graph", version: 1, nodes,
    wires: wires.map(([from, to]) => ({ from, to })),
    interface: { inputs: [], outputs: [] },
  };
  await writeFile(join(folder, "graph.json"), JSON.stringify(document));
  return loadGraph(join(folder, "graph.json"));
}

const encoder = (file: string, params: GraphNode["params"] = {}) => graphOf([picture, node("encoder", "Encoder", { network: "onnx-file", file, ...params })], [["picture.image", "encoder.image"]]);

describe("a network from a file", () => {
  it.each(["onnx-native", "onnx-wasm"] as const)("encodes on %s, with a width that is known before it runs", async (backend) => {
    const graph = await encoder("mean-colour.onnx");
    expect(graph.inference.types.get("encoder.encoding")).toMatchObject({ shape: [1, 3], network: expect.stringMatching(/^onnx-[0-9a-f]{16}$/) });
    const { outputs } = await run(graph, { backend, outputs: ["encoder.encoding", "picture.image"] });
    await graph.dispose();
    const shown = outputs["picture.image"];
    if (shown?.kind !== "image") throw new Error("no picture came out");
    const { shape, data, network } = outputs["encoder.encoding"] as TensorValue;
    expect(shape).toEqual([1, 3]);
    expect(network).toMatch(/^onnx-[0-9a-f]{16}$/);
    // The picture is resized to the file's 32×32 first, so that its means are nearly half of the encoding.
    for (let c = 0; c < 3; c++) {
      const mean = shown.data.filter((_, i) => i % 3 === c).reduce((n, v) => n + v, 0) / (48 * 32 * 255);
      expect(Math.abs(data[c]! - 2 * mean)).toBeLessThan(0.06);
    }
  });

  it("for one example is written once for many, each as it is alone", async () => {
    const network = await readNetworkFiles("mean-colour.onnx", meanColour(), () => Promise.reject(new Error("there is none")), { scaling: "0-1" });
    const written = (rows: number) => {
      const b = new Builder();
      const out = writeNetwork(b, network, b.input("x", { dtype: "float32", shape: [rows, 32, 32, 3] }), [network.output]).get(network.output)!;
      return b.build({ out });
    };
    const program = written(5);
    expect(program.equations.map((e) => e.op)).toEqual(written(1).equations.map((e) => e.op));
    const pixels = Float32Array.from({ length: 5 * 3072 }, (_, i) => Math.abs(Math.sin(i)));
    const all = evaluate64(program, { x: float32([5, 32, 32, 3], pixels) })["out"]!;
    const third = evaluate64(written(1), { x: float32([1, 32, 32, 3], pixels.slice(2 * 3072, 3 * 3072)) })["out"]!;
    expect(all.shape).toEqual([5, 3]);
    third.data.forEach((v, c) => expect(all.data[6 + c]).toBeCloseTo(v, 12));
  });

  it("goes over a wire to what looks into it, runs it and encodes with it", async () => {
    const nodes = [picture, node("net", "Network", { file: "mean-colour.onnx", meaning: "encoding" }), node("run", "RunNetwork"), node("look", "FeatureExtractor", { network: "wired", layers: [] }), node("enc", "Encoder", { network: "wired" })];
    const wires: [string, string][] = [["net.network", "run.network"], ["net.network", "look.network"], ["net.network", "enc.network"], ["picture.image", "run.input"], ["picture.image", "look.image"], ["picture.image", "enc.image"]];
    const first = await graphOf(nodes, wires);
    const type = first.inference.types.get("net.network");
    if (type?.kind !== "network") throw new Error("no network type");
    const hidden = type.layers.find((l) => l.op === "Relu")!;
    expect(hidden).toMatchObject({ channels: 3, shape: [null, 32, 32, 3] });
    expect(first.diagnostics.find((d) => d.code === "no-layers")?.message).toContain(hidden.name);
    await first.dispose();
    nodes[3] = node("look", "FeatureExtractor", { network: "wired", layers: [hidden.name] });
    const graph = await graphOf(nodes, wires);
    const { outputs } = await run(graph, { backend: "onnx-native", outputs: ["run.output", "look.activations", "enc.encoding", "net.network"] });
    await graph.dispose();
    const [ran, looked, encoded, network] = [outputs["run.output"] as TensorValue, outputs["look.activations"] as ActivationsValue, outputs["enc.encoding"] as TensorValue, outputs["net.network"] as NetworkValue];
    expect(ran.shape).toEqual([1, 3]);
    expect([...encoded.data]).toEqual([...ran.data]);
    expect(looked.layers[0]!.tensor.shape).toEqual([1, 32, 32, 3]);
    const means = [0, 1, 2].map((c) => Array.from(looked.layers[0]!.tensor.data as Float32Array).filter((_, i) => i % 3 === c).reduce((n, v) => n + v, 0) / 1024);
    means.forEach((mean, c) => expect(mean).toBeCloseTo(ran.data[c]!, 4));
    expect(encoded.network).toBe(network.network);
  });

  it("is another network when it is read in another way: their encodings do not compare", async () => {
    const one = (id: string, scaling: string) => node(id, "Encoder", { network: "onnx-file", file: "mean-colour.onnx", scaling });
    const graph = await graphOf([picture, one("plain", "0-1"), one("other", "-1-1"), node("d", "Distance")], [["picture.image", "plain.image"], ["picture.image", "other.image"], ["plain.encoding", "d.a"], ["other.encoding", "d.b"]]);
    expect(graph.inference.types.get("other.encoding")).toMatchObject({ network: expect.stringMatching(/^onnx-[0-9a-f]{16}\+-1-1$/) });
    expect(graph.diagnostics).toContainEqual(expect.objectContaining({ code: "network-mismatch", severity: "error", node: "d" }));
    await graph.dispose();
    const run1 = await encoder("mean-colour.onnx", { scaling: "-1-1" });
    const { outputs } = await run(run1, { backend: "onnx-native", outputs: ["encoder.encoding"] });
    await run1.dispose();
    expect((outputs["encoder.encoding"] as TensorValue).network).toMatch(/\+-1-1$/);
  });

  it("with an operator outside the set runs as a whole, and says that it has no gradient", async () => {
    const graph = await encoder("opaque.onnx");
    expect(graph.diagnostics).toContainEqual(expect.objectContaining({ code: "no-gradient", severity: "warning", message: expect.stringContaining("Det") }));
    const { outputs } = await run(graph, { backend: "onnx-native" });
    await graph.dispose();
    expect((outputs["encoder.encoding"] as TensorValue).shape).toEqual([1, 3]);
  });

  it("is refused where it is damaged, missing or another one than the pinned", async () => {
    const codes = async (file: string, params: GraphNode["params"] = {}) => {
      const graph = await encoder(file, params);
      const error = await run(graph, { backend: "onnx-native" }).catch((e: unknown) => e);
      await graph.dispose();
      expect(error).toBeInstanceOf(GraphError);
      return (error as GraphError).diagnostics.map(({ code, node: at, message }) => ({ code, at, message }));
    };
    expect(await codes("damaged.onnx")).toEqual([{ code: "file-missing", at: "encoder", message: expect.stringContaining("damaged.onnx") }]);
    const pin = "onnx-0123456789abcdef";
    expect(await codes("gone.onnx", { pin })).toEqual([{ code: "file-missing", at: "encoder", message: expect.stringMatching(/gone\.onnx.*onnx-0123456789abcdef.*put that file at “gone\.onnx”/i) }]);
    expect(await codes("mean-colour.onnx", { pin })).toEqual([{ code: "network-changed", at: "encoder", message: expect.stringContaining(pin) }]);
  });
});

describe("a TensorFlow.js model", () => {
  const model = new URL("fixtures/networks/tfjs/layers/model.json", import.meta.url).pathname;

  it("comes with the shards beside it, and says which one is missing", async () => {
    const nodes = [node("net", "Network", { file: "model.json" }), node("run", "RunNetwork"), picture];
    await cp(dirname(model), folder, { recursive: true });
    const wires: [string, string][] = [["net.network", "run.network"], ["picture.image", "run.input"]];
    const graph = await graphOf(nodes, wires);
    const { outputs } = await run(graph, { backend: "onnx-native", outputs: ["net.network", "run.output"] });
    await graph.dispose();
    const network = outputs["net.network"] as NetworkValue;
    expect(network).toMatchObject({ format: "tfjs", network: expect.stringMatching(/^tfjs-[0-9a-f]{16}$/) });
    expect((outputs["run.output"] as TensorValue).data.every(Number.isFinite)).toBe(true);
    await rm(join(folder, network.files[1]!.name));
    const without = await graphOf(nodes, wires);
    expect(without.diagnostics).toContainEqual(expect.objectContaining({ code: "file-missing", node: "net", message: expect.stringContaining(network.files[1]!.name) }));
    await without.dispose();
  });
});

describe("the encoder that comes with the library", () => {
  const file = "npm:@patchbay/nodes/weights/invented-people.onnx";

  it("tells invented people apart, and its hidden layers are channels last though its input is too", async () => {
    const picks = [0, 1, 10, 20].map((index, i) => node(`face${i}`, "PickExample", { index }));
    const nodes = [node("people", "SyntheticFaces", { people: 12, photos: 10, seed: 7 }), node("net", "Network", { file }), ...picks, ...picks.map((_, i) => node(`enc${i}`, "Encoder", { network: "wired" })), node("look", "FeatureExtractor", { network: "wired", layers: ["clip_1"] })];
    const wires: [string, string][] = [["net.network", "look.network"], ["face0.example", "look.image"], ...picks.flatMap(({ id }, i): [string, string][] => [["people.dataset", `${id}.dataset`], [`${id}.example`, `enc${i}.image`], ["net.network", `enc${i}.network`]])];
    const graph = await graphOf(nodes, wires);
    expect(graph.inference.types.get("look.activations")).toMatchObject({ layers: [{ name: "clip_1", shape: [1, 16, 16, 32] }] });
    const { outputs } = await run(graph, { backend: "onnx-native", outputs: ["look.activations", ...picks.map((_, i) => `enc${i}.encoding`)] });
    await graph.dispose();
    expect((outputs["look.activations"] as ActivationsValue).layers[0]!.tensor.shape).toEqual([1, 16, 16, 32]);
    const encodings = picks.map((_, i) => (outputs[`enc${i}.encoding`] as TensorValue).data);
    const distance = (a: number, b: number) => Math.hypot(...Array.from(encodings[a]!, (v, k) => v - encodings[b]![k]!));
    expect(distance(0, 1)).toBeLessThan(distance(0, 2));
    expect(distance(0, 1)).toBeLessThan(distance(0, 3));
  });
});
