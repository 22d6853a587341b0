/** Activation functions by the names that Keras and fused TensorFlow operators give them. */
import type { Value } from "../../ir/builder.ts";
import type { OpCall } from "../rule.ts";
import { onnx } from "./delegate.ts";
import type { AttributeValue } from "../attributes.ts";

const of = (name: string, attributes: { readonly [name: string]: AttributeValue } = {}) => (op: OpCall, x: Value): Value => onnx(op, name, [x], attributes)[0] as Value;

/** By name without underscores, in lower case. */
const ACTIVATIONS: { readonly [name: string]: (op: OpCall, x: Value) => Value } = {
  linear: (_op, x) => x,
  relu: (op, x) => op.b.relu(x),
  relu6: (op, x) => op.b.clip(x, 0, 6),
  elu: of("Elu"),
  selu: of("Selu"),
  sigmoid: (op, x) => op.b.sigmoid(x),
  hardsigmoid: of("HardSigmoid"),
  tanh: (op, x) => op.b.tanh(x),
  softmax: of("Softmax", { axis: -1 }),
  logsoftmax: of("LogSoftmax", { axis: -1 }),
  softplus: of("Softplus"),
  softsign: of("Softsign"),
  swish: (op, x) => op.b.mul(x, op.b.sigmoid(x)),
  silu: (op, x) => op.b.mul(x, op.b.sigmoid(x)),
  mish: of("Mish"),
  gelu: of("Gelu"),
  gelunew: of("Gelu", { approximate: "tanh" }),
};

export const activationOf = (name: string): ((op: OpCall, x: Value) => Value) | undefined => ACTIVATIONS[name.replaceAll("_", "").toLowerCase()];

/** Throws for a name that is not known. */
export const activate = (op: OpCall, x: Value, name: string): Value => (activationOf(name) ?? op.refuse(`the activation “${name}” is not known`))(op, x);
