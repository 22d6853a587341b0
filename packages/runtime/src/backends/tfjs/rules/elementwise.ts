/** Operations on each element alone, and the arithmetic of two tensors with broadcasting. */
import type { DType } from "../../../ir/tensor.ts";
import { mergeBroadcast, MOST_AXES, reshape } from "../axes.ts";
import type { Rule, Rules, RuleContext, Tensor, Tf, WithTf } from "../rule.ts";
import { divideTowardsZero, floorMod, toFloat } from "./integer.ts";
import { broadcastTo } from "./move.ts";
import { cosine, sine } from "./trigonometry.ts";

type Unary = "neg" | "abs" | "sign" | "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "floor" | "ceil" | "round" | "not" | "clip" | "cast" | "stopGradient";
type Binary = "add" | "sub" | "mul" | "div" | "pow" | "max" | "min" | "mod" | "eq" | "lt" | "le" | "gt" | "ge" | "and" | "or";

const LARGEST = 3.4028234663852886e38;

/** Shaders of one input address up to six axes, though the order of elements is all they need: beyond four, a vector does. */
function flat(cx: WithTf, x: Tensor, f: (x: Tensor) => Tensor): Tensor {
  return x.rank <= MOST_AXES ? f(x) : reshape(cx, f(reshape(cx, x, [x.size])), x.shape);
}

const unary = <Op extends Unary>(f: (tf: Tf, x: Tensor) => Tensor): Rule<Op> => (cx, _attrs, [x]) => flat(cx, x!, (v) => f(cx.tf, v));

/** Brings operands to at most four axes (broadcasting in full where merging does not suffice), computes, and restores the shape. */
function together(cx: RuleContext, inputs: readonly Tensor[], out: readonly number[], f: (...inputs: Tensor[]) => Tensor): Tensor {
  if (out.length <= MOST_AXES) return f(...inputs);
  const merged = mergeBroadcast(inputs.map((x) => x.shape), out);
  const narrow = merged.out.length <= MOST_AXES;
  const size = out.reduce((n, d) => n * d, 1);
  const ready = inputs.map((x, i) => (narrow ? reshape(cx, x, merged.shapes[i]!) : reshape(cx, broadcastTo(cx, x, out), [size])));
  return reshape(cx, f(...ready), out);
}

const binary = <Op extends Binary>(float: (tf: Tf, a: Tensor, b: Tensor) => Tensor, whole = float): Rule<Op> => (cx, _attrs, [a, b], [out]) =>
  together(cx, [a!, b!], out!.shape, (x, y) => (x!.dtype === "int32" ? whole : float)(cx.tf, x!, y!));

/** ReLU and ReLU6 have shaders of their own; infinite bounds are not for `clipByValue`, whose uniforms must be finite. */
function clip(tf: Tf, x: Tensor, min: number, max: number): Tensor {
  if (min === 0 && max === Infinity) return tf.relu(x);
  if (min === 0 && max === 6) return tf.relu6(x);
  if (min === -Infinity && max === Infinity) return x;
  return tf.clipByValue(x, Math.max(min, -LARGEST), Math.min(max, LARGEST));
}

function cast(tf: Tf, x: Tensor, to: DType): Tensor {
  if (x.dtype === to) return x;
  if (to === "float32") return toFloat(tf, x);
  return to === "bool" ? tf.notEqual(x, tf.scalar(0, x.dtype)) : tf.cast(x, to);
}

export const ELEMENTWISE: Rules<Unary | Binary | "select"> = {
  neg: unary((tf, x) => tf.neg(x)),
  abs: unary((tf, x) => tf.abs(x)),
  sign: unary((tf, x) => tf.sign(x)),
  exp: unary((tf, x) => tf.exp(x)),
  log: unary((tf, x) => tf.log(x)),
  sqrt: unary((tf, x) => tf.sqrt(x)),
  sin: unary(sine),
  cos: unary(cosine),
  tanh: unary((tf, x) => tf.tanh(x)),
  sigmoid: unary((tf, x) => tf.sigmoid(x)),
  erf: unary((tf, x) => tf.erf(x)),
  floor: unary((tf, x) => tf.floor(x)),
  ceil: unary((tf, x) => tf.ceil(x)),
  round: unary((tf, x) => tf.round(x)),
  not: unary((tf, x) => tf.logicalNot(x)),
  clip: (cx, { min, max }, [x]) => flat(cx, x!, (v) => clip(cx.tf, v, min, max)),
  cast: (cx, { to }, [x]) => flat(cx, x!, (v) => cast(cx.tf, v, to)),
  stopGradient: (_cx, _attrs, [x]) => x!,

  add: binary((tf, a, b) => tf.add(a, b)),
  sub: binary((tf, a, b) => tf.sub(a, b)),
  mul: binary((tf, a, b) => tf.mul(a, b)),
  div: binary((tf, a, b) => tf.div(a, b), divideTowardsZero),
  pow: binary((tf, a, b) => tf.pow(a, b)),
  max: binary((tf, a, b) => tf.maximum(a, b)),
  min: binary((tf, a, b) => tf.minimum(a, b)),
  mod: binary(floorMod),
  eq: binary((tf, a, b) => tf.equal(a, b)),
  lt: binary((tf, a, b) => tf.less(a, b)),
  le: binary((tf, a, b) => tf.lessEqual(a, b)),
  gt: binary((tf, a, b) => tf.greater(a, b)),
  ge: binary((tf, a, b) => tf.greaterEqual(a, b)),
  and: binary((tf, a, b) => tf.logicalAnd(a, b)),
  or: binary((tf, a, b) => tf.logicalOr(a, b)),

  select: (cx, _attrs, [c, x, y], [out]) => together(cx, [c!, x!, y!], out!.shape, (p, a, b) => select(cx.tf, p!, a!, b!)),
};

/** `tf.where`, whose shader has no rule for bool branches on the GPU: they travel as int32. */
function select(tf: Tf, condition: Tensor, whenTrue: Tensor, whenFalse: Tensor): Tensor {
  if (whenTrue.dtype !== "bool") return tf.where(condition, whenTrue, whenFalse);
  return tf.cast(tf.where(condition, tf.cast(whenTrue, "int32"), tf.cast(whenFalse, "int32")), "bool");
}
