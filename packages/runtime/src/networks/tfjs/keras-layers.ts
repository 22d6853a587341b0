/** Keras layers as rules: each writes its weights' product, its bias and its activation at once. */
import type { Value } from "../../ir/builder.ts";
import { sizeOf } from "../../ir/tensor.ts";
import type { Operator } from "../graph-network.ts";
import type { LayerRule } from "../layers.ts";
import { AttributeError } from "../attributes.ts";
import type { GraphNode, OpCall, Rule } from "../rule.ts";
import { activate } from "./activation.ts";
import { onnx } from "./delegate.ts";
import { ALL, CONCAT, OTHER, OTHER_SAME_CHANNELS, POINT, windowFacts } from "./layer-rules.ts";
import { batchNormalise, convolve, convolveTranspose, dense, depthwise, pool, type Padding, type Sliding } from "./spatial.ts";

/** Names of a class's weights, which follow its inputs in this order; those that a layer does not have are not given. */
export const KERAS_WEIGHTS: { readonly [className: string]: readonly string[] } = {
  Conv1D: ["kernel", "bias"], Conv2D: ["kernel", "bias"], Conv3D: ["kernel", "bias"], Conv2DTranspose: ["kernel", "bias"],
  DepthwiseConv2D: ["depthwise_kernel", "bias"], SeparableConv2D: ["depthwise_kernel", "pointwise_kernel", "bias"],
  Dense: ["kernel", "bias"], BatchNormalization: ["gamma", "beta", "moving_mean", "moving_variance"], LayerNormalization: ["gamma", "beta"], PReLU: ["alpha"],
};

/** A number for all spatial axes, or one for each. */
function perAxis(node: GraphNode, name: string, rank: number, otherwise: readonly number[] | number): readonly number[] {
  const raw = node.attributes.raw(name) ?? otherwise;
  const list = typeof raw === "number" ? [raw] : node.attributes.numbers(name) ?? (otherwise as readonly number[]);
  const full = list.length === 1 ? new Array<number>(Math.max(0, rank)).fill(list[0]!) : list;
  if (full.length !== rank || full.some((n) => !Number.isSafeInteger(n) || n < 1)) throw new AttributeError(`its ${name} [${list}] are not ${rank} positive numbers`);
  return full;
}
const paddingOf = (node: GraphNode): Padding => (node.attributes.text("padding", "valid").toLowerCase() === "same" ? "same" : "valid");

const sliding = (node: GraphNode, rank: number): Sliding => ({ strides: perAxis(node, "strides", rank, 1), dilations: perAxis(node, "dilation_rate", rank, 1), padding: paddingOf(node) });

const finish = (op: OpCall, y: Value, bias: Value | undefined): Value => activate(op, bias ? op.b.add(y, bias) : y, op.attributes.text("activation", "linear"));

function convolution(op: OpCall): Value {
  const x = op.value(0);
  const rank = x.shape.length - 2;
  return finish(op, convolve(op.b, x, op.value(1), sliding(op.node, rank)), op.optional(2));
}
const convolutionLayer: LayerRule = ({ node, shape }) => {
  const filters = shape(1);
  const rank = (filters?.length ?? 4) - 2;
  const { strides, dilations, padding } = sliding(node, rank);
  return windowFacts(filters?.slice(0, -2) ?? perAxis(node, "kernel_size", rank, 1), strides, dilations, padding, filters?.at(-1) ?? null);
};
const depthwiseLayer: LayerRule = (context) => {
  const filters = context.shape(1);
  const { strides, dilations, padding } = sliding(context.node, 2);
  const pointwise = context.node.op === "SeparableConv2D" ? context.shape(2)?.at(-1) : undefined;
  return windowFacts(filters?.slice(0, 2) ?? perAxis(context.node, "kernel_size", 2, 1), strides, dilations, padding, pointwise ?? (filters ? filters[2]! * filters[3]! : null));
};

const pooling = (kind: "max" | "average", rank: number): { rule: Rule; layer: LayerRule } => {
  const sizes = (node: GraphNode) => {
    const kernel = perAxis(node, "pool_size", rank, 2);
    return { kernel, strides: node.attributes.raw("strides") === undefined ? kernel : perAxis(node, "strides", rank, kernel) };
  };
  return {
    rule: (op) => {
      const { kernel, strides } = sizes(op.node);
      return pool(op.b, op.value(0), kind, kernel, strides, paddingOf(op.node));
    },
    layer: ({ node, channels }) => {
      const { kernel, strides } = sizes(node);
      return windowFacts(kernel, strides, kernel.map(() => 1), paddingOf(node), channels[0] ?? null);
    },
  };
};

