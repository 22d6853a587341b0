/** Operators of TensorFlow graphs, as inference graphs of classifiers and encoders have them after TensorFlow.js has converted them. */
import type { Value } from "../../ir/builder.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { AttributeError } from "../attributes.ts";
import type { Operator } from "../graph-network.ts";
import { carrierOf, type Elem } from "../known.ts";
import type { LayerRule } from "../layers.ts";
import type { GraphNode, OpCall, Rule } from "../rule.ts";
import { activate } from "./activation.ts";
import { onnx, renamed } from "./delegate.ts";
import { ALL, CONCAT, OTHER, OTHER_SAME_CHANNELS, POINT, REDUCTION, windowFacts } from "./layer-rules.ts";
import { batchNormalise, convolve, convolveTranspose, depthwise, pool, type Padding, type Sliding } from "./spatial.ts";

/** `[1, …spatial, 1]` without its ends. */
const spatial = (node: GraphNode, name: string, rank: number): readonly number[] => {
  const list = node.attributes.numbers(name)?.slice(1, -1) ?? new Array<number>(rank).fill(1);
  if (list.length !== rank || list.some((n) => !Number.isSafeInteger(n) || n < 1)) throw new AttributeError(`its ${name} [${list}] are not ${rank} positive numbers`);
  return list;
};

function paddingOf(node: GraphNode): Padding {
  const name = node.attributes.text("padding", "VALID");
  if (name !== "EXPLICIT") return name === "SAME" ? "same" : "valid";
  const flat = node.attributes.numbers("explicit_paddings") ?? [];
  return Array.from({ length: flat.length / 2 - 2 }, (_, i): [number, number] => [flat[2 * i + 2]!, flat[2 * i + 3]!]);
}
const sliding = (node: GraphNode, rank: number): Sliding => ({ strides: spatial(node, "strides", rank), dilations: spatial(node, "dilations", rank), padding: paddingOf(node) });

/** What a fused operator does after its product: a bias or a normalisation, then an activation; their arguments follow the filters. */
function fused(op: OpCall, y: Value): Value {
  const raw = op.attributes.raw("fused_ops");
  const names = Array.isArray(raw) ? (raw as string[]) : [];
  let at = 2;
  return names.reduce((value, name) => {
    if (name === "BiasAdd") return op.b.add(value, op.value(at++));
    if (name === "FusedBatchNorm") {
      const [scale, offset, mean, variance] = [at, at + 1, at + 2, at + 3].map((i) => op.value(i)) as [Value, Value, Value, Value];
      at += 4;
      return batchNormalise(op.b, value, { scale, offset, mean, variance, epsilon: op.attributes.number("epsilon", 1e-4) });
    }
    if (name === "LeakyRelu") return op.b.select(op.b.gt(value, 0), value, op.b.mul(value, op.attributes.number("leakyrelu_alpha", 0.2)));
    if (name === "Prelu") return onnx(op, "PRelu", [value, op.value(at++)])[0] as Value;
    return activate(op, value, name);
  }, y);
}

const conv = (rank: number): Operator => ({
  rule: (op) => fused(op, convolve(op.b, op.value(0), op.value(1), sliding(op.node, rank))),
  layer: ({ node, shape }) => {
    const { strides, dilations, padding } = sliding(node, rank);
    const filters = shape(1);
    return filters ? windowFacts(filters.slice(0, rank), strides, dilations, padding, filters.at(-1)!) : { reach: "other", channels: null };
  },
  weights: [1, 2],
});
const depthwiseConv: Operator = {
  rule: (op) => fused(op, depthwise(op.b, op.value(0), op.value(1), sliding(op.node, 2))),
  layer: ({ node, shape }) => {
    const { strides, dilations, padding } = sliding(node, 2);
    const filters = shape(1);
    return filters ? windowFacts(filters.slice(0, 2), strides, dilations, padding, filters[2]! * filters[3]!) : { reach: "other", channels: null };
  },
  weights: [1, 2],
};
const pooling = (kind: "max" | "average", rank: number): Operator => ({
  rule: (op) => pool(op.b, op.value(0), kind, spatial(op.node, "ksize", rank), spatial(op.node, "strides", rank), paddingOf(op.node)),
  layer: ({ node, channels }) => windowFacts(spatial(node, "ksize", rank), spatial(node, "strides", rank), new Array<number>(rank).fill(1), paddingOf(node), channels[0] ?? null),
});

