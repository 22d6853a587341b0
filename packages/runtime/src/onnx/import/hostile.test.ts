/** Files that are broken, or were made to break their reader: a sentence each, in bounded time and memory. */
import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { Builder } from "../../ir/builder.ts";
import { NodeFailure } from "../../node-api/host.ts";
import { StringStringEntryProtoSchema, TensorProto_DataLocation as Location, TensorProto_DataType as DataType, TensorProtoSchema, type GraphProto, type TensorProto } from "../generated/onnx_pb.ts";
import { readOnnxNetwork } from "./onnx-network.ts";
import { floats, int64s, spread, testGraph, testModel, type TestNode } from "./test-model.ts";

const NODES: readonly TestNode[] = [
  { op: "Conv", inputs: ["x", "w", "b"], outputs: ["c"], attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } },
  { op: "BatchNormalization", inputs: ["c", "b", "b", "b", "one"], outputs: ["n"] },
  { op: "Clip", inputs: ["n", "low"], outputs: ["r"] },
  { op: "Resize", inputs: ["r", "", "scales"], outputs: ["u"], attributes: { mode: "linear" } },
  { op: "AveragePool", inputs: ["u"], outputs: ["p"], attributes: { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 } },
  { op: "Pad", inputs: ["p", "pads"], outputs: ["q"] },
  { op: "Reshape", inputs: ["q", "shape"], outputs: ["y"] },
];
const model = () => testModel({
  nodes: NODES, inputs: [{ name: "x", shape: [1, 2, 5, 5] }], outputs: ["y"],
  constants: [floats("w", [2, 2, 3, 3], spread([2, 2, 3, 3])), floats("b", [2], [1, 2]), floats("one", [2], [1, 1]), floats("low", [], [0]), floats("scales", [4], [1, 1, 2, 2]), int64s("pads", [8], [0, 0, 1, 0, 0, 0, 0, 1]), int64s("shape", [2], [1, -1])],
});

/** Reads and writes a file; anything but a NodeFailure is let through, and so fails the test. */
function attempt(bytes: Uint8Array): string {
  try {
    const network = readOnnxNetwork(bytes, "hostile.onnx");
    if (network.opaque) return "opaque";
    const b = new Builder();
    const inputs = Object.fromEntries(network.inputs.map((p) => [p.name, b.input(p.name, { dtype: "float32", shape: p.shape.map((d) => d ?? 1) })]));
    network.build(b, inputs, network.outputs.map((o) => o.name));
    return "written";
  } catch (error) {
    if (!(error instanceof NodeFailure)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const raw = (nodes: readonly TestNode[], constants: readonly TensorProto[] = []) => attempt(testModel({ nodes, constants, inputs: [{ name: "x", shape: [1, 2, 4, 4] }], outputs: ["y"] }));

test("the whole file is written; cut off anywhere it is a sentence", () => {
  const bytes = model();
  expect(attempt(bytes)).toBe("written");
  for (let length = 0; length < bytes.length; length += 3) expect(attempt(bytes.subarray(0, length))).toMatch(/^(network-|opaque|written)/);
  expect(attempt(bytes.subarray(0, bytes.length >> 1))).toMatch(/^network-damaged: hostile\.onnx cannot be read as a network: It is no ONNX file, or a part of one/);
});

test("flipped bits, seeded, never end in anything but a network or a sentence", () => {
  const bytes = model();
  let state = 12345;
  const random = (below: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
  const seen = new Map<string, number>();
  for (let round = 0; round < 1500; round++) {
    const copy = bytes.slice();
    for (let flips = 1 + random(4); flips > 0; flips--) copy[random(copy.length)]! ^= 1 << random(8);
    const what = attempt(copy).split(":")[0]!;
    seen.set(what, (seen.get(what) ?? 0) + 1);
  }
  // The seed reaches each kind of end.
  expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(["network-damaged", "network-shape", "opaque", "written"]));
}, 60_000);

describe("small files that would become large in memory", () => {
  /** `graph { … }` of one two-byte field over and over. */
  const repeated = (field: number, times: number) => {
    const inner = new Uint8Array(2 * times);
    for (let i = 0; i < times; i++) inner[2 * i] = (field << 3) | 2;
    return Uint8Array.from([0x3a, ...varint(inner.length), ...inner]);
  };
  test.each([["nodes", 1], ["tensors", 5], ["inputs", 11]])("two million %s of nothing", (_what, field) => {
    expect(attempt(repeated(field, 2_000_000))).toMatch(/^network-too-large: .*more than 1000000 fields/);
  });
  test("whole numbers of one byte each", () => {
    const list = new Uint8Array(2 ** 24 + 1);
    const tensor = [...varint(list.length)];
    const head = [0x3a, ...varint(list.length + tensor.length + 6), 0x2a, ...varint(list.length + tensor.length + 1), 0x3a, ...tensor];
    const bytes = new Uint8Array(head.length + list.length);
    bytes.set(head);
    bytes.set(list, head.length);
    expect(attempt(bytes)).toMatch(/^network-too-large: .*whole numbers one by one/);
  });
  test("ten thousand inputs beside ten thousand constants are told apart", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => i);
    const bytes = testModel({ nodes: [{ op: "Relu", inputs: ["x0"], outputs: ["y"] }], inputs: many.map((i) => ({ name: `x${i}`, shape: [1] })), outputs: ["y"], constants: many.map((i) => int64s(`c${i}`, [], [i])) });
    expect(readOnnxNetwork(bytes, "many.onnx").inputs).toHaveLength(10_000);
  });
});

test.each([["nothing", new Uint8Array()], ["text", new TextEncoder().encode("<!DOCTYPE html><html>404</html>")], ["zeros", new Uint8Array(1000)], ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)]])("%s is no network", (_what, bytes) => {
  expect(attempt(bytes)).toMatch(/^network-damaged: /);
});

