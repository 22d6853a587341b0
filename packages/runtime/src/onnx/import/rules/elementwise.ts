/** Arithmetic, comparison and conversion, element by element. */
import type { Value } from "../../../ir/builder.ts";
import { carrierOf, NARROW, type Elem } from "../../../networks/known.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";
import { ELEMS, elemName } from "../read-tensor.ts";

type FloatUnary = "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "floor" | "ceil" | "round";

const float = (name: FloatUnary): Rule => (op) => op.b[name](op.value(0));
/** Composed of float operations. */
const composed = (f: (op: OpCall, x: Value) => Value): Rule => (op) => f(op, op.value(0));

/** The two operands. Up to version 6 the second says at which axis of the first it begins. */
function operands(op: OpCall): [Value, Value] {
  const [x, y] = [op.value(0), op.value(1)];
  if (op.version >= 7 || !op.attributes.has("axis")) return [x, y];
  const axis = op.axis(op.attributes.int("axis", 0), x.shape.length);
  const behind = x.shape.length - axis - y.shape.length;
  if (behind < 0) op.fail(`[${y.shape}] does not fit at axis ${axis}`);
  return [x, op.b.reshape(y, [...y.shape, ...new Array<number>(behind).fill(1)])];
}

const arithmetic = (name: "add" | "sub" | "mul"): Rule => (op) =>
  op.wrapped(op.b[name](...operands(op)), op.elem(0));

/** Sum, Max, Min and Mean take any number of inputs. */
const many = (name: "add" | "max" | "min"): Rule => (op) => {
  const [first, ...rest] = op.values();
  return rest.reduce((a, v) => op.b[name](a, v), first ?? op.fail("it has no input"));
};

const compare = (name: "eq" | "lt" | "le" | "gt" | "ge"): Rule => (op) => {
  const [x, y] = operands(op);
  const plain = (v: Value) => (v.dtype === "bool" ? op.b.cast(v, "int32") : v);
  return op.b[name](plain(x), plain(y));
};
const logic = (name: "and" | "or"): Rule => (op) => op.b[name](...operands(op));

/** Towards zero. */
const truncate = (op: OpCall, x: Value): Value => op.b.mul(op.b.sign(x), op.b.floor(op.b.abs(x)));

function pow(op: OpCall): Value {
  const { b } = op;
  const [x, y] = operands(op);
  const exponent = op.known(1);
  const fixed = exponent && exponent.data.length === 1 && x.shape.length >= y.shape.length ? exponent.data[0] : undefined;
  if (fixed === 1) return x;
  if (fixed === 2) return op.wrapped(b.mul(x, x), op.elem(0));
  if (fixed === 3) return op.wrapped(b.mul(b.mul(x, x), x), op.elem(0));
  if (x.dtype === "float32") return fixed === 0.5 ? b.sqrt(x) : b.pow(x, b.cast(y, "float32"));
  // Whole powers are exact in float32 to 2²⁴ only.
  return b.cast(b.round(b.pow(b.cast(x, "float32"), b.cast(y, "float32"))), x.dtype);
}

function mod(op: OpCall): Value {
  const { b } = op;
  const [x, y] = [op.value(0), op.value(1)];
  const towardsZero = op.attributes.flag("fmod");
  if (x.dtype === "int32") return towardsZero ? b.sub(x, b.mul(b.div(x, y), y)) : b.mod(x, y);
  const quotient = b.div(x, y);
  const rest = b.sub(x, b.mul(towardsZero ? truncate(op, quotient) : b.floor(quotient), y));
  // An infinite divisor goes into nothing: what is left is x, or the divisor itself where the rest must have its sign.
  const endless = towardsZero ? x : b.select(b.lt(b.mul(x, b.sign(y)), 0), y, x);
  return b.select(b.eq(b.abs(y), Infinity), endless, rest);
}

