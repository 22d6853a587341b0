/** What a written model holds: names, shared constants, documentation, and nothing that no output needs. */
import { fromBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { Builder } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import { ModelProtoSchema, TensorProto_DataType as DataType } from "./generated/onnx_pb.ts";
import { lowerProgram, programToOnnx, type OnnxOptions } from "./program-to-onnx.ts";

const graphOf = (program: Program, options?: OnnxOptions) => fromBinary(ModelProtoSchema, programToOnnx(program, options)).graph!;
const opTypes = (program: Program) => graphOf(program).node.map((n) => n.opType);
const image = { dtype: "float32", shape: [1, 3, 8, 8] } as const;

test("inputs and outputs keep their names, dtypes, shapes and documentation", () => {
  const b = new Builder();
  const x = b.input("x", image);
  const i = b.input("shift", { dtype: "int32", shape: [] });
  const model = fromBinary(ModelProtoSchema, programToOnnx(b.build({ rolled: b.roll(x, i, 2), mask: b.gt(x, 0) }), {
    name: "demo", docString: "A demonstration.", metadata: { seed: "7" }, docs: { shift: "rows", mask: "where positive" },
  }));
  expect([model.irVersion, model.opsetImport.map((o) => [o.domain, o.version])]).toEqual([8n, [["", 17n]]]);
  expect([model.docString, model.metadataProps.map((p) => [p.key, p.value])]).toEqual(["A demonstration.", [["seed", "7"]]]);
  const describe = (infos: NonNullable<typeof model.graph>["input"]) =>
    infos.map((v) => {
      const type = v.type!.value.value as { elemType: number; shape?: { dim: { value: { value?: unknown } }[] } };
      return [v.name, DataType[type.elemType], type.shape!.dim.map((d) => Number(d.value.value)), v.docString];
    });
  expect(describe(model.graph!.input)).toEqual([["x", "FLOAT", [1, 3, 8, 8], ""], ["shift", "INT32", [], "rows"]]);
  expect(describe(model.graph!.output)).toEqual([["rolled", "FLOAT", [1, 3, 8, 8], ""], ["mask", "BOOL", [1, 3, 8, 8], "where positive"]]);
});

test("an output that is an input, a constant, or an output already is a copy under its own name", () => {
  const b = new Builder();
  const x = b.input("x", image);
  const y = b.exp(x);
  const graph = graphOf(b.build({ same: x, one: b.scalar(1), y, again: y }));
  expect(graph.node.map((n) => [n.opType, n.output[0]])).toEqual([["Exp", "y"], ["Identity", "same"], ["Identity", "one"], ["Identity", "again"]]);
});

test("an output with an input's name, as a loop's state has, is called name_next", () => {
  const b = new Builder();
  const model = lowerProgram(b.build({ x: b.exp(b.input("x", image)), x_next: b.scalar(1) }));
  expect([model.inputNames, model.outputNames]).toEqual([["x"], ["x_next_", "x_next"]]);
});

test("values of the program never clash with the names of inputs and outputs", () => {
  const b = new Builder();
  const graph = graphOf(b.build({ add_1: b.exp(b.add(b.add(b.input("add", image), 1), 1)) }));
  const names = [...graph.node.flatMap((n) => n.output), ...graph.initializer.map((i) => i.name), "add"];
  expect(new Set(names).size).toBe(names.length);
});

test("identical constants are one initialiser, as raw data; equal bytes of another shape are not", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [4] });
  const [p, q, r] = [b.floats([4], [1, 2, 3, 4]), b.floats([4], [1, 2, 3, 4]), b.floats([1, 4], [1, 2, 3, 4])];
  const { initializer } = graphOf(b.build({ y: b.add(b.mul(b.add(x, p), q), r) }));
  expect(initializer.map((i) => [i.dims.map(Number), i.rawData.byteLength, i.floatData.length])).toEqual([[[4], 16, 0], [[1, 4], 16, 0]]);
});

test("what no output needs is not written", () => {
  const b = new Builder();
  const x = b.input("x", image);
  b.conv(x, b.floats([1, 3, 1, 1], [1, 2, 3]));
  const graph = graphOf(b.build({ y: b.exp(x) }));
  expect([graph.node.map((n) => n.opType), graph.initializer.length]).toEqual([["Exp"], 0]);
});

test("an operator that broadcasts takes its operand unexpanded, unless the result needs the expansion", () => {
  const b = new Builder();
  const [x, s] = [b.input("x", image), b.input("s", { dtype: "float32", shape: [] })];
  expect(opTypes(b.build({ y: b.mul(x, b.broadcast(s, image.shape)) }))).toEqual(["Mul"]);
  expect(opTypes(b.build({ y: b.mul(b.broadcast(s, [2, 2]), b.broadcast(s, [2, 2])) }))).toEqual(["Expand", "Mul"]);
});

test("ReLU is Relu, other clips are Clip with the bounds there are", () => {
  const b = new Builder();
  const x = b.input("x", image);
  const graph = graphOf(b.build({ relu: b.relu(x), six: b.clip(x, 0, 6), above: b.clip(x, -Infinity, 1), below: b.clip(x, 1, Infinity) }));
  expect(graph.node.map((n) => [n.opType, n.input.length, n.input.includes("")])).toEqual([["Relu", 1, false], ["Clip", 3, false], ["Clip", 3, true], ["Clip", 2, false]]);
});

test("constants beyond protobuf's 2 GiB are refused", () => {
  const b = new Builder();
  const huge = { dtype: "float32" as const, shape: [2 ** 29], data: { byteLength: 2 ** 31, byteOffset: 0, buffer: new ArrayBuffer(8) } as unknown as Float32Array };
  expect(() => programToOnnx(b.build({ y: b.constant(huge) }))).toThrow(RangeError);
});