describe("tensors that say more than they hold", () => {
  const of = (dims: readonly (number | bigint)[], bytes = 4, dataType = DataType.FLOAT) => raw([{ op: "Add", inputs: ["x", "t"], outputs: ["y"] }], [create(TensorProtoSchema, { name: "t", dims: dims.map(BigInt), dataType, rawData: new Uint8Array(bytes) })]);
  test.each([[[2 ** 40]], [[2 ** 31, 2 ** 31]], [[-1]], [[9007199254740993n, 1024]], [[3]]])("[%s]", (dims) => {
    expect(of(dims)).toMatch(/^network-damaged: .*tensor “t”/);
  });
  test("half a number", () => expect(of([1], 3)).toMatch(/^network-damaged: .*no whole number of float32/));
  test("text", () => expect(of([1], 0, DataType.STRING)).toBe("opaque"));
});

describe("operators that would fill the memory", () => {
  const huge = 2 ** 20;
  const shape = (values: readonly number[]) => int64s("s", [values.length], values);
  test.each<[string, TestNode[], TensorProto[]]>([
    ["ConstantOfShape", [{ op: "ConstantOfShape", inputs: ["s"], outputs: ["y"] }], [shape([huge, huge])]],
    ["Expand", [{ op: "Expand", inputs: ["w", "s"], outputs: ["y"] }], [shape([huge, huge]), floats("w", [1, 1], [1])]],
    ["Tile", [{ op: "Tile", inputs: ["x", "s"], outputs: ["y"] }], [shape([huge, huge, 1, 1])]],
    ["Pad", [{ op: "Pad", inputs: ["x", "s"], outputs: ["y"] }], [shape([0, 0, huge, huge, 0, 0, huge, huge])]],
    ["Range", [{ op: "Range", inputs: ["a", "b", "c"], outputs: ["y"] }], [int64s("a", [], [0]), int64s("b", [], [2 ** 40]), int64s("c", [], [1])]],
    ["Resize", [{ op: "Resize", inputs: ["x", "", "", "s"], outputs: ["y"], attributes: { mode: "linear" } }], [shape([1, 2, huge, huge])]],
    ["Resize to the nearest", [{ op: "Resize", inputs: ["x", "", "", "s"], outputs: ["y"] }], [shape([1, 2, 2 ** 40, 4])]],
    ["AveragePool", [{ op: "AveragePool", inputs: ["x"], outputs: ["y"], attributes: { kernel_shape: [9000, 9000], pads: [8999, 8999, 8999, 8999] } }], []],
    ["MaxPool with gaps", [{ op: "MaxPool", inputs: ["x"], outputs: ["y"], attributes: { kernel_shape: [100000, 1], dilations: [2, 1], pads: [200000, 0, 0, 0] } }], []],
    ["Concat, doubled forty times", Array.from({ length: 40 }, (_, i) => ({ op: "Concat", inputs: Array(2).fill(i ? `v${i - 1}` : "x") as string[], outputs: [i === 39 ? "y" : `v${i}`], attributes: { axis: 0 } })), []],
  ])("%s", (_name, nodes, constants) => {
    expect(raw(nodes, constants)).toMatch(/^network-(too-large|shape|unsupported): hostile\.onnx/);
  });
});

