/** TensorFlow.js models, small ones of our own and published ones: what the IR computes beside what TensorFlow.js does; and broken ones. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NodeFailure } from "@patchbay/runtime";
import { resolveBackend } from "@patchbay/runtime/backends";
import { Builder, float32, type TensorData } from "@patchbay/runtime/ir";
import { computeNetwork, readTfjsFiles, readTfjsNetwork, type NetworkSource } from "@patchbay/runtime/networks";
import { describe, expect, test } from "vitest";
import { gradientErrors } from "../packages/runtime/src/passes/check-gradient.ts";

const FOLDER = join(import.meta.dirname, "fixtures/networks/tfjs");

/** packages/nodes/src/testing/busy.ts. */
const busy = (shape: readonly number[], low = -1) =>
  float32(shape, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => low + ((1 - low) * ((7 * i * i + 37 * i + 11) % 251)) / 250));

const open = (name: string) => readTfjsNetwork(readFileSync(join(FOLDER, name, "model.json")), (path) => readFile(join(FOLDER, name, path)), name);
const compute = async (network: NetworkSource, shape: readonly number[], low = -1) => {
  const names = network.outputs.map((o) => o.name);
  const results = await computeNetwork(network, { [network.inputs[0]!.name]: busy(shape, low) }, names, (await resolveBackend()).backend);
  return names.map((name) => results[name]!);
};
const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));

test.each(["layers", "nested", "signal", "graph"])("%s computes what TensorFlow.js computes, to 1e-5", async (name) => {
  const expected = JSON.parse(readFileSync(join(FOLDER, name, "expected.json"), "utf8")) as { shape: number[]; outputs: { shape: number[]; data: number[] }[] };
  const network = await open(name);
  expect([network.opaque, network.unsafe]).toEqual([null, null]);
  const results = await compute(network, expected.shape);
  expect(results).toHaveLength(expected.outputs.length);
  expected.outputs.forEach(({ shape, data }, i) => {
    expect(results[i]!.shape).toEqual(shape);
    expect(largest(data.map((v, k) => v - results[i]!.data[k]!)) / largest(data)).toBeLessThan(1e-5);
  });
});

test.each(["layers", "nested", "signal", "graph"])("%s has the gradient of central differences, for its input and every weight", async (name) => {
  const network = await open(name);
  const { shape } = JSON.parse(readFileSync(join(FOLDER, name, "expected.json"), "utf8")) as { shape: number[] };
  const b = new Builder();
  const port = network.inputs[0]!.name;
  const inputs: { [name: string]: TensorData } = { [port]: busy(shape) };
  const image = b.input(port, inputs[port]!);
  const written = network.build(b, { [port]: image }, network.outputs.map((o) => o.name), (weight, data) => {
    inputs[weight] = data;
    return b.input(weight, data);
  });
  expect(Object.keys(inputs).length).toBeGreaterThan(3);
  for (const { input, error } of gradientErrors(b.build(Object.fromEntries(written)), inputs)) expect([input, error < 1e-4], `${input}: ${error}`).toEqual([input, true]);
});

test("layers and weights of a layers model have Keras' names, graph nodes their own", async () => {
  const layers = await open("layers");
  expect(layers.layers.slice(0, 5).map((l) => [l.name, l.op, l.channels, l.from])).toEqual([
    ["pad", "ZeroPadding2D", null, ["image"]], ["conv1", "Conv2D", 4, ["pad"]], ["bn1", "BatchNormalization", 4, ["conv1"]], ["relu1", "ReLU", 4, ["bn1"]], ["depth", "DepthwiseConv2D", 8, ["relu1"]],
  ]);
  expect(layers.layers[0]!.window).toEqual({ kernel: [1, 1], strides: [1, 1], dilations: [1, 1], padLow: [0, 1], padHigh: [1, 0] });
  expect(layers.layers[1]!.window).toMatchObject({ kernel: [3, 3], strides: [2, 2], autoPad: "SAME_UPPER" });
  expect([...layers.weights.keys()].slice(0, 2)).toEqual(["conv1/kernel", "bn1/beta"]);
  const graph = await open("graph");
  expect(graph.outputs.map((o) => o.name)).toEqual(["classes", "encoding"]);
  expect(graph.layers.find((l) => l.name === "stem")).toMatchObject({ op: "_FusedConv2D", channels: 4, reach: "window", from: ["pad"] });
  const b = new Builder();
  const written = graph.build(b, { image: b.input("image", { dtype: "float32", shape: [1, 13, 12, 3] }) }, graph.layers.map((l) => l.name));
  for (const l of graph.layers) if (l.channels !== null) expect([l.name, written.get(l.name)!.shape.at(-1)]).toEqual([l.name, l.channels]);
});

describe("models of nsfwjs", () => {
  const nodes = createRequire(new URL("../packages/nodes/package.json", import.meta.url));
  const published = JSON.parse(readFileSync(join(FOLDER, "published.json"), "utf8")) as { model: string; shape: number[]; output: number[] }[];
  test.each(published)("$model computes what TensorFlow.js computes", async ({ model, shape, output }) => {
    const path = join(dirname(nodes.resolve("nsfwjs")), "../../dist/models", model);
    const network = await readTfjsNetwork(nodes(join(path, "model.min.js")) as object, async (name) => Buffer.from(nodes(join(path, `${name}.min.js`)) as string, "base64"), model);
    expect(network.opaque).toBeNull();
    const [result] = await compute(network, shape, 0);
    expect(largest(output.map((v, i) => v - result!.data[i]!))).toBeLessThan(1e-5);
  });
});

