/** Elementwise operations as ONNX operators. */
import type { OpName } from "../../ir/ops.ts";
import { sameShape, sizeOf } from "../../ir/tensor.ts";
import type { Operand } from "../onnx-graph.ts";
import type { LowerRule } from "./rule.ts";
import { castTo, unexpanded } from "./rule.ts";

type Rules<Ops extends OpName> = { readonly [Op in Ops]: LowerRule<Op> };

const unary = <Op extends OpName>(opType: string): LowerRule<Op> => (graph, _attrs, [x]) => graph.node(opType, [x!.name]);

const binary = <Op extends OpName>(opType: string): LowerRule<Op> => (graph, _attrs, inputs, [out]) =>
  graph.node(opType, unexpanded(inputs, out!));

export const ELEMENTWISE: Rules<
  | "neg" | "abs" | "sign" | "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "floor" | "ceil" | "round" | "not" | "clip"
  | "cast" | "stopGradient" | "add" | "sub" | "mul" | "div" | "pow" | "max" | "min" | "mod" | "eq" | "lt" | "le" | "gt" | "ge" | "and" | "or" | "select"
> = {
  neg: unary("Neg"), abs: unary("Abs"), exp: unary("Exp"), log: unary("Log"), sqrt: unary("Sqrt"), sin: unary("Sin"), cos: unary("Cos"),
  tanh: unary("Tanh"), sigmoid: unary("Sigmoid"), erf: unary("Erf"), floor: unary("Floor"), ceil: unary("Ceil"),
  round: unary("Round"), // ONNX rounds halves to even
  not: unary("Not"),

  /** Comparisons instead of `Sign`, which onnxruntime's WebGPU provider lacks. */
  sign: (graph, _attrs, [x]) => {
    const zero = graph.scalar(0);
    const positive = castTo(graph, graph.node("Greater", [x!.name, zero]), "float32");
    return graph.node("Sub", [positive, castTo(graph, graph.node("Less", [x!.name, zero]), "float32")]);
  },

  clip: (graph, { min, max }, [x]) => {
    if (min === -Infinity && max === Infinity) return x!.name;
    if (min === 0 && max === Infinity) return graph.node("Relu", [x!.name]);
    const bounds = [min === -Infinity ? "" : graph.scalar(min), max === Infinity ? "" : graph.scalar(max)];
    return graph.node("Clip", [x!.name, ...(bounds[1] === "" ? bounds.slice(0, 1) : bounds)]);
  },

  cast: (graph, { to }, [x]) => (x!.dtype === to ? x!.name : castTo(graph, x!.name, to)),
  stopGradient: (_graph, _attrs, [x]) => x!.name,

  add: binary("Add"), sub: binary("Sub"), mul: binary("Mul"), div: binary("Div"), max: binary("Max"), min: binary("Min"),
  /** Operands are expanded: the WebGPU provider's shader for a power that broadcasts (1.30: four elements with one) does not compile. */
  pow: (graph, _attrs, inputs, [out]) => {
    const whole = (x: Operand) => (sizeOf(x.shape) === 1 || sameShape(x.shape, out!.shape) ? x.name : graph.node("Expand", [x.name, graph.int64s(out!.shape)]));
    return graph.node("Pow", inputs.map(whole));
  },
  mod: binary("Mod"), // fmod = 0: the sign of the divisor
  eq: binary("Equal"), lt: binary("Less"), le: binary("LessOrEqual"), gt: binary("Greater"), ge: binary("GreaterOrEqual"),
  and: binary("And"), or: binary("Or"),

  select: (graph, _attrs, inputs, [out]) => {
    const [condition, yes, no] = unexpanded(inputs, out!);
    if (out!.dtype !== "bool") return graph.node("Where", [condition!, yes!, no!]);
    // onnxruntime has no Where of bool.
    return graph.node("Or", [graph.node("And", [condition!, yes!]), graph.node("And", [graph.node("Not", [condition!]), no!])]);
  },
};
