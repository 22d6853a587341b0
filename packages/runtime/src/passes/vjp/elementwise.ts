/** Gradients of the operations that treat each element alone. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import { none, splat, sumTo, type Vjp, type VjpSite } from "./rule.ts";

type Op =
  | "neg" | "abs" | "sign" | "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "floor" | "ceil" | "round" | "not" | "clip" | "cast" | "stopGradient"
  | "add" | "sub" | "mul" | "div" | "pow" | "max" | "min" | "mod" | "eq" | "lt" | "le" | "gt" | "ge" | "and" | "or" | "select";

const unary = <O extends OpName>(f: (b: Builder, g: Value, x: Value, y: Value) => Value): Vjp<O> => ({ b, grad, inputs, outputs }) => [f(b, grad, inputs[0]!, outputs[0]!)];

/** Gradients before the sums over what was broadcast; each is computed only if wanted. */
const binary = <O extends OpName>(left: (s: VjpSite<O>, x: Value, y: Value) => Value, right: (s: VjpSite<O>, x: Value, y: Value) => Value): Vjp<O> => (s) => {
  const [x, y] = s.inputs as [Value, Value];
  return [s.wanted[0] ? sumTo(s.b, left(s, x, y), x.shape) : null, s.wanted[1] ? sumTo(s.b, right(s, x, y), y.shape) : null];
};

/** 1 where `winner` wins, ½ at ties (as PyTorch's maximum), 0 where it loses. */
function share(b: Builder, winner: Value, loser: Value): Value {
  return b.mul(b.add(b.cast(winner, "float32"), b.sub(1, b.cast(loser, "float32"))), 0.5);
}

/**
 * d xᵉ/dx = e·x^(e−1), and 0 where e = 0 even if x is 0; d xᵉ/de = xᵉ·ln x, and 0 where x = 0 and e ≥ 0. Both as in PyTorch,
 * whose guards keep 0·∞ from becoming NaN.
 */
function powBase({ b, grad, constantOf }: VjpSite<"pow">, x: Value, e: Value): Value {
  const c = splat(constantOf(e));
  if (c === 0) return b.zeros(grad.shape);
  if (c === 1) return grad;
  if (c === 2) return b.mul(grad, b.mul(x, 2));
  if (c !== undefined) return b.mul(grad, b.mul(b.pow(x, c - 1), c));
  return b.select(b.eq(e, 0), 0, b.mul(grad, b.mul(e, b.pow(x, b.sub(e, 1)))));
}

function powExponent({ b, grad, outputs }: VjpSite<"pow">, x: Value, e: Value): Value {
  const flat = b.and(b.eq(x, 0), b.ge(e, 0));
  return b.mul(grad, b.select(flat, 0, b.mul(outputs[0]!, b.log(x))));
}

export const ELEMENTWISE_VJP: { readonly [O in Op]: Vjp<O> } = {
  neg: unary((b, g) => b.neg(g)),
  abs: unary((b, g, x) => b.mul(g, b.sign(x))),
  exp: unary((b, g, _x, y) => b.mul(g, y)),
  log: unary((b, g, x) => b.div(g, x)),
  // 0 at 0, as PyTorch's norm: there the true slope is infinite, and a distance of two equal things would give NaN.
  sqrt: unary((b, g, _x, y) => b.select(b.gt(y, 0), b.div(b.mul(g, 0.5), y), 0)),
  sin: unary((b, g, x) => b.mul(g, b.cos(x))),
  cos: unary((b, g, x) => b.neg(b.mul(g, b.sin(x)))),
  tanh: unary((b, g, _x, y) => b.mul(g, b.sub(1, b.mul(y, y)))),
  sigmoid: unary((b, g, _x, y) => b.mul(g, b.mul(y, b.sub(1, y)))),
  erf: unary((b, g, x) => b.mul(g, b.mul(b.exp(b.neg(b.mul(x, x))), 2 / Math.sqrt(Math.PI)))),
  sign: none, floor: none, ceil: none, round: none, not: none, stopGradient: none,
  clip: ({ b, attrs: { min, max }, grad, inputs, outputs }) => {
    const x = inputs[0]!;
    if (min === -Infinity && max === Infinity) return [grad];
    // With two bounds, x is inside exactly where clipping left it alone: one comparison instead of three operations.
    const inside = max === Infinity ? b.ge(x, min) : min === -Infinity ? b.le(x, max) : b.eq(x, outputs[0]!);
    // A product with 0 and 1 rather than a select: an eighth of a style step on onnxruntime. (An infinite gradient outside the
    // bounds gives NaN here where a select would give 0; it means that the program is broken behind the clip.)
    return [b.mul(grad, b.cast(inside, "float32"))];
  },
  cast: ({ attrs, grad, inputs }) => (attrs.to === "float32" && inputs[0]!.dtype === "float32" ? [grad] : []),

  add: binary(({ grad }) => grad, ({ grad }) => grad),
  sub: binary(({ grad }) => grad, ({ b, grad }) => b.neg(grad)),
  mul: binary(({ b, grad }, _x, y) => b.mul(grad, y), ({ b, grad }, x) => b.mul(grad, x)),
  div: binary(({ b, grad }, _x, y) => b.div(grad, y), ({ b, grad, outputs }, _x, y) => b.neg(b.div(b.mul(grad, outputs[0]!), y))),
  pow: binary(powBase, powExponent),
  max: binary(({ b, grad }, x, y) => b.mul(grad, share(b, b.gt(x, y), b.lt(x, y))), ({ b, grad }, x, y) => b.mul(grad, share(b, b.lt(x, y), b.gt(x, y)))),
  min: binary(({ b, grad }, x, y) => b.mul(grad, share(b, b.lt(x, y), b.gt(x, y))), ({ b, grad }, x, y) => b.mul(grad, share(b, b.gt(x, y), b.lt(x, y)))),
  mod: none, eq: none, lt: none, le: none, gt: none, ge: none, and: none, or: none,
  select: ({ b, grad, inputs, wanted }) => [
    null,
    wanted[1] ? sumTo(b, b.select(inputs[0]!, grad, 0), inputs[1]!.shape) : null,
    wanted[2] ? sumTo(b, b.select(inputs[0]!, 0, grad), inputs[2]!.shape) : null,
  ],
};