const spatialAxes = (x: Value): number[] => x.shape.slice(1, -1).map((_, i) => i + 1);
const globally = (reduce: (op: OpCall, x: Value, keep: boolean) => Value): { rule: Rule; layer: LayerRule } => ({ rule: (op) => reduce(op, op.value(0), op.attributes.flag("keepdims")), layer: ALL });

const merge = (f: (op: OpCall, a: Value, b: Value) => Value): { rule: Rule; layer: LayerRule } => ({
  rule: (op) => op.values().reduce((a, v) => f(op, a, v)),
  layer: POINT,
});

/** `[[top, bottom], [left, right]]` and its shorter forms. */
function margins(node: GraphNode, name: string): readonly (readonly [number, number])[] {
  const list = node.attributes.numbers(name) ?? [1, 1];
  if ((list.length !== 2 && list.length !== 4) || list.some((n) => !Number.isSafeInteger(n) || n < 0)) throw new AttributeError(`its ${name} [${list}] are no margins`);
  return list.length === 2 ? list.map((m): [number, number] => [m, m]) : [[list[0]!, list[1]!], [list[2]!, list[3]!]];
}

const identity: Operator = { rule: (op) => op.item(0), layer: null };

function batchNormalization(op: OpCall): Value {
  const x = op.value(0);
  const axis = op.axis(op.attributes.int("axis", -1), x.shape.length);
  if (axis !== x.shape.length - 1) op.refuse("its axis is not the last");
  return batchNormalise(op.b, x, { scale: op.optional(1), offset: op.optional(2), mean: op.value(3), variance: op.value(4), epsilon: op.attributes.number("epsilon", 1e-3) });
}

function layerNormalization(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const mean = b.mean(x, [-1], true);
  const centred = b.sub(x, mean);
  const normal = b.div(centred, b.sqrt(b.add(b.mean(b.mul(centred, centred), [-1], true), op.attributes.number("epsilon", 1e-3))));
  const scaled = op.has(1) ? b.mul(normal, op.value(1)) : normal;
  return op.has(2) ? b.add(scaled, op.value(2)) : scaled;
}

function relu(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  if (op.attributes.number("threshold", 0) !== 0) op.refuse("a threshold beside 0");
  const slope = op.attributes.number("negative_slope", 0);
  const most = op.attributes.number("max_value", Infinity);
  const above = b.clip(x, 0, most);
  return slope === 0 ? above : b.select(b.gt(x, 0), above, b.mul(x, slope));
}

function transposed(op: OpCall): Value {
  const x = op.value(0);
  const how = sliding(op.node, 2);
  const kernel = op.shape(1).slice(0, 2);
  const size = x.shape.slice(1, -1).map((n, i) => (how.padding === "same" ? n * how.strides[i]! : n * how.strides[i]! + Math.max(0, kernel[i]! - how.strides[i]!)));
  if (how.dilations.some((d) => d > 1)) op.refuse("filters with gaps");
  return finish(op, convolveTranspose(op.b, x, op.value(1), how, size), op.optional(2));
}

