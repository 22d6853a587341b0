/** What an ONNX file says of itself once read, and that its shape arithmetic is gone once written. */
import { expect, test } from "vitest";
import { evaluate64 } from "../../backends/reference/evaluate.ts";
import { Builder } from "../../ir/builder.ts";
import { checkProgram } from "../../ir/check.ts";
import { NetworkValueNeeded } from "../../networks/network-source.ts";
import { NodeFailure } from "../../node-api/host.ts";
import { TensorProto_DataType as DataType } from "../generated/onnx_pb.ts";
import { readOnnxNetwork } from "./onnx-network.ts";
import { floats, int64s, spread, testGraph, testModel, type TestNode } from "./test-model.ts";

/** Convolution, pool and classifier as torch exports them, with the shape of the flattened features computed from the input's. */
const CNN: readonly TestNode[] = [
  { op: "Conv", name: "/features/0/Conv", inputs: ["image", "f.weight", "f.bias"], outputs: ["c"], attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2] } },
  { op: "Relu", name: "/features/1/Relu", inputs: ["c"], outputs: ["r"] },
  { op: "MaxPool", name: "pool", inputs: ["r"], outputs: ["p"], attributes: { kernel_shape: [2, 2], strides: [2, 2], auto_pad: "SAME_UPPER" } },
  { op: "Shape", name: "", inputs: ["p"], outputs: ["s"] },
  { op: "Gather", name: "", inputs: ["s", "zero"], outputs: ["n"] },
  { op: "Unsqueeze", name: "", inputs: ["n", "zeros"], outputs: ["n1"] },
  { op: "Concat", name: "", inputs: ["n1", "rest"], outputs: ["target"], attributes: { axis: 0 } },
  { op: "Reshape", name: "", inputs: ["p", "target"], outputs: ["flat"] },
  { op: "Transpose", name: "", inputs: ["l.weight"], outputs: ["turned"], attributes: { perm: [1, 0] } },
  { op: "MatMul", name: "", inputs: ["flat", "turned"], outputs: ["scores"] },
];
const CONSTANTS = [
  floats("f.weight", [4, 3, 3, 3], spread([4, 3, 3, 3])), floats("f.bias", [4], spread([4])), floats("l.weight", [5, 16], spread([5, 16])),
  int64s("zero", [], [0]), int64s("zeros", [1], [0]), int64s("rest", [1], [-1]),
];
const cnn = () => readOnnxNetwork(testModel({ nodes: CNN, inputs: [{ name: "image", shape: [null, 3, 8, 8] }], outputs: ["scores"], constants: CONSTANTS }), "cnn.onnx");

test("ports, layers and weights are read without running anything", () => {
  const network = cnn();
  expect(network.inputs).toEqual([{ name: "image", dtype: "float32", shape: [null, 3, 8, 8] }]);
  expect([network.opaque, network.unsafe]).toEqual([null, null]);
  expect([...network.weights.keys()]).toEqual(["f.weight", "f.bias", "l.weight"]);
  const window = { kernel: [3, 3], strides: [2, 2], dilations: [1, 1], padLow: [1, 1], padHigh: [1, 1] };
  expect(network.layers).toEqual([
    { name: "/features/0/Conv", op: "Conv", channels: 4, channelAxis: "first", reach: "window", window, from: ["image"] },
    { name: "/features/1/Relu", op: "Relu", channels: 4, channelAxis: "first", reach: "point", from: ["/features/0/Conv"] },
    { name: "pool", op: "MaxPool", channels: 4, channelAxis: "first", reach: "window", window: { kernel: [2, 2], strides: [2, 2], dilations: [1, 1], padLow: [0, 0], padHigh: [0, 0], autoPad: "SAME_UPPER" }, from: ["/features/1/Relu"] },
    { name: "scores", op: "MatMul", channels: null, reach: "all", from: ["pool"] },
  ]);
});