describe("data in other files", () => {
  const external = (location: string) => create(TensorProtoSchema, {
    name: "t", dims: [4n], dataType: DataType.FLOAT, dataLocation: Location.EXTERNAL, externalData: [create(StringStringEntryProtoSchema, { key: "location", value: location })],
  });
  test.each(["weights.bin", "../../etc/passwd", "/etc/passwd"])("%s", (location) => {
    expect(raw([{ op: "Add", inputs: ["x", "t"], outputs: ["y"] }], [external(location)])).toBe(
      `network-unsupported: hostile.onnx keeps its tensor “t” in another file (${location}), which is not read. Save the model with its data embedded: onnx.save(onnx.load(path), path).`);
  });
  test("also inside a loop's body, which would be run as a whole", () => {
    const body = testGraph({ nodes: [{ op: "Identity", inputs: ["t"], outputs: ["z"] }], inputs: [], outputs: ["z"], constants: [external("/etc/shadow")] });
    expect(raw([{ op: "Loop", inputs: ["", ""], outputs: ["y"], attributes: { body: { graph: body } } }])).toMatch(/^network-unsupported: .*\/etc\/shadow/);
  });
});

describe("loops", () => {
  const body = testGraph({ nodes: [{ op: "Identity", inputs: ["keep"], outputs: ["again"] }], inputs: [{ name: "i", shape: [] }, { name: "keep", shape: [], type: DataType.BOOL }], outputs: ["again"] });
  const loop = (rounds: string, constants: readonly TensorProto[] = [], inside: GraphProto = body) =>
    readOnnxNetwork(testModel({ nodes: [{ op: "Loop", name: "spin", inputs: [rounds, "on"], outputs: ["y"], attributes: { body: { graph: inside } } }], inputs: [{ name: "on", shape: [], type: DataType.BOOL }, { name: "m", shape: [], type: DataType.INT64 }], outputs: ["y"], constants: [...constants] }), "loop.onnx");
  test("without an end are never run", () => {
    for (const network of [loop(""), loop("m"), loop("n", [int64s("n", [], [2 ** 40])]), loop("n", [int64s("n", [], [-1])])]) {
      expect(network.opaque).toMatch(/the operator Loop \(“spin”\) is outside the set/);
      expect(network.unsafe).toMatch(/^loop\.onnx holds the operator Loop \(“spin”\).*could run forever and could not be stopped/);
    }
  });
  test("of a few rounds may be run as a whole; loops in loops multiply", () => {
    const thousand = int64s("n", [], [5000]);
    expect(loop("n", [thousand]).unsafe).toBeNull();
    const nested = testGraph({ nodes: [{ op: "Loop", inputs: ["n", "on"], outputs: ["z"], attributes: { body: { graph: body } } }], inputs: [], outputs: ["z"], constants: [thousand] });
    expect(loop("n", [thousand], nested).unsafe).toMatch(/without a fixed number of rounds/);
  });
  test("nested too deeply are a sentence", () => {
    let graph = body;
    for (let i = 0; i < 20; i++) graph = testGraph({ nodes: [{ op: "If", inputs: ["c"], outputs: ["z"], attributes: { then_branch: { graph } } }], inputs: [], outputs: ["z"] });
    expect(raw([{ op: "If", inputs: ["c"], outputs: ["y"], attributes: { then_branch: { graph } } }])).toMatch(/^network-damaged: .*nested more than 16 deep/);
    expect(attempt(nestedBytes(50_000))).toMatch(/^network-damaged: /);
  });
});

test("values that nothing computes, that are computed twice, or that wait for each other are a damaged file", () => {
  expect(raw([{ op: "Relu", inputs: ["ghost"], outputs: ["y"] }])).toMatch(/^network-damaged: .*reads the value “ghost”/);
  expect(raw([{ op: "Relu", inputs: ["x"], outputs: ["y"] }, { op: "Neg", inputs: ["x"], outputs: ["y"] }])).toMatch(/^network-damaged: .*computed twice/);
  expect(raw([{ op: "Relu", inputs: ["z"], outputs: ["y"] }, { op: "Neg", inputs: ["y"], outputs: ["z"] }])).toMatch(/^network-damaged: /);
  expect(raw([{ op: "Relu", inputs: ["x"], outputs: ["z"] }])).toMatch(/^network-damaged: .*Nothing computes its output “y”/);
});

/** A model whose graph holds a node with an attribute with a graph with a node …, written from the inside out. */
function nestedBytes(levels: number): Uint8Array {
  const tags = [0x0a, 0x2a, 0x32]; // GraphProto.node, NodeProto.attribute, AttributeProto.g
  const heads: number[][] = [];
  let length = 0;
  for (let i = 0; i < 3 * levels; i++) {
    const head = [tags[2 - (i % 3)]!, ...varint(length)];
    heads.push(head);
    length += head.length;
  }
  return Uint8Array.from([0x3a, ...varint(length), ...heads.reverse().flat()]);
}

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)];
}