function batchNorm(op: OpCall): Value {
  if (op.attributes.flag("is_training", true)) op.refuse("the statistics of training (is_training)");
  return batchNormalise(op.b, op.value(0), { scale: op.value(1), offset: op.value(2), mean: op.value(3), variance: op.value(4), epsilon: op.attributes.number("epsilon", 1e-4) });
}

function matmul(op: OpCall): Value {
  const options = { transposeA: op.attributes.flag("transpose_a") || op.attributes.flag("adj_x"), transposeB: op.attributes.flag("transpose_b") || op.attributes.flag("adj_y") };
  return fused(op, op.b.matmul(op.value(0), op.value(1), options));
}

const reduce = (name: string): Operator => ({ rule: (op) => onnx(op, name, [op.item(0), op.numbers(1)], { keepdims: op.attributes.flag("keep_dims") || op.attributes.flag("keepdims") ? 1 : 0, noop_with_empty_axes: 1 }), layer: REDUCTION });

/** `x[begin:end:strides]` with masks: which ends are open, which axes are new, which go; an ellipsis stands for the axes left over. */
function stridedSlice(op: OpCall): readonly unknown[] {
  const [begin, end, strides] = [op.numbers(1), op.numbers(2), op.has(3) ? op.numbers(3) : op.numbers(1).map(() => 1)];
  const mask = (name: string) => (i: number) => (op.attributes.int(name, 0) & (1 << i)) !== 0;
  const [openBegin, openEnd, gone, added, ellipsis] = ["begin_mask", "end_mask", "shrink_axis_mask", "new_axis_mask", "ellipsis_mask"].map(mask) as [(i: number) => boolean, (i: number) => boolean, (i: number) => boolean, (i: number) => boolean, (i: number) => boolean];
  if (begin.some((_, i) => added(i) || ellipsis(i))) op.refuse("a slice with new axes or an ellipsis");
  const { shape } = op.item(0);
  const axes = begin.map((_, i) => i);
  const starts = axes.map((i) => (openBegin(i) ? (strides[i]! < 0 ? shape[i]! - 1 : 0) : begin[i]!));
  const ends = axes.map((i) => (gone(i) ? (starts[i] === -1 ? shape[i]! : starts[i]! + 1) : openEnd(i) ? (strides[i]! < 0 ? -shape[i]! - 1 : shape[i]!) : end[i]!));
  const [cut] = onnx(op, "Slice", [op.item(0), starts, ends, axes, axes.map((i) => (gone(i) ? 1 : strides[i]!))]);
  const shrunk = axes.filter(gone);
  return shrunk.length ? onnx(op, "Squeeze", [cut as Value, shrunk]) : [cut];
}

/** `[[low, high], …]` as ONNX lists them: all low ends, then all high ones. */
const margins = (op: OpCall): number[] => {
  const flat = op.numbers(1);
  return [...flat.filter((_, i) => i % 2 === 0), ...flat.filter((_, i) => i % 2 === 1)];
};
const padLayer: LayerRule = ({ numbers, channels }) => {
  const flat = numbers(1);
  if (!flat || flat.length < 6 || [flat[0], flat[1], flat.at(-1), flat.at(-2)].some((p) => p !== 0)) return { reach: "other", channels: null };
  const inner = Array.from({ length: flat.length / 2 - 2 }, (_, i): [number, number] => [flat[2 * i + 2]!, flat[2 * i + 3]!]);
  const ones = inner.map(() => 1);
  return windowFacts(ones, ones, ones, inner, channels[0] ?? null);
};