test("shape arithmetic is folded, and only what is wanted is written", () => {
  const b = new Builder();
  const image = b.input("image", { dtype: "float32", shape: [2, 3, 8, 8] });
  const written = cnn().build(b, { image }, ["scores", "pool"]);
  expect([...written].map(([name, v]) => [name, v.shape])).toEqual([["scores", [2, 5]], ["pool", [2, 4, 2, 2]]]);
  expect(b.equations.map((e) => e.op).filter((op) => op !== "constant")).toEqual(["conv", "clip", "maxPool", "reshape", "matmul"]);
  const first = new Builder();
  cnn().build(first, { image: first.input("image", { dtype: "float32", shape: [1, 3, 8, 8] }) }, ["/features/0/Conv"]);
  expect(first.equations.at(-1)!.op).toBe("conv");
});

test("training puts variables in the place of weights", () => {
  const b = new Builder();
  const image = b.input("image", { dtype: "float32", shape: [1, 3, 8, 8] });
  const asked: string[] = [];
  cnn().build(b, { image }, ["scores"], (name, data) => {
    asked.push(name);
    return b.input(name, data);
  });
  expect(asked).toEqual(["f.weight", "f.bias", "l.weight"]);
  expect(b.equations.find((e) => e.op === "conv")!.inputs[1]).toBe(1);
});

test("inputs of the wrong dtype, rank or length, missing inputs and unknown layers are sentences", () => {
  const refused = (shape: number[], wanted = "scores", name = "image", dtype: "float32" | "int32" = "float32") => {
    const b = new Builder();
    try {
      cnn().build(b, { [name]: b.input(name, { dtype, shape }) }, [wanted]);
    } catch (error) {
      return error instanceof NodeFailure ? `${error.code}: ${error.message}` : `${error}`;
    }
    return "nothing";
  };
  expect(refused([1, 3, 9, 8])).toBe("network-shape: cnn.onnx: its input “image” has the shape [?,3,8,8], and [1,3,9,8] was given.");
  expect(refused([3, 8, 8])).toMatch(/^network-shape: .*has 4 axes/);
  expect(refused([1, 3, 8, 8], "scores", "image", "int32")).toMatch(/^network-shape: .*is float32, and int32 was given/);
  expect(refused([1, 3, 8, 8], "scores", "picture")).toMatch(/^network-shape: .*input “image” is not given/);
  expect(refused([1, 3, 8, 8], "fc7")).toMatch(/^network-shape: .*no layer and no output “fc7”\. It has .*“pool”.*“scores”\./);
});

test("an input whose value decides a shape must be known, and is named", () => {
  const network = readOnnxNetwork(testModel({
    nodes: [{ op: "Mul", inputs: ["shape", "twice"], outputs: ["target"] }, { op: "Reshape", inputs: ["x", "target"], outputs: ["y"] }],
    inputs: [{ name: "x", shape: [12] }, { name: "shape", shape: [2], type: DataType.INT64 }], outputs: ["y"], constants: [int64s("twice", [1], [2])],
  }), "reshape.onnx");
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [12] });
  let failure: unknown;
  try {
    network.build(b, { x, shape: b.input("shape", { dtype: "int32", shape: [2] }) }, ["y"]);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(NetworkValueNeeded);
  expect((failure as NetworkValueNeeded).input).toBe("shape");
  expect(network.build(b, { x, shape: b.ints([2], [1, 3]) }, ["y"]).get("y")!.shape).toEqual([2, 6]);
});

test("a file with an operator outside the set is opaque, and the operator is named", () => {
  const network = readOnnxNetwork(testModel({ nodes: [{ op: "GridSample", name: "warp", inputs: ["x", "g"], outputs: ["y"] }], inputs: [{ name: "x", shape: [1, 1, 4, 4] }, { name: "g", shape: [1, 4, 4, 2] }], outputs: ["y"] }), "warp.onnx");
  expect(network.opaque).toBe("warp.onnx cannot be opened up: the operator GridSample (“warp”) is outside the set that can be differentiated. It can still be run as a whole, without a gradient.");
  expect([network.layers, network.weights.size, network.unsafe]).toEqual([[], 0, null]);
  const b = new Builder();
  expect(() => network.build(b, {}, ["y"])).toThrow(NodeFailure);
});

