/** What a caller hands in is told apart before anything computes with it. */
import { GraphError, type InputPort, type PortType } from "@patchbay/graph-core";
import { expect, it } from "vitest";
import { NodeFailure, type Host } from "../node-api/host.ts";
import { givenProblem } from "./check-given.ts";
import { loadGraph } from "./load-graph.ts";
import { run } from "./run.ts";
import { testGraph, testNodes } from "./test-nodes.ts";

const port: InputPort = { name: "image", doc: "A picture.", type: { kind: "tensor", dtype: "float32", shape: [1, "H", "W", 3], meaning: "image" } };
const tensor = (shape: number[], length: number) => ({ kind: "tensor", dtype: "float32", shape, data: new Float32Array(length) });

it.each([
  [tensor([1, 4, 4, 3], 48)],
  [{ kind: "image", width: 4, height: 2, data: new Uint8Array(24) }],
])("takes what fits", (value) => expect(givenProblem(value, port)).toBeNull());

it("takes what a wire would convert", () => {
  const layer: InputPort = { ...port, type: { kind: "tensor", dtype: "float32", shape: ["N", "H", "W", "C"] } };
  expect(givenProblem({ kind: "activations", network: "n", layers: [{ name: "a", tensor: tensor([1, 4, 4, 3], 48) }] }, layer)).toBeNull();
  expect(givenProblem({ kind: "number", value: 3 }, { ...port, type: { kind: "tensor", dtype: "float32", shape: [], meaning: "loss" } })).toBeNull();
});

const dataset = { kind: "dataset", example: [2], data: new Float32Array(6), classes: ["a"], labels: new Int32Array(3), heldOut: new Uint8Array(3), names: ["x", "y", "z"] };

it("takes datasets and networks, as a Trainer hands them on", () => {
  const learned: InputPort = { ...port, type: [{ kind: "dataset", example: null }, { kind: "network", input: null, output: null, layers: [] }] };
  expect(givenProblem(dataset, learned)).toBeNull();
  expect(givenProblem({ kind: "network", network: "onnx-0", title: "n", format: "onnx", files: [], output: "y" }, learned)).toBeNull();
  expect(givenProblem({ ...dataset, data: new Float32Array(5) }, learned)).toMatch(/has 5 numbers; 3 examples of \[2\] are 6/);
  expect(givenProblem({ ...dataset, names: [] }, learned)).toMatch(/has 3 labels, and 3 marks of what is held out and 0 names/);
  expect(givenProblem({ ...dataset, labels: Int32Array.of(0, 1, 0) }, learned)).toMatch(/names none of its 1 classes/);
  expect(givenProblem({ kind: "network" }, learned)).toMatch(/no “files”/);
});

it.each([
  [{ kind: "calibration" }, /needs “network”: text/],
  [{ kind: "scatter", axes: ["x", "y"], points: 3 }, /needs “points”: a list/],
  [{ kind: "series", x: [], curves: [] }, /needs “x”: an object/],
  [{ kind: "file", name: "a.gif", mime: "image/gif", bytes: [1] }, /needs “bytes”: a Uint8Array/],
  [{ kind: "decision", same: 1 }, /needs “same”: true or false/],
])("of kinds that have parts, says which is missing in %j", (value, sentence) => {
  const any: InputPort = { ...port, type: ["calibration", "scatter", "series", "file", "decision"].map((kind) => ({ kind }) as PortType) };
  expect(givenProblem(value, any)).toMatch(sentence);
});

it("of another kind than the port's, says so first", () => {
  expect(givenProblem({ kind: "calibration" }, port)).toMatch(/and a calibration was given/);
});

it("takes kinds whose parts are all there", () => {
  expect(givenProblem({ kind: "confusion", classes: ["a"], counts: [[1]] }, { ...port, type: { kind: "confusion" } })).toBeNull();
  expect(givenProblem({ kind: "scatter", axes: ["x", "y"], points: [] }, { ...port, type: { kind: "scatter" } })).toBeNull();
});

it.each([
  [3, /no value of a graph/],
  [null, /no value of a graph/],
  [{ kind: "picture" }, /“kind” is none/],
  [tensor([1, 4, 4, 3], 47), /has 47 numbers; its shape \[1,4,4,3\] wants 48/],
  [tensor([1, 4, 4, 4], 64), /3 channels are needed and 4 arrive/],
  [{ ...tensor([1, 4, 4, 3], 48), data: [1, 2] }, /Float32Array/],
  [{ kind: "image", width: 4, height: 2, data: new Uint8Array(3) }, /has 3 bytes; 4×2 pixels of red, green and blue are 24/],
  [{ kind: "text", text: "x" }, /and text was given/],
])("says what is wrong with %j", (value, sentence) => expect(givenProblem(value, port)).toMatch(sentence));

it("reports them, and paths that cannot be read, as diagnostics", async () => {
  const host = { readFile: async () => new Uint8Array(), givenPath: async () => { throw new NodeFailure("missing-file", "There is no such file."); } } as unknown as Host;
  const document = testGraph({ f: ["Folder"], s: ["Scale"] }, [], { y: "s.y", z: "f.y" });
  const graph = await loadGraph({ ...document, interface: { ...document.interface, inputs: [{ name: "x", node: "s", port: "x" }, { name: "folder", node: "f", param: "file" }] } }, { nodes: testNodes, host });
  const codes = async (inputs: { [name: string]: never }) => ((await run(graph, { inputs, backend: "reference" }).catch((e: unknown) => e)) as GraphError).diagnostics?.map((d) => d.code);
  expect(await codes({ x: 3 as never })).toEqual(["input-invalid"]);
  expect(await codes({ folder: "nowhere" as never })).toEqual(["missing-file"]);
});