/** To `[height, width]`, positions as the node says: half-pixel centres, or corners on corners, or corners at the low end only. */
const resize = (mode: "linear" | "nearest"): Operator => ({
  rule: (op) => {
    const [half, corners] = [op.attributes.flag("half_pixel_centers"), op.attributes.flag("align_corners")];
    const [n, , , c] = op.shape(0) as [number, number, number, number];
    const coordinates = corners ? "align_corners" : half ? (mode === "nearest" ? "tf_half_pixel_for_nn" : "half_pixel") : "asymmetric";
    const [resized] = onnx(op, "Resize", [op.b.channelsFirst(op.float(0)), undefined, undefined, [n, c, ...op.numbers(1)]], { mode, coordinate_transformation_mode: coordinates, nearest_mode: corners ? "round_prefer_ceil" : "floor" });
    return op.b.channelsLast(resized as Value);
  },
  layer: OTHER_SAME_CHANNELS,
});

/** Block by block into the batch, which is how dilated convolutions used to be written. */
function spaceToBatch(op: OpCall): Value {
  const { b } = op;
  const block = op.numbers(1);
  const flat = op.numbers(2);
  const rank = block.length;
  const x = b.pad(op.value(0), [0, ...block.map((_, i) => flat[2 * i]!), ...op.shape(0).slice(rank + 1).map(() => 0)], [0, ...block.map((_, i) => flat[2 * i + 1]!), ...op.shape(0).slice(rank + 1).map(() => 0)]);
  const [n, ...rest] = x.shape as [number, ...number[]];
  const inner = rest.slice(rank);
  const split = b.reshape(x, [n, ...block.flatMap((s, i) => [rest[i]! / s, s]), ...inner]);
  const order = [...block.map((_, i) => 2 * i + 2), 0, ...block.map((_, i) => 2 * i + 1), ...inner.map((_, i) => 2 * rank + 1 + i)];
  return b.reshape(b.transpose(split, order), [n * sizeOf(block), ...block.map((s, i) => rest[i]! / s), ...inner]);
}
function batchToSpace(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const block = op.numbers(1);
  const crops = op.numbers(2);
  const rank = block.length;
  const [n, ...rest] = x.shape as [number, ...number[]];
  const inner = rest.slice(rank);
  const batch = n / sizeOf(block);
  const split = b.reshape(x, [...block, batch, ...rest.slice(0, rank), ...inner]);
  const order = [rank, ...block.flatMap((_, i) => [rank + 1 + i, i]), ...inner.map((_, i) => 2 * rank + 1 + i)];
  const whole = b.reshape(b.transpose(split, order), [batch, ...block.map((s, i) => rest[i]! * s), ...inner]);
  return b.slice(whole, [0, ...block.map((_, i) => crops[2 * i]!), ...inner.map(() => 0)], whole.shape.map((d, i) => (i >= 1 && i <= rank ? d - crops[2 * i - 1]! : d)));
}

const unary = (f: (op: OpCall, x: Value) => Value): Operator => ({ rule: (op) => f(op, op.value(0)), layer: POINT });
const binary = (f: (op: OpCall, x: Value, y: Value) => Value): Operator => ({ rule: (op) => f(op, op.value(0), op.value(1)), layer: POINT });
const same = (name: string, layer: LayerRule | null = POINT): Operator => ({ rule: renamed(name), layer });
const named = (name: string): Operator => ({ rule: (op) => activate(op, op.value(0), name), layer: POINT });
const plumbing = (rule: Rule): Operator => ({ rule, layer: null });