/** To another element type; floats lose their fraction towards zero, narrow integers wrap around. */
function convert(op: OpCall, to: Elem) {
  const { b } = op;
  const x = op.value(0);
  const from = op.elem(0);
  if (to === "bfloat16" && from !== to) op.refuse("numbers would have to be rounded to bfloat16");
  if (from === "bfloat16" && carrierOf(to) !== "float32") op.refuse("bfloat16 is converted to floats only");
  const known = op.known(0);
  if (known && carrierOf(to) === carrierOf(from) && carrierOf(to) === "int32" && !NARROW[to]) return { ...known, elem: to };
  return op.as(to, op.wrapped(b.cast(x, carrierOf(to)), to));
}

export const ELEMENTWISE = {
  Exp: float("exp"), Log: float("log"), Sqrt: float("sqrt"), Sin: float("sin"), Cos: float("cos"), Tanh: float("tanh"),
  Sigmoid: float("sigmoid"), Erf: float("erf"), Floor: float("floor"), Ceil: float("ceil"), Round: float("round"),
  Abs: composed((op, x) => op.b.abs(x)),
  Neg: composed((op, x) => op.wrapped(op.b.neg(x), op.elem(0))),
  Sign: composed((op, x) => op.b.cast(op.b.sign(op.float(0)), x.dtype)),
  Reciprocal: composed((op, x) => op.b.div(1, x)),
  Tan: composed((op, x) => op.b.div(op.b.sin(x), op.b.cos(x))),
  Sinh: composed(({ b }, x) => b.mul(b.sub(b.exp(x), b.exp(b.neg(x))), 0.5)),
  Cosh: composed(({ b }, x) => b.mul(b.add(b.exp(x), b.exp(b.neg(x))), 0.5)),
  /** Of |x|, because x + √(x²+1) cancels for negative x. */
  Asinh: composed(({ b }, x) => b.mul(b.sign(x), b.log(b.add(b.abs(x), b.sqrt(b.add(b.mul(x, x), 1)))))),
  Acosh: composed(({ b }, x) => b.log(b.add(x, b.sqrt(b.sub(b.mul(x, x), 1))))),
  Atanh: composed(({ b }, x) => b.mul(b.log(b.div(b.add(x, 1), b.sub(1, x))), 0.5)),
  IsNaN: composed(({ b }, x) => b.not(b.eq(x, x))),
  IsInf: composed((op, x) => {
    const { b } = op;
    const [up, down] = [b.eq(x, Infinity), b.eq(x, -Infinity)];
    const [positive, negative] = [op.attributes.flag("detect_positive", true), op.attributes.flag("detect_negative", true)];
    return positive && negative ? b.or(up, down) : positive ? up : negative ? down : b.and(up, down);
  }),
  Not: composed(({ b }, x) => b.not(x)),
  Identity: (op: OpCall) => op.item(0),

  Add: arithmetic("add"), Sub: arithmetic("sub"), Mul: arithmetic("mul"),
  Div: (op: OpCall) => {
      return op.b.div(op.value(0), op.value(1));
  },
  Pow: pow,
  Mod: mod,
  Sum: many("add"), Max: many("max"), Min: many("min"),
  Mean: (op: OpCall) => op.b.mul(many("add")(op) as Value, 1 / op.count),

  Equal: compare("eq"), Less: compare("lt"), LessOrEqual: compare("le"), Greater: compare("gt"), GreaterOrEqual: compare("ge"),
  And: logic("and"), Or: logic("or"),
  Xor: (op: OpCall) => {
    const [x, y] = operands(op);
    return op.b.and(op.b.or(x, y), op.b.not(op.b.and(x, y)));
  },
  Where: (op: OpCall) => op.b.select(op.value(0), op.value(1), op.value(2)),

  Cast: (op: OpCall) => {
    const type = op.attributes.int("to", 1);
    return convert(op, ELEMS[type] ?? op.refuse(`${elemName(type)} cannot be carried`));
  },
  CastLike: (op: OpCall) => convert(op, op.elem(1)),
} satisfies { readonly [op: string]: Rule };
