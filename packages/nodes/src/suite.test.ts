/** One suite over all nodes: each has a worked example, and the example holds on every engine, in shape, number and slope. */
import { parseGraph, serializeGraph } from "@patchbay/graph-core";
import type { BackendId } from "@patchbay/runtime";
import { Builder, type Lowered, type LoweredActivations, type NodeCase, type RunnableNode, type RuntimeValue, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { paramValues } from "@patchbay/graph-core";
import { describe, expect, test } from "vitest";
import { BACKENDS } from "../../runtime/src/backends/resolve.ts";
import { createDefaultHost } from "../../runtime/src/host/default-node.ts";
import { gradientErrors } from "../../runtime/src/passes/check-gradient.ts";
import { nodes } from "./index.ts";
import { loadCases } from "./testing/cases.ts";
import { caseGraph, contradiction, difference, runCase } from "./testing/run-case.ts";

const cases = await loadCases();

/** How much more than the case's own tolerance an engine in float32 may differ. */
const ENGINES: readonly { id: BackendId; atLeast: number }[] = [
  { id: "reference", atLeast: 0 },
  { id: "onnx-native", atLeast: 2e-5 },
  { id: "onnx-wasm", atLeast: 5e-5 },
];
const available = new Map<BackendId, true | string>();
for (const { id } of ENGINES) {
  const probe = await (await BACKENDS[id]()).probe();
  available.set(id, probe.available ? true : probe.reason);
}

const all = nodes.declarations.flatMap((node) => (cases.get(node.type) ?? []).map((example) => ({ node, example, title: `${node.type}: ${example.name}` })));

test.each(nodes.declarations.map((n) => [n.type, n] as const))("%s says what it is and has a worked example", (type, node) => {
  expect(cases.get(type)?.length ?? 0, "a case file beside the node").toBeGreaterThan(0);
  expect(node.doc).toMatch(/\.$/);
  for (const thing of [...node.inputs, ...node.outputs]) expect(thing.doc, thing.name).toMatch(/\.$/);
  for (const param of node.params) expect(param.help, param.name).toMatch(/\.$/);
  if (node.formula) expect(node.source ?? node.doc).toBeTruthy();
  expect([node.lower, node.evaluate, node.optimise, node.train, node.passThrough].some(Boolean)).toBe(true);
});

for (const { id, atLeast } of ENGINES)
  describe.skipIf(available.get(id) !== true)(`on ${id}`, () => {
    test.each(all.filter(({ node, example }) => runs(node) && fits(example, id)).map((c) => [c.title, c] as const))("%s", async (_title, { node, example }) => {
      const { result, types } = await runCase(node, example, id);
      for (const [port, expected] of Object.entries(example.expected)) {
        const found = result.outputs[port];
        if (!found) throw new Error(`nothing came out of ${port}`);
        expect(contradiction(types.get(`node.${port}`), found), port).toBeNull();
        if (typeof expected === "function") expected(found);
        else expect(difference(found, expected), `${port}: ${show(found)} for ${show(expected)}`).toBeLessThanOrEqual(Math.max(example.tolerance ?? 1e-5, atLeast));
      }
    });
  });

describe("gradients against central differences in float64", () => {
  const lowered = all.filter(({ example }) => example.differentiable?.length);
  test.each(lowered.map((c) => [c.title, c] as const))("%s", async (_title, { node, example }) => {
    const { program, inputs } = await lowerCase(node, example);
    for (const { input, error } of gradientErrors(program, inputs)) expect(error, input).toBeLessThan(1e-6);
  });
});

test.each(all.map((c) => [c.title, c] as const))("%s survives its file", (_title, { node, example }) => {
  const { document, registry } = caseGraph(node, example);
  const text = serializeGraph(document);
  const { document: read, diagnostics } = parseGraph(text, { registry });
  expect(diagnostics).toEqual([]);
  expect(serializeGraph(read!)).toBe(text);
  expect(read!.nodes.find((n) => n.id === "node")!.params).toEqual(example.params ?? {});
});

/** Optimisers and trainers need a graph around them: they have tests of their own. */
const runs = (node: RunnableNode) => node.role !== "optimiser" && node.role !== "trainer";

/** The reference engine is for small sizes: large pictures through whole networks would take it minutes. */
function fits(example: NodeCase, id: BackendId): boolean {
  const size = Object.values(example.inputs ?? {}).reduce((n, v) => n + (v.kind === "tensor" || v.kind === "dataset" ? v.data.length : 0), 0);
  return id !== "reference" || size < 20_000;
}

const show = (value: RuntimeValue) => (value.kind === "tensor" ? `${value.dtype}[${value.shape}] ${Array.from(value.data.subarray(0, 24))}` : JSON.stringify(value).slice(0, 400));

/** The node as a program whose inputs are those that the case calls differentiable; the rest are constants. */
async function lowerCase(node: RunnableNode, example: NodeCase) {
  const params = paramValues({ params: example.params ?? {} }, node);
  const host = await createDefaultHost({});
  const prepared = await node.prepare?.({ params, host, readFile: () => Promise.reject(new Error("no files here")) });
  const b = new Builder();
  const inputs: { [name: string]: TensorData } = {};
  const declare = (name: string, tensor: TensorData): Value => {
    if (!example.differentiable!.includes(name.split("/")[0]!)) return b.constant(tensor);
    inputs[name] = tensor;
    return b.input(name, tensor);
  };
  const lower = (name: string, value: RuntimeValue): Lowered => {
    if (value.kind === "tensor") return declare(name, value);
    if (value.kind !== "activations") throw new Error(`a ${value.kind} cannot be lowered`);
    return { kind: "activations", network: value.network, layers: value.layers.map((l) => ({ name: l.name, value: declare(`${name}/${l.name}`, l.tensor) })) };
  };
  const isKnown = (name: string): boolean => node.inputs.some((port) => port.name === name && port.known);
  const given = Object.entries(example.inputs ?? {});
  const outputs = node.lower!({
    b, params, prepared, known: Object.fromEntries(given.filter(([name]) => isKnown(name))), weight: (_, start) => b.constant(start()),
    inputs: Object.fromEntries(given.filter(([name]) => !isKnown(name)).map(([name, value]) => [name, lower(name, value)])),
    inputLists: Object.fromEntries(Object.entries(example.inputLists ?? {}).map(([name, list]) => [name, list.map((value, i) => lower(`${name}/${i}`, value))])),
  });
  const flat: { [name: string]: Value } = {};
  for (const [port, value] of Object.entries(outputs))
    if ("kind" in value) for (const l of (value as LoweredActivations).layers) flat[`${port}/${l.name}`] = l.value;
    else flat[port] = value;
  return { program: b.build(flat), inputs };
}