/** TensorFlow's name for what ONNX spells otherwise or alike. */
const POINTWISE: { readonly [tensorflow: string]: string } = {
  Abs: "Abs", Ceil: "Ceil", Cos: "Cos", Cosh: "Cosh", Erf: "Erf", Exp: "Exp", Floor: "Floor", Log: "Log", Neg: "Neg", Round: "Round", Sign: "Sign", Sin: "Sin", Sinh: "Sinh", Sqrt: "Sqrt", Tan: "Tan",
  Reciprocal: "Reciprocal", Elu: "Elu", Selu: "Selu", Softplus: "Softplus", Softsign: "Softsign", Relu: "Relu", Sigmoid: "Sigmoid", Tanh: "Tanh", Prelu: "PRelu",
  Add: "Add", AddV2: "Add", BiasAdd: "Add", AddN: "Sum", Sub: "Sub", Mul: "Mul", RealDiv: "Div", Div: "Div", Pow: "Pow", Maximum: "Max", Minimum: "Min", FloorMod: "Mod",
  Equal: "Equal", Greater: "Greater", GreaterEqual: "GreaterOrEqual", Less: "Less", LessEqual: "LessOrEqual", LogicalAnd: "And", LogicalOr: "Or", LogicalNot: "Not", Select: "Where", SelectV2: "Where",
};

