/** The gradient of every imported operator that has one, against central differences, with respect to its inputs and its weights. */
import { expect, test } from "vitest";
import { Builder, type Value } from "../../ir/builder.ts";
import { float32, type TensorData } from "../../ir/tensor.ts";
import { gradientErrors } from "../../passes/check-gradient.ts";
import { ONNX_OPERATORS } from "./operators.ts";
import { readOnnxNetwork } from "./onnx-network.ts";
import { int64s, spread, testModel, type TestAttribute } from "./test-model.ts";

interface Case {
  readonly op: string;
  /** Shapes of the float inputs; `ints` follow as constants, "" where nothing is given. */
  readonly x: readonly (readonly number[])[];
  readonly ints?: readonly (readonly number[] | "")[];
  readonly a?: { readonly [name: string]: TestAttribute };
  /** From the raw spread of numbers to where the operator is defined and smooth. */
  readonly map?: (v: number, input: number) => number;
  readonly opset?: number;
  readonly outputs?: number;
}

const positive = (v: number) => Math.abs(v) + 0.3;
const unit = (v: number) => v / 2;
const image = [2, 4, 5, 6];
const pair = [[2, 3, 4], [3, 1]];

const CASES: readonly Case[] = [
  ...["Exp", "Sin", "Cos", "Tanh", "Sigmoid", "Erf", "Abs", "Neg", "Sinh", "Cosh", "Asinh", "Identity", "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "HardSigmoid", "HardSwish", "Softplus", "Softsign", "Clip", "Dropout"].map((op) => ({ op, x: [[3, 4]] })),
  ...["Log", "Sqrt", "Reciprocal"].map((op) => ({ op, x: [[3, 4]], map: positive })),
  { op: "Tan", x: [[3, 4]], map: unit }, { op: "Atanh", x: [[3, 4]], map: unit }, { op: "Acosh", x: [[3, 4]], map: (v) => Math.abs(v) + 1.3 },
  { op: "Clip", x: [[3, 4]], a: { min: -0.5, max: 0.7 }, opset: 9 },
  { op: "ThresholdedRelu", x: [[3, 4]], a: { alpha: 0.4 } }, { op: "Shrink", x: [[3, 4]], a: { lambd: 0.5, bias: 0.25 } }, { op: "PRelu", x: [[2, 3, 4], [3, 1]] },
  { op: "Gelu", x: [[3, 4]], opset: 20 }, { op: "Gelu", x: [[3, 4]], a: { approximate: "tanh" }, opset: 20 }, { op: "Swish", x: [[3, 4]], a: { alpha: 1.5 }, opset: 24 }, { op: "Mish", x: [[3, 4]], opset: 18 },
  ...["Add", "Sub", "Mul", "Max", "Min", "Sum", "Mean"].map((op) => ({ op, x: pair })),
  { op: "Div", x: pair, map: (v, i) => (i ? positive(v) : v) }, { op: "Pow", x: pair, map: positive }, { op: "Pow", x: [[3, 4]], ints: [[3]] }, { op: "Mod", x: pair, a: { fmod: 1 }, map: (v, i) => (i ? 5 : v) },
  { op: "Where", x: pair }, { op: "Cast", x: [[3, 4]], a: { to: 11 } }, { op: "CastLike", x: [[3, 4], [1]] },
  { op: "Conv", x: [[2, 4, 9], [6, 2, 3], [6]], a: { group: 2, strides: [2], dilations: [2], pads: [1, 2] } },
  { op: "Conv", x: [image, [3, 4, 3, 2], [3]], a: { auto_pad: "SAME_UPPER", strides: [2, 1] } },
  { op: "Conv", x: [[1, 2, 4, 3, 4], [2, 2, 2, 2, 2]], a: { pads: [1, 0, 0, 0, 1, 1] } },
  { op: "ConvTranspose", x: [[2, 4, 3, 4], [4, 2, 3, 2], [4]], a: { group: 2, strides: [2, 1], pads: [1, 0, 0, 1], output_padding: [1, 0] } },
  { op: "MaxPool", x: [image], a: { kernel_shape: [3, 2], strides: [2, 2], pads: [1, 0, 1, 1] } }, { op: "MaxPool", x: [image], a: { kernel_shape: [2, 2], dilations: [2, 3] } },
  { op: "AveragePool", x: [image], a: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 } }, { op: "AveragePool", x: [image], a: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1, count_include_pad: 1 } },
  { op: "AveragePool", x: [image], a: { kernel_shape: [2, 2], dilations: [2, 2], pads: [1, 1, 0, 0] }, opset: 19 },
  { op: "LpPool", x: [image], a: { kernel_shape: [2, 2], p: 3 } }, { op: "GlobalMaxPool", x: [image] }, { op: "GlobalAveragePool", x: [image] }, { op: "GlobalLpPool", x: [image] },
  { op: "BatchNormalization", x: [image, [4], [4], [4], [4]], map: (v, i) => (i === 4 ? positive(v) : v) }, { op: "BatchNormalization", x: [image, [4], [4], [4], [4]], map: (v, i) => (i === 4 ? positive(v) : v), a: { training_mode: 1 }, outputs: 3 },
  { op: "InstanceNormalization", x: [image, [4], [4]] }, { op: "GroupNormalization", x: [image, [2], [2]], a: { num_groups: 2 }, opset: 18 }, { op: "GroupNormalization", x: [image, [4], [4]], a: { num_groups: 2 }, opset: 21 },
  { op: "LayerNormalization", x: [[2, 3, 4], [3, 4], [3, 4]], a: { axis: 1 } }, { op: "RMSNormalization", x: [[2, 3, 4], [3, 4]], a: { axis: 1 }, opset: 23 }, { op: "LRN", x: [image], a: { size: 3, alpha: 0.2 } }, { op: "MeanVarianceNormalization", x: [image] }, { op: "LpNormalization", x: [[3, 4]] },
  { op: "MatMul", x: [[2, 1, 3, 4], [2, 4, 2]] }, { op: "MatMul", x: [[4], [4, 3]] }, { op: "Gemm", x: [[4, 3], [2, 4], [2]], a: { transA: 1, transB: 1, alpha: 0.5, beta: 2.5 } },
  { op: "Softmax", x: [[2, 3, 4]], a: { axis: 1 } }, { op: "LogSoftmax", x: [[2, 3, 4]], opset: 11 },
  ...["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceProd"].map((op) => ({ op, x: [[2, 3, 4]], a: { axes: [0, 2], keepdims: 0 }, opset: 12 })),
  { op: "ReduceLogSum", x: [[2, 3, 4]], a: { axes: [1] }, map: positive }, { op: "ReduceLogSumExp", x: [[2, 3, 4]], a: { axes: [1] } },
  { op: "TopK", x: [[3, 5]], ints: [[2]], outputs: 2 }, { op: "CumSum", x: [[3, 5]], ints: [[1]], a: { reverse: 1 } },
  { op: "Reshape", x: [[2, 6]], ints: [[3, -1]] }, { op: "Flatten", x: [image], a: { axis: 2 } }, { op: "Transpose", x: [[2, 3, 4]], a: { perm: [2, 0, 1] } }, { op: "Squeeze", x: [[2, 1, 3]], ints: [[1]] }, { op: "Unsqueeze", x: [[2, 3]], ints: [[0, 3]] },
  { op: "Expand", x: [[3, 1]], ints: [[2, 3, 4]] }, { op: "Tile", x: [[2, 3]], ints: [[2, 3]] }, { op: "Concat", x: [[2, 3], [2, 2]], a: { axis: 1 } }, { op: "Split", x: [[2, 5]], ints: [[2, 3]], a: { axis: 1 }, outputs: 2 },
  { op: "DepthToSpace", x: [[1, 8, 2, 3]], a: { blocksize: 2, mode: "CRD" } }, { op: "SpaceToDepth", x: [[1, 2, 4, 6]], a: { blocksize: 2 } }, { op: "Trilu", x: [[3, 4]] },
  { op: "Slice", x: [[6, 7]], ints: [[5, 1], [0, 6], [0, 1], [-2, 2]] }, { op: "Gather", x: [[4, 5]], ints: [[0, -1, 0]], a: { axis: 1 } }, { op: "GatherElements", x: [[3, 2]], ints: [[2, 0, -1]], a: { axis: 0 } }, { op: "GatherND", x: [[3, 2]], ints: [[2, 1]] },
  { op: "Pad", x: [[3, 4]], ints: [[1, -1, 2, 0]] }, { op: "Pad", x: [[3, 4]], ints: [[1, 2, 2, 0]], a: { mode: "reflect" } }, { op: "Pad", x: [[3, 4]], ints: [[1, 2, 2, 0]], a: { mode: "edge" } }, { op: "Pad", x: [[3, 4]], ints: [[1, 2, 2, 0]], a: { mode: "wrap" }, opset: 19 },
  ...["linear", "cubic", "nearest"].flatMap((mode) => [[1, 2, 8, 9], [1, 2, 3, 4]].map((sizes) => ({ op: "Resize", x: [image.with(0, 1).with(1, 2)], ints: ["", "", sizes] as const, a: { mode } }))),
  { op: "Resize", x: [[1, 2, 7, 9]], ints: ["", "", [1, 2, 3, 4]], a: { mode: "cubic", antialias: 1 }, opset: 18 },
  { op: "LpPool", x: [image], a: { kernel_shape: [2, 2], dilations: [2, 1], p: 2 }, opset: 18 },
  { op: "Upsample", x: [[1, 2, 3, 4]], a: { scales: [1.0000001, 1.0000001, 2.5, 1.5], mode: "linear" }, opset: 7 },
  { op: "DequantizeLinear", x: [[3, 4], []] },
];

