/** Normalisations, and the layers that stand in for training. */
import type { Builder, Value } from "../../../ir/builder.ts";
import type { OpCall, Rule, Written } from "../../../networks/rule.ts";

/** `[C]` beside `[N,C,…]`. */
const perChannel = (b: Builder, v: Value, x: Value): Value => b.reshape(v, [v.shape[0]!, ...x.shape.slice(2).map(() => 1)]);

function moments(b: Builder, x: Value, axes: readonly number[]): { centred: Value; mean: Value; variance: Value } {
  const mean = b.mean(x, axes, true);
  const centred = b.sub(x, mean);
  return { centred, mean, variance: b.mean(b.mul(centred, centred), axes, true) };
}

function batchNormalization(op: OpCall): readonly Written[] {
  const { b, attributes } = op;
  const x = op.value(0);
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((i) => op.value(i)) as [Value, Value, Value, Value];
  if (x.shape.length < 2) op.fail("its input has no axis of channels");
  for (const v of [scale, bias, mean, variance]) if (v.shape.length !== 1 || v.shape[0] !== x.shape[1]) op.fail(`[${v.shape}] beside ${x.shape[1]} channels`);
  if (attributes.int("spatial", 1) === 0) op.refuse("statistics for each position (spatial = 0)");
  if (op.version < 7 && !attributes.flag("is_test")) op.refuse("the statistics of training (is_test = 0)");
  const epsilon = attributes.number("epsilon", 1e-5);
  if (!attributes.flag("training_mode")) {
    if (op.wants(1)) op.refuse("its statistics are asked for, which only training computes");
    // As one factor and one term, which are constants and join a convolution before them.
    const factor = b.div(scale, b.sqrt(b.add(variance, epsilon)));
    const term = b.sub(bias, b.mul(mean, factor));
    return [b.add(b.mul(x, perChannel(b, factor, x)), perChannel(b, term, x))];
  }
  const momentum = attributes.number("momentum", 0.9);
  const now = moments(b, x, x.shape.flatMap((_, i) => (i === 1 ? [] : [i])));
  const scaled = b.div(b.mul(now.centred, perChannel(b, scale, x)), b.sqrt(b.add(now.variance, epsilon)));
  const running = (old: Value, current: Value) => b.add(b.mul(old, momentum), b.mul(b.reshape(current, old.shape), 1 - momentum));
  return [b.add(scaled, perChannel(b, bias, x)), running(mean, now.mean), running(variance, now.variance)];
}

function instanceNormalization(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const { centred, variance } = moments(b, x, x.shape.slice(2).map((_, i) => i + 2));
  const normal = b.div(centred, b.sqrt(b.add(variance, op.attributes.number("epsilon", 1e-5))));
  return b.add(b.mul(normal, perChannel(b, op.value(1), x)), perChannel(b, op.value(2), x));
}

/** Scale and bias hold one number for each group up to version 20, for each channel from 21 on. */
function groupNormalization(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const groups = op.attributes.int("num_groups", 0);
  const [n, c, ...spatial] = x.shape as [number, number, ...number[]];
  if (groups < 1 || c % groups) op.fail(`${c} channels in ${groups} groups`);
  const grouped = b.reshape(x, [n, groups, c / groups, ...spatial]);
  const { centred, variance } = moments(b, grouped, grouped.shape.slice(2).map((_, i) => i + 2));
  const normal = b.div(centred, b.sqrt(b.add(variance, op.attributes.number("epsilon", 1e-5))));
  const [scale, bias] = [op.value(1), op.value(2)];
  if (scale.shape[0] === c) return b.add(b.mul(b.reshape(normal, x.shape), perChannel(b, scale, x)), perChannel(b, bias, x));
  return b.reshape(b.add(b.mul(normal, perChannel(b, scale, grouped)), perChannel(b, bias, grouped)), x.shape);
}

function layerNormalization(op: OpCall): readonly Written[] {
  const { b } = op;
  const x = op.value(0);
  const first = op.axis(op.attributes.int("axis", -1), x.shape.length);
  const { centred, mean, variance } = moments(b, x, x.shape.flatMap((_, i) => (i >= first ? [i] : [])));
  const inverse = b.div(1, b.sqrt(b.add(variance, op.attributes.number("epsilon", 1e-5))));
  const scaled = b.mul(b.mul(centred, inverse), op.value(1));
  return [op.has(2) ? b.add(scaled, op.value(2)) : scaled, mean, inverse];
}

/** x / (bias + α/size · Σ x²)^β, the sum over `size` neighbouring channels: an average pool along that axis. */
function lrn(op: OpCall): Value {
  const { b, attributes } = op;
  const x = op.value(0);
  const size = attributes.int("size", 0);
  if (size < 1 || x.shape.length < 2) op.fail(`its size is ${size}`);
  const [n, c, ...spatial] = x.shape as [number, number, ...number[]];
  const squares = b.reshape(b.mul(x, x), [n, 1, c, spatial.reduce((p, d) => p * d, 1)]);
  const before = Math.floor((size - 1) / 2);
  const sums = b.avgPool(b.pad(squares, [0, 0, before, 0], [0, 0, size - 1 - before, 0]), [size, 1], { strides: [1, 1] });
  const divisor = b.pow(b.add(b.mul(b.reshape(sums, x.shape), attributes.number("alpha", 1e-4)), attributes.number("bias", 1)), attributes.number("beta", 0.75));
  return b.div(x, divisor);
}

function meanVariance(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const { centred, variance } = moments(b, x, op.axes(op.attributes.numbers("axes") ?? [0, 2, 3], x.shape.length));
  return b.div(centred, b.add(b.sqrt(variance), 1e-9));
}

function lpNormalization(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const axis = [op.axis(op.attributes.int("axis", -1), x.shape.length)];
  const norm = op.attributes.int("p", 2) === 1 ? b.sum(b.abs(x), axis, true) : b.sqrt(b.sum(b.mul(x, x), axis, true));
  return b.div(x, b.select(b.eq(norm, 0), 1, norm)); // nothing stays nothing
}

function rmsNormalization(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const first = op.axis(op.attributes.int("axis", -1), x.shape.length);
  const squares = b.mean(b.mul(x, x), x.shape.flatMap((_, i) => (i >= first ? [i] : [])), true);
  return b.mul(b.div(x, b.sqrt(b.add(squares, op.attributes.number("epsilon", 1e-5)))), op.value(1));
}

/** Nothing, when a network is used rather than trained; the mask then keeps everything. */
function dropout(op: OpCall): readonly Written[] {
  if (op.version < 7 && !op.attributes.flag("is_test")) op.refuse("it drops numbers at random (is_test = 0)");
  const training = op.has(2) && op.needed(2).data[0] !== 0;
  if (training && !(op.has(1) && op.needed(1).data[0] === 0)) op.refuse("it drops numbers at random (training_mode)");
  return op.wants(1) ? [op.item(0), op.b.broadcast(op.b.scalar(1, "bool"), op.shape(0))] : [op.item(0)];
}

export const NORMALISE = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  LRN: lrn,
  MeanVarianceNormalization: meanVariance,
  LpNormalization: lpNormalization,
  Dropout: dropout,
} satisfies { readonly [op: string]: Rule };