export const TENSORFLOW_OPERATORS: ReadonlyMap<string, Operator> = new Map(Object.entries<Operator>({
  ...Object.fromEntries(Object.entries(POINTWISE).map(([tensorflow, name]) => [tensorflow, same(name)])),
  BiasAdd: { ...same("Add"), weights: [1] }, Prelu: { ...same("PRelu"), weights: [1] },
  Conv1D: conv(1), Conv2D: conv(2), _FusedConv2D: conv(2), Conv3D: conv(3), DepthwiseConv2dNative: depthwiseConv, FusedDepthwiseConv2dNative: depthwiseConv,
  Conv2DBackpropInput: {
    rule: (op) => convolveTranspose(op.b, op.value(2), op.value(1), sliding(op.node, 2), op.numbers(0).slice(1, -1)),
    layer: ({ shape }) => ({ reach: "other", channels: shape(1)?.[2] ?? null }), weights: [1],
  },
  MaxPool: pooling("max", 2), AvgPool: pooling("average", 2), MaxPool3D: pooling("max", 3), AvgPool3D: pooling("average", 3),
  ...Object.fromEntries(["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"].map((name) => [name, { rule: batchNorm, layer: POINT, weights: [1, 2, 3, 4] }])),
  ...Object.fromEntries(["MatMul", "_FusedMatMul", "BatchMatMul", "BatchMatMulV2"].map((name) => [name, { rule: matmul, layer: ({ node, shape }) => ({ reach: "all", channels: (node.attributes.flag("transpose_b") ? shape(1)?.at(-2) : shape(1)?.at(-1)) ?? null }), weights: [1, 2] } satisfies Operator])),
  Relu6: named("relu6"), Softmax: { rule: (op) => activate(op, op.value(0), "softmax"), layer: ALL }, LogSoftmax: { rule: (op) => activate(op, op.value(0), "logsoftmax"), layer: ALL },
  LeakyRelu: { rule: (op) => onnx(op, "LeakyRelu", [op.value(0)], { alpha: op.attributes.number("alpha", 0.2) }), layer: POINT },
  Rsqrt: unary((op, x) => op.b.div(1, op.b.sqrt(x))), Square: unary((op, x) => op.b.mul(x, x)), Log1p: unary((op, x) => op.b.log(op.b.add(x, 1))), Expm1: unary((op, x) => op.b.sub(op.b.exp(x), 1)),
  SquaredDifference: binary(({ b }, x, y) => b.mul(b.sub(x, y), b.sub(x, y))),
  FloorDiv: binary((op, x, y) => (x.dtype === "int32" ? op.b.div(op.b.sub(x, op.b.mod(x, y)), y) : op.b.floor(op.b.div(x, y)))),
  ClipByValue: { rule: renamed("Clip"), layer: POINT },
  Mean: reduce("ReduceMean"), Sum: reduce("ReduceSum"), Max: reduce("ReduceMax"), Min: reduce("ReduceMin"), Prod: reduce("ReduceProd"),
  ArgMax: { rule: (op) => onnx(op, "ArgMax", [op.item(0)], { axis: op.numbers(1)[0]!, keepdims: 0 }), layer: REDUCTION },
  Identity: plumbing((op) => op.item(0)), StopGradient: plumbing((op) => op.item(0)), CheckNumerics: plumbing((op) => op.item(0)),
  Reshape: plumbing((op) => onnx(op, "Reshape", [op.item(0), op.numbers(1)], { allowzero: 1 })),
  ExpandDims: plumbing((op) => onnx(op, "Unsqueeze", [op.item(0), op.numbers(1)])),
  Squeeze: plumbing((op) => {
    const axes = op.attributes.numbers("squeeze_dims") ?? op.attributes.numbers("axis") ?? [];
    return onnx(op, "Squeeze", [op.item(0), axes.length ? axes : undefined]);
  }),
  Transpose: plumbing((op) => op.b.transpose(op.value(0), op.numbers(1))),
  Cast: plumbing((op) => op.b.cast(op.value(0), carrierOf(op.attributes.text("DstT", "float32") as Elem))),
  Shape: plumbing((op) => onnx(op, "Shape", [op.item(0)])),
  Fill: plumbing((op) => op.b.broadcast(op.value(1), op.numbers(0))),
  ConcatV2: { rule: (op) => onnx(op, "Concat", Array.from({ length: op.count - 1 }, (_, i) => op.item(i)), { axis: op.numbers(op.count - 1)[0]! }), layer: CONCAT },
  Pad: { rule: (op) => onnx(op, "Pad", [op.item(0), margins(op)]), layer: padLayer },
  PadV2: { rule: (op) => onnx(op, "Pad", [op.item(0), margins(op), op.item(2)]), layer: padLayer },
  MirrorPad: { rule: (op) => (op.attributes.text("mode", "REFLECT") === "REFLECT" ? onnx(op, "Pad", [op.item(0), margins(op)], { mode: "reflect" }) : op.refuse("symmetric margins")), layer: padLayer },
  StridedSlice: { rule: (op) => stridedSlice(op) as ReturnType<Rule>, layer: OTHER },
  Slice: { rule: (op) => onnx(op, "Slice", [op.item(0), op.numbers(1), op.numbers(2).map((n, i) => (n < 0 ? op.shape(0)[i]! : op.numbers(1)[i]! + n))]), layer: OTHER },
  Pack: {
    rule: (op) => {
      const axis = op.axis(op.attributes.int("axis", 0), op.shape(0).length + 1);
      return onnx(op, "Concat", Array.from({ length: op.count }, (_, i) => onnx(op, "Unsqueeze", [op.item(i), [axis]])[0] as Value), { axis });
    },
    layer: OTHER,
  },
  Split: { rule: (op) => onnx(op, "Split", [op.item(1)], { axis: op.numbers(0)[0]! }), layer: OTHER },
  SplitV: { rule: (op) => onnx(op, "Split", [op.item(0), op.numbers(1)], { axis: op.numbers(2)[0]! }), layer: OTHER },
  GatherV2: { rule: (op) => onnx(op, "Gather", [op.item(0), op.item(1)], { axis: op.has(2) ? op.numbers(2)[0]! : 0 }), layer: OTHER },
  Tile: { rule: renamed("Tile"), layer: OTHER },
  ResizeBilinear: resize("linear"), ResizeNearestNeighbor: resize("nearest"),
  DepthToSpace: {
    rule: (op) => op.b.channelsLast(onnx(op, "DepthToSpace", [op.b.channelsFirst(op.value(0))], { blocksize: op.attributes.int("block_size", 2) })[0] as Value),
    layer: OTHER,
  },
  SpaceToDepth: {
    rule: (op) => op.b.channelsLast(onnx(op, "SpaceToDepth", [op.b.channelsFirst(op.value(0))], { blocksize: op.attributes.int("block_size", 2) })[0] as Value),
    layer: OTHER,
  },
  SpaceToBatchND: { rule: spaceToBatch, layer: OTHER_SAME_CHANNELS }, BatchToSpaceND: { rule: batchToSpace, layer: OTHER_SAME_CHANNELS },
}));