/** Their outputs are whole numbers, truths or shapes, or flat almost everywhere. */
const WITHOUT_GRADIENT = [
  "Floor", "Ceil", "Round", "Sign", "IsNaN", "IsInf", "Not", "And", "Or", "Xor", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual",
  "ArgMax", "ArgMin", "Hardmax", "OneHot", "Shape", "Size", "ConstantOfShape", "Range", "QuantizeLinear",
];

const shapeOfInts = (op: string, ints: readonly number[]): number[] => (op === "GatherElements" ? [ints.length, 1] : op === "GatherND" ? [1, ints.length] : [ints.length]);

test("every operator has a gradient case, or is known to have no gradient", () => {
  expect([...new Set([...CASES.map((c) => c.op), ...WITHOUT_GRADIENT])].sort()).toEqual([...ONNX_OPERATORS.keys()].sort());
});

test.each(CASES.map((c) => [`${c.op} ${c.x.map((s) => `[${s}]`).join(" ")} ${JSON.stringify({ ...c.a, ints: c.ints })}`, c] as const))("%s", (_title, c) => {
  const names = c.x.map((_, i) => `x${i}`);
  const lists = (c.ints ?? []).map((v, i) => (v === "" ? "" : `i${i}`));
  const condition = c.op === "Where" ? [int64s("c", [4], [1, 0, 0, 1])] : [];
  const bytes = testModel({
    opset: c.opset ?? 17,
    nodes: [
      ...(c.op === "Where" ? [{ op: "Cast", inputs: ["c"], outputs: ["cb"], attributes: { to: 9 } }] : []),
      { op: c.op, inputs: [...(c.op === "Where" ? ["cb"] : []), ...names, ...lists], outputs: Array.from({ length: c.outputs ?? 1 }, (_, i) => `y${i}`), attributes: c.a },
    ],
    inputs: c.x.map((shape, i) => ({ name: `x${i}`, shape })),
    outputs: Array.from({ length: c.outputs ?? 1 }, (_, i) => `y${i}`),
    constants: [...condition, ...(c.ints ?? []).flatMap((v, i) => (v === "" ? [] : [int64s(`i${i}`, shapeOfInts(c.op, v), v)]))],
  });
  const network = readOnnxNetwork(bytes, "test.onnx");
  expect(network.opaque).toBeNull();
  const b = new Builder();
  const inputs: { [name: string]: TensorData } = {};
  const values: { [name: string]: Value } = {};
  c.x.forEach((shape, i) => {
    inputs[`x${i}`] = float32(shape, spread(shape, i + 1).map((v) => (c.map ? c.map(v, i) : v)));
    values[`x${i}`] = b.input(`x${i}`, { dtype: "float32", shape });
  });
  const outputs = network.build(b, values, network.outputs.map((o) => o.name));
  const program = b.build(Object.fromEntries(outputs));
  for (const { input, error } of gradientErrors(program, inputs)) expect({ input, small: error < 1e-6 }, `${input}: ${error}`).toEqual({ input, small: true });
  expect(gradientErrors(program, inputs)).toHaveLength(c.x.length);
});
