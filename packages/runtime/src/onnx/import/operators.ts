/** The operators of ONNX that can be written as IR, with what each shows as a layer and which inputs training changes. */
import type { Operator } from "../../networks/graph-network.ts";
import type { LayerRule } from "../../networks/layers.ts";
import type { Rule } from "../../networks/rule.ts";
import { ALL, CONCAT, CONV as CONV_LAYER, CONV_TRANSPOSE, GEMM, MATMUL, OTHER, OTHER_SAME_CHANNELS, PAD, POINT, POOL as POOL_LAYER, REDUCTION } from "./layer-rules.ts";
import { ACTIVATION } from "./rules/activation.ts";
import { CONV } from "./rules/conv.ts";
import { ELEMENTWISE } from "./rules/elementwise.ts";
import { LINEAR } from "./rules/linear.ts";
import { NORMALISE } from "./rules/normalise.ts";
import { POOL } from "./rules/pool.ts";
import { QUANTISE } from "./rules/quantise.ts";
import { REDUCE } from "./rules/reduce.ts";
import { RESIZE } from "./rules/resize.ts";
import { SELECT } from "./rules/select.ts";
import { SHAPE } from "./rules/shape.ts";

const RULES = { ...ACTIVATION, ...CONV, ...ELEMENTWISE, ...LINEAR, ...NORMALISE, ...POOL, ...QUANTISE, ...REDUCE, ...RESIZE, ...SELECT, ...SHAPE } satisfies { readonly [op: string]: Rule };
type Op = keyof typeof RULES;

/** Not worth looking at: the same numbers under another name, shape or type, and shapes themselves. */
const PLUMBING: ReadonlySet<string> = new Set<Op>([
  "Identity", "Dropout", "Cast", "CastLike", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Shape", "Size", "ConstantOfShape", "Range", "QuantizeLinear", "DequantizeLinear",
]);

/** All others are seen point by point. */
const LAYERS: { readonly [O in Op]?: LayerRule } = {
  Conv: CONV_LAYER, ConvTranspose: CONV_TRANSPOSE, MaxPool: POOL_LAYER, AveragePool: POOL_LAYER, LpPool: POOL_LAYER,
  Gemm: GEMM, MatMul: MATMUL, Pad: PAD, Concat: CONCAT,
  GlobalAveragePool: ALL, GlobalMaxPool: ALL, GlobalLpPool: ALL, InstanceNormalization: ALL, GroupNormalization: ALL, LayerNormalization: ALL, RMSNormalization: ALL, MeanVarianceNormalization: ALL, LpNormalization: ALL,
  Softmax: ALL, LogSoftmax: ALL, Hardmax: ALL, ArgMax: REDUCTION, ArgMin: REDUCTION, TopK: OTHER, CumSum: OTHER,
  ReduceSum: REDUCTION, ReduceMean: REDUCTION, ReduceMax: REDUCTION, ReduceMin: REDUCTION, ReduceL1: REDUCTION, ReduceL2: REDUCTION, ReduceSumSquare: REDUCTION, ReduceLogSum: REDUCTION, ReduceLogSumExp: REDUCTION, ReduceProd: REDUCTION,
  Slice: OTHER, Split: OTHER, Gather: OTHER, GatherElements: OTHER, GatherND: OTHER, OneHot: OTHER, Expand: OTHER, Tile: OTHER, Trilu: OTHER,
  DepthToSpace: OTHER, SpaceToDepth: OTHER, Resize: OTHER_SAME_CHANNELS, Upsample: OTHER_SAME_CHANNELS,
};

const WEIGHTS: { readonly [O in Op]?: readonly number[] } = {
  Conv: [1, 2], ConvTranspose: [1, 2], Gemm: [1, 2], MatMul: [0, 1], PRelu: [1],
  BatchNormalization: [1, 2, 3, 4], InstanceNormalization: [1, 2], GroupNormalization: [1, 2], LayerNormalization: [1, 2], RMSNormalization: [1],
};

export const ONNX_OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries(RULES as { readonly [op: string]: Rule }).map(([op, rule]) => [op, { rule, layer: PLUMBING.has(op) ? null : LAYERS[op as Op] ?? POINT, weights: WEIGHTS[op as Op] }]),
);