export const KERAS_LAYERS: ReadonlyMap<string, Operator> = new Map(Object.entries<Operator>({
  Conv1D: { rule: convolution, layer: convolutionLayer, weights: [1, 2] },
  Conv2D: { rule: convolution, layer: convolutionLayer, weights: [1, 2] },
  Conv3D: { rule: convolution, layer: convolutionLayer, weights: [1, 2] },
  Conv2DTranspose: { rule: transposed, layer: ({ shape }) => ({ reach: "other", channels: shape(1)?.at(-2) ?? null }), weights: [1, 2] },
  DepthwiseConv2D: { rule: (op) => finish(op, depthwise(op.b, op.value(0), op.value(1), sliding(op.node, 2)), op.optional(2)), layer: depthwiseLayer, weights: [1, 2] },
  SeparableConv2D: {
    rule: (op) => finish(op, convolve(op.b, depthwise(op.b, op.value(0), op.value(1), sliding(op.node, 2)), op.value(2), { strides: [1, 1], dilations: [1, 1], padding: "valid" }), op.optional(3)),
    layer: depthwiseLayer, weights: [1, 2, 3],
  },
  Dense: { rule: (op) => finish(op, dense(op.b, op.value(0), op.value(1)), op.optional(2)), layer: ({ shape }) => ({ reach: "all", channels: shape(1)?.at(-1) ?? null }), weights: [1, 2] },
  BatchNormalization: { rule: batchNormalization, layer: POINT, weights: [1, 2, 3, 4] },
  LayerNormalization: { rule: layerNormalization, layer: POINT, weights: [1, 2] },
  Activation: { rule: (op) => activate(op, op.value(0), op.attributes.text("activation", "linear")), layer: POINT },
  ReLU: { rule: relu, layer: POINT },
  LeakyReLU: { rule: (op) => onnx(op, "LeakyRelu", [op.value(0)], { alpha: op.attributes.number("alpha", 0.3) }), layer: POINT },
  PReLU: { rule: (op) => onnx(op, "PRelu", [op.value(0), op.value(1)]), layer: POINT, weights: [1] },
  ELU: { rule: (op) => onnx(op, "Elu", [op.value(0)], { alpha: op.attributes.number("alpha", 1) }), layer: POINT },
  ThresholdedReLU: { rule: (op) => onnx(op, "ThresholdedRelu", [op.value(0)], { alpha: op.attributes.number("theta", 1) }), layer: POINT },
  Softmax: { rule: (op) => onnx(op, "Softmax", [op.value(0)], { axis: op.attributes.int("axis", -1) }), layer: ALL },
  MaxPooling1D: pooling("max", 1), MaxPooling2D: pooling("max", 2), MaxPooling3D: pooling("max", 3),
  AveragePooling1D: pooling("average", 1), AveragePooling2D: pooling("average", 2), AveragePooling3D: pooling("average", 3),
  GlobalAveragePooling1D: globally((op, x, keep) => op.b.mean(x, spatialAxes(x), keep)), GlobalAveragePooling2D: globally((op, x, keep) => op.b.mean(x, spatialAxes(x), keep)),
  GlobalMaxPooling1D: globally((op, x, keep) => op.b.reduceMax(x, spatialAxes(x), keep)), GlobalMaxPooling2D: globally((op, x, keep) => op.b.reduceMax(x, spatialAxes(x), keep)),
  Add: merge((op, a, v) => op.b.add(a, v)), Subtract: merge((op, a, v) => op.b.sub(a, v)), Multiply: merge((op, a, v) => op.b.mul(a, v)), Maximum: merge((op, a, v) => op.b.max(a, v)), Minimum: merge((op, a, v) => op.b.min(a, v)),
  Average: { rule: (op) => op.b.mul(op.values().reduce((a, v) => op.b.add(a, v)), 1 / op.count), layer: POINT },
  Concatenate: { rule: (op) => op.b.concat(op.values(), op.axis(op.attributes.int("axis", -1), op.shape(0).length)), layer: CONCAT },
  ZeroPadding2D: {
    rule: (op) => {
      const [rows, columns] = margins(op.node, "padding") as [readonly [number, number], readonly [number, number]];
      return op.b.pad(op.value(0), [0, rows[0], columns[0], 0], [0, rows[1], columns[1], 0]);
    },
    layer: ({ node, channels }) => windowFacts([1, 1], [1, 1], [1, 1], margins(node, "padding"), channels[0] ?? null),
  },
  Cropping2D: {
    rule: (op) => {
      const [rows, columns] = margins(op.node, "cropping") as [readonly [number, number], readonly [number, number]];
      const [n, h, w, c] = op.shape(0) as [number, number, number, number];
      return op.b.slice(op.value(0), [0, rows[0], columns[0], 0], [n, h - rows[1], w - columns[1], c]);
    },
    layer: OTHER_SAME_CHANNELS,
  },
  UpSampling2D: {
    rule: (op) => {
      const factor = perAxis(op.node, "size", 2, 2);
      const size = op.shape(0).slice(1, -1).map((n, i) => n * factor[i]!);
      return op.b.channelsLast(op.b.resize(op.b.channelsFirst(op.value(0)), size, op.attributes.text("interpolation", "nearest") === "nearest" ? "nearest" : "linear"));
    },
    layer: OTHER_SAME_CHANNELS,
  },
  Rescaling: { rule: (op) => op.b.add(op.b.mul(op.value(0), op.attributes.number("scale", 1)), op.attributes.number("offset", 0)), layer: POINT },
  Flatten: { rule: (op) => op.b.reshape(op.value(0), [op.shape(0)[0]!, sizeOf(op.shape(0).slice(1))]), layer: null },
  Reshape: { rule: (op) => onnx(op, "Reshape", [op.value(0), [op.shape(0)[0]!, ...(op.attributes.numbers("target_shape") ?? op.fail("it has no target_shape"))]], { allowzero: 1 }), layer: null },
  Permute: { rule: (op) => op.b.transpose(op.value(0), [0, ...(op.attributes.numbers("dims") ?? op.fail("it has no dims"))]), layer: OTHER },
  Dropout: identity, SpatialDropout1D: identity, SpatialDropout2D: identity, GaussianDropout: identity, GaussianNoise: identity, AlphaDropout: identity, ActivityRegularization: identity,
}));
