/** Kernels that treat each element alone: arithmetic, comparisons, selection, conversions. */
import type { OpName } from "../../ir/ops.ts";
import { erf } from "./erf.ts";
import { broadcastTo, type Kernel } from "./tensor64.ts";

type Unary = "neg" | "abs" | "sign" | "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "floor" | "ceil" | "round" | "not" | "clip" | "cast" | "stopGradient";
type Binary = "add" | "sub" | "mul" | "div" | "pow" | "max" | "min" | "mod" | "eq" | "lt" | "le" | "gt" | "ge" | "and" | "or";

const unary = <Op extends OpName>(f: (x: number) => number): Kernel<Op> => (_attrs, [x]) => [x!.data.map(f)];

/** `whole` is the rule for int32, where it is not that of floats. */
const binary = <Op extends OpName>(float: (a: number, b: number) => number, whole = float): Kernel<Op> => (_attrs, [a, b], [out]) => {
  const f = a!.dtype === "int32" ? whole : float;
  const [left, right] = [broadcastTo(a!.data, a!.shape, out!.shape), broadcastTo(b!.data, b!.shape, out!.shape)];
  const result = new Float64Array(left.length);
  for (let i = 0; i < result.length; i++) result[i] = f(left[i]!, right[i]!);
  return [result];
};

function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

const truth = (b: boolean): number => (b ? 1 : 0);

export const ELEMENTWISE: { readonly [Op in Unary | Binary | "select"]: Kernel<Op> } = {
  neg: unary((x) => -x),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tanh: unary(Math.tanh),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  erf: unary(erf),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary(roundHalfToEven),
  not: unary((x) => 1 - x),
  clip: ({ min, max }, [x]) => [x!.data.map((v) => Math.min(Math.max(v, min), max))],
  cast: ({ to }, [x]) => {
    if (to === x!.dtype || (to === "float32") || x!.dtype === "bool") return [x!.data];
    return [x!.data.map(to === "bool" ? (v) => truth(v !== 0) : (v) => v | 0)];
  },
  stopGradient: (_attrs, [x]) => [x!.data],

  add: binary((a, b) => a + b, (a, b) => (a + b) | 0),
  sub: binary((a, b) => a - b, (a, b) => (a - b) | 0),
  mul: binary((a, b) => a * b, Math.imul),
  div: binary((a, b) => a / b, (a, b) => (a / b) | 0),
  pow: binary(Math.pow),
  max: binary(Math.max),
  min: binary(Math.min),
  mod: binary((a, b) => a - Math.floor(a / b) * b),
  eq: binary((a, b) => truth(a === b)),
  lt: binary((a, b) => truth(a < b)),
  le: binary((a, b) => truth(a <= b)),
  gt: binary((a, b) => truth(a > b)),
  ge: binary((a, b) => truth(a >= b)),
  and: binary((a, b) => a * b),
  or: binary((a, b) => Math.max(a, b)),

  select: (_attrs, [c, x, y], [out]) => {
    const [condition, yes, no] = [c!, x!, y!].map((t) => broadcastTo(t.data, t.shape, out!.shape)) as [Float64Array, Float64Array, Float64Array];
    return [condition.map((v, i) => (v ? yes[i]! : no[i]!))];
  },
};
