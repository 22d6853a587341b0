/** Activation functions, written so that neither values nor gradients overflow. */
import type { Value } from "../../../ir/builder.ts";
import { RuleError, type OpCall, type Rule } from "../../../networks/rule.ts";

const negativePart = ({ b }: OpCall, x: Value): Value => b.clip(x, -Infinity, 0);

/** `x` where it is positive, otherwise `below`. */
const above = ({ b }: OpCall, x: Value, below: Value): Value => b.select(b.gt(x, 0), x, below);

const elu = (op: OpCall, x: Value, alpha: number): Value => above(op, x, op.b.mul(op.b.sub(op.b.exp(negativePart(op, x)), 1), alpha));

/** log(1 + eˣ) as max(x, 0) + log(1 + e^−|x|). */
const softplus = ({ b }: OpCall, x: Value): Value => b.add(b.relu(x), b.log(b.add(b.exp(b.neg(b.abs(x))), 1)));

/** One slope for each channel may come as `[C]`, as older files have it, beside the usual broadcasting. */
function prelu(op: OpCall): Value {
  const { b } = op;
  const [x, slope] = [op.value(0), op.value(1)];
  const perChannel = slope.shape.length === 1 && x.shape.length > 2 && slope.shape[0] === x.shape[1] && slope.shape[0] !== x.shape.at(-1);
  const fitted = perChannel ? b.reshape(slope, [slope.shape[0]!, ...x.shape.slice(2).map(() => 1)]) : slope;
  return x.dtype === "int32" ? b.select(b.gt(x, 0), x, b.mul(x, fitted)) : above(op, x, b.mul(x, fitted));
}

/** Bounds are attributes up to version 10, then inputs, which may be computed. */
function clip(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const bound = (attribute: string, input: number, none: number): Value | number => {
    if (op.version < 11) return op.attributes.number(attribute, none);
    if (!op.has(input)) return none;
    const known = op.known(input);
    return known ? known.data[0] ?? none : op.value(input);
  };
  const [low, high] = [bound("min", 1, -Infinity), bound("max", 2, Infinity)];
  if (x.dtype === "float32" && typeof low === "number" && typeof high === "number" && low <= high) return b.clip(x, low, high);
  const scalar = (v: Value | number) => (typeof v === "number" ? v : b.reshape(v, []));
  const raised = low === -Infinity ? x : b.max(x, scalar(low));
  return high === Infinity ? raised : b.min(raised, scalar(high));
}


export const ACTIVATION = {
  Relu: (op: OpCall) => {
    const x = op.value(0);
    return x.dtype === "int32" ? op.b.max(x, 0) : op.b.relu(x);
  },
  LeakyRelu: (op: OpCall) => above(op, op.value(0), op.b.mul(op.value(0), op.attributes.number("alpha", 0.01))),
  PRelu: prelu,
  ThresholdedRelu: (op: OpCall) => op.b.select(op.b.gt(op.value(0), op.attributes.number("alpha", 1)), op.value(0), 0),
  Elu: (op: OpCall) => elu(op, op.value(0), op.attributes.number("alpha", 1)),
  Selu: (op: OpCall) => op.b.mul(elu(op, op.value(0), op.attributes.number("alpha", 1.6732632423543772)), op.attributes.number("gamma", 1.0507009873554805)),
  Celu: (op: OpCall) => {
    const alpha = op.attributes.number("alpha", 1);
    const x = op.value(0);
    return above(op, x, op.b.mul(op.b.sub(op.b.exp(op.b.div(negativePart(op, x), alpha)), 1), alpha));
  },
  Clip: clip,
  HardSigmoid: (op: OpCall) => op.b.clip(op.b.add(op.b.mul(op.value(0), op.attributes.number("alpha", 0.2)), op.attributes.number("beta", 0.5)), 0, 1),
  HardSwish: (op: OpCall) => op.b.mul(op.value(0), op.b.clip(op.b.add(op.b.mul(op.value(0), 1 / 6), 0.5), 0, 1)),
  Softplus: (op: OpCall) => softplus(op, op.value(0)),
  Softsign: (op: OpCall) => op.b.div(op.value(0), op.b.add(op.b.abs(op.value(0)), 1)),
  Swish: (op: OpCall) => op.b.mul(op.value(0), op.b.sigmoid(op.b.mul(op.value(0), op.attributes.number("alpha", 1)))),
  Mish: (op: OpCall) => op.b.mul(op.value(0), op.b.tanh(softplus(op, op.value(0)))),
  Gelu: (op: OpCall) => {
    const { b } = op;
    const x = op.value(0);
    const approximate = op.attributes.text("approximate", "none");
    if (approximate !== "none" && approximate !== "tanh") throw new RuleError(`its approximation “${approximate}” is not known`);
    const shape = approximate === "tanh"
      ? b.tanh(b.mul(b.add(x, b.mul(b.mul(b.mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI)))
      : b.erf(b.mul(x, Math.SQRT1_2));
    return b.mul(b.mul(x, 0.5), b.add(shape, 1));
  },
  Shrink: (op: OpCall) => {
    const { b } = op;
    const x = b.cast(op.value(0), "float32");
    const [bias, lambda] = [op.attributes.number("bias", 0), op.attributes.number("lambd", 0.5)];
    return b.cast(b.select(b.lt(x, -lambda), b.add(x, bias), b.select(b.gt(x, lambda), b.sub(x, bias), 0)), op.value(0).dtype);
  },
} satisfies { readonly [op: string]: Rule };