describe("broken and hostile models", () => {
  const json = () => JSON.parse(readFileSync(join(FOLDER, "nested/model.json"), "utf8"));
  const weights = readFileSync(join(FOLDER, "nested/weights.bin"));
  const refused = async (model: unknown, shard: (path: string) => Promise<Uint8Array> = async () => weights) => {
    try {
      const network = await readTfjsNetwork(model as object, shard, "model.json");
      return `opaque: ${network.opaque}`;
    } catch (error) {
      if (!(error instanceof NodeFailure)) throw error;
      return `${error.code}: ${error.message}`;
    }
  };
  const changed = (f: (model: ReturnType<typeof json>) => void) => {
    const model = json();
    f(model);
    return model as unknown;
  };

  test("no JSON, no model, half a model", async () => {
    expect(await refused(new TextEncoder().encode("{"))).toMatch(/^network-damaged: .*It is no JSON/);
    expect(await refused(new TextEncoder().encode("[1]"))).toMatch(/^network-damaged: .*no modelTopology/);
    expect(await refused({})).toMatch(/^network-damaged: .*no modelTopology/);
    expect(await refused({ modelTopology: {}, weightsManifest: [] })).toMatch(/^network-damaged: .*neither/);
    expect(await refused(changed((m) => delete m.weightsManifest))).toMatch(/^network-damaged: .*no list of weights/);
    expect(await refused(changed((m) => delete m.modelTopology.config.layers))).toMatch(/^network-damaged: .*no layers/);
  });
  test("weights that are too short, too many, elsewhere, or of a dtype that cannot be carried", async () => {
    expect(await refused(json(), async () => weights.subarray(0, 100))).toMatch(/^network-damaged: .*weights take 372 bytes, and weights\.bin holds 100/);
    expect(await refused(changed((m) => (m.weightsManifest[0].weights[0].shape = [2 ** 30, 2 ** 20])))).toMatch(/^network-damaged: .*would take/);
    for (const path of ["../../etc/passwd", "/etc/passwd", "https://example.org/w.bin", "a\\..\\..\\b"])
      expect(await refused(changed((m) => (m.weightsManifest[0].paths = [path])), async () => { throw new Error("must not be read"); })).toMatch(/^network-unsupported: .*not beside it/);
    expect(await refused(changed((m) => (m.weightsManifest[0].weights[0].dtype = "string")))).toMatch(/^network-unsupported: .*holds string/);
  });
  test.each(["layers", "graph"])("%s with anything in it replaced, seeded, ends in a network or in a sentence", (name) => {
    const text = readFileSync(join(FOLDER, name, "model.json"), "utf8");
    const shards = new Map([["weights.bin", readFileSync(join(FOLDER, name, "weights.bin"))]]);
    let state = 99;
    const random = (below: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
    const junk: unknown[] = [null, -1, 0, 1e9, 2.5, "", "same", [], [null], {}, true, [[1, 2], [3]]];
    const seen = new Set<string>();
    for (let round = 0; round < 400; round++) {
      const places: { holder: { [key: string]: unknown }; key: string }[] = [];
      const model = JSON.parse(text) as object;
      const walk = (value: unknown): void => {
        if (typeof value !== "object" || value === null) return;
        for (const key of Object.keys(value)) {
          places.push({ holder: value as { [key: string]: unknown }, key });
          walk((value as { [key: string]: unknown })[key]);
        }
      };
      walk(model);
      const { holder, key } = places[random(places.length)]!;
      holder[key] = junk[random(junk.length)];
      try {
        const network = readTfjsFiles(model, shards, name);
        const b = new Builder();
        const inputs = Object.fromEntries(network.inputs.map((p) => [p.name, b.input(p.name, { dtype: "float32", shape: p.shape.map((d) => d ?? 1) })]));
        if (!network.opaque) network.build(b, inputs, network.outputs.map((o) => o.name));
        seen.add(network.opaque ? "opaque" : "written");
      } catch (error) {
        if (!(error instanceof NodeFailure)) throw error;
        seen.add(error.code);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(["written", "network-damaged"]));
  }, 60_000);
  test("a layer outside the set is named; nothing else runs such a model", async () => {
    const model = changed((m) => (m.modelTopology.config.layers[1].config.layers[0].class_name = "LSTM"));
    expect(await refused(model)).toBe("opaque: model.json cannot be opened up: its layer d1 (LSTM) is outside the set that can be computed.");
    const network = await readTfjsNetwork(model as object, async () => weights, "model.json");
    expect(network.unsafe).toMatch(/runs opened up or not at all/);
  });
  test("layers that wait for each other, models nested without end", async () => {
    const call = (name: string, from: string) => ({ class_name: "ReLU", name, config: { name }, inbound_nodes: [[[from, 0, 0, {}]]] });
    const model = { modelTopology: { model_config: { class_name: "Functional", config: { name: "m", layers: [call("a", "b"), call("b", "a")], input_layers: [], output_layers: [["a", 0, 0]] } } }, weightsManifest: [] };
    expect(await refused(model)).toMatch(/^network-damaged: .*waits for what nothing computes/);
    let inner: unknown = { class_name: "Sequential", config: { layers: [] } };
    for (let i = 0; i < 50; i++) inner = { class_name: "Sequential", config: { layers: [inner] } };
    expect(await refused({ modelTopology: { model_config: inner }, weightsManifest: [] })).toMatch(/^network-damaged: .*nested more than 8 deep/);
    const node = (name: string, input: string) => ({ name, op: "Relu", input: [input] });
    expect(await refused({ modelTopology: { node: [node("a", "b"), node("b", "a")] }, weightsManifest: [] })).toMatch(/^network-damaged: .*waits for itself/);
    expect(await refused({ modelTopology: { node: [node("a", "ghost")] }, weightsManifest: [] })).toMatch(/^network-damaged: .*reads “ghost”/);
  });
});