test("integers narrower than 32 bits wrap around as they do elsewhere", () => {
  const network = readOnnxNetwork(testModel({ nodes: [{ op: "Add", inputs: ["x", "x"], outputs: ["y"] }], inputs: [{ name: "x", shape: [3], type: DataType.UINT8 }], outputs: ["y"] }), "add.onnx");
  const b = new Builder();
  const y = network.build(b, { x: b.input("x", { dtype: "int32", shape: [3] }) }, ["y"]).get("y")!;
  expect([...evaluate64(b.build({ y }), { x: { shape: [3], data: Int32Array.of(1, 128, 255) } })["y"]!.data]).toEqual([2, 0, 254]);
});

test("a constant that is only handed on keeps its numbers", () => {
  const network = readOnnxNetwork(testModel({
    nodes: [{ op: "Identity", inputs: ["k"], outputs: ["same"] }, { op: "Add", inputs: ["x", "same"], outputs: ["y"] }], inputs: [{ name: "x", shape: [3] }], outputs: ["y"], constants: [floats("k", [2, 1], [10, 20])],
  }), "identity.onnx");
  const b = new Builder();
  const y = network.build(b, { x: b.input("x", { dtype: "float32", shape: [3] }) }, ["y"]).get("y")!;
  checkProgram(b.build({ y }));
  expect([...evaluate64(b.build({ y }), { x: { shape: [3], data: Float32Array.of(1, 2, 3) } })["y"]!.data]).toEqual([11, 12, 13, 21, 22, 23]);
});

test("an If whose condition follows from shapes is the branch that they choose", () => {
  const branch = (op: string) => ({ graph: testGraph({ nodes: [{ op, inputs: ["x"], outputs: ["z"] }], inputs: [], outputs: ["z"] }) });
  const network = readOnnxNetwork(testModel({
    nodes: [
      { op: "Shape", inputs: ["x"], outputs: ["s"] }, { op: "Gather", inputs: ["s", "first"], outputs: ["n"] }, { op: "Equal", inputs: ["n", "one"], outputs: ["single"] },
      { op: "If", inputs: ["single"], outputs: ["y"], attributes: { then_branch: branch("Neg"), else_branch: branch("Exp") } },
    ],
    inputs: [{ name: "x", shape: [null, 2] }], outputs: ["y"], constants: [int64s("first", [], [0]), int64s("one", [], [1])],
  }), "if.onnx");
  expect(network.opaque).toBeNull();
  const ops = (n: number) => {
    const b = new Builder();
    network.build(b, { x: b.input("x", { dtype: "float32", shape: [n, 2] }) }, ["y"]);
    return b.equations.map((e) => e.op);
  };
  expect([ops(1), ops(2)]).toEqual([["neg"], ["exp"]]);
});

test("an average that counts padding does not count what rounding up reaches past it", () => {
  const average = (attributes: { [name: string]: number | number[] }) => readOnnxNetwork(testModel({
    nodes: [{ op: "AveragePool", inputs: ["x"], outputs: ["y"], attributes: { kernel_shape: [2], strides: [2], ceil_mode: 1, count_include_pad: 1, ...attributes } }], inputs: [{ name: "x", shape: [1, 1, 5] }], outputs: ["y"],
  }), "average.onnx");
  const run = (network: ReturnType<typeof average>) => {
    const b = new Builder();
    const y = network.build(b, { x: b.input("x", { dtype: "float32", shape: [1, 1, 5] }) }, ["y"]).get("y")!;
    return [...evaluate64(b.build({ y }), { x: { shape: [1, 1, 5], data: Float32Array.of(1, 2, 3, 4, 5) } })["y"]!.data];
  };
  expect(run(average({}))).toEqual([1.5, 3.5, 5]);
  expect(run(average({ pads: [1, 1] }))).toEqual([0.5, 2.5, 4.5]); // the fourth would begin past the input
  expect(run(average({ count_include_pad: 0, pads: [1, 1] }))).toEqual([1, 2.5, 4.5]);
});

test("an attribute that the rule does not know is refused by name", () => {
  const network = readOnnxNetwork(testModel({ nodes: [{ op: "Relu", inputs: ["x"], outputs: ["y"], attributes: { leak: 0.5 } }], inputs: [{ name: "x", shape: [2] }], outputs: ["y"] }), "leak.onnx");
  const b = new Builder();
  expect(() => network.build(b, { x: b.input("x", { dtype: "float32", shape: [2] }) }, ["y"])).toThrow("leak.onnx: the operator Relu cannot be computed here: its attribute leak is not known.");
});
