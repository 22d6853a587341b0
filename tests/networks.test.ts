/** Whole networks of a dozen families, exported by PyTorch: what the IR computes of them, and its gradient, beside what PyTorch does. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceBackend } from "../packages/runtime/src/backends/reference/index.ts";
import { Builder } from "@patchbay/runtime/ir";
import { resolveBackend } from "@patchbay/runtime/backends";
import { computeNetwork, readOnnxNetwork, readOnnxTensor, toTensorData } from "@patchbay/runtime/networks";
import { expect, test } from "vitest";
import { differentiate, optimise } from "../packages/runtime/src/passes/index.ts";

const FOLDER = join(import.meta.dirname, "fixtures/networks");
const FAMILIES = readdirSync(FOLDER, { withFileTypes: true }).flatMap((e) => (e.isDirectory() && readdirSync(join(FOLDER, e.name)).includes("model.onnx") ? [e.name] : []));

const read = (family: string) => {
  const tensor = (what: string) => toTensorData(readOnnxTensor(readFileSync(join(FOLDER, family, "test_data_set_0", `${what}_0.pb`)), what).tensor);
  return { network: readOnnxNetwork(readFileSync(join(FOLDER, family, "model.onnx")), family), input: tensor("input"), output: tensor("output"), gradient: tensor("gradient") };
};

/** The largest difference beside the largest number. */
function difference(got: ArrayLike<number>, want: ArrayLike<number>): number {
  let [most, off] = [0, 0];
  for (let i = 0; i < want.length; i++) {
    most = Math.max(most, Math.abs(want[i]!));
    off = Math.max(off, Math.abs(got[i]! - want[i]!));
  }
  return got.length === want.length ? off / most : Infinity;
}

test("there is a fixture of every family", () => {
  expect(FAMILIES).toEqual(["arcface", "convnext", "decoder", "inception", "mobilenet-v2", "mobilenet-v3", "resnet", "shufflenet", "signal", "squeezenet", "vgg", "volume"]);
});

test.each(FAMILIES)("%s computes what PyTorch computes, to 1e-5", async (family) => {
  const { network, input, output } = read(family);
  const { backend } = await resolveBackend();
  const results = await computeNetwork(network, { input }, ["output"], backend);
  expect(results["output"]!.shape).toEqual(output.shape);
  expect(difference(results["output"]!.data, output.data)).toBeLessThan(1e-5);
});

test.each(FAMILIES)("%s has the gradient that PyTorch has, to 1e-4", async (family) => {
  const { network, input, output, gradient } = read(family);
  const b = new Builder();
  const x = b.input("input", input);
  const y = network.build(b, { input: x }, ["output"]).get("output")!;
  const n = output.data.length;
  const weights = b.floats(output.shape, Float32Array.from({ length: n }, (_, i) => -1 + (2 * i) / (n - 1)));
  const [grad] = differentiate(b, b.sum(b.mul(y, weights)), [x]);
  const executable = await referenceBackend.compile(optimise(b.build({ grad: grad! })));
  const results = await executable.run({ input });
  expect(difference(results["grad"]!.data, gradient.data)).toBeLessThan(1e-4);
});

test.each(FAMILIES)("%s: every layer can be written, and each is fed by inputs or by layers before it", (family) => {
  const { network, input } = read(family);
  const known = new Set(network.inputs.map((i) => i.name));
  for (const layer of network.layers) {
    expect(layer.from.length).toBeGreaterThan(0);
    for (const name of layer.from) expect(known).toContain(name);
    known.add(layer.name);
  }
  const b = new Builder();
  const written = network.build(b, { input: b.input("input", input) }, network.layers.map((l) => l.name));
  for (const layer of network.layers) if (layer.channels !== null && written.get(layer.name)!.shape.length > 2) expect(written.get(layer.name)!.shape).toContain(layer.channels);
});
