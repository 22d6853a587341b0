/** Numbers as small integers and back, as quantised networks carry them between float operators. */
import type { Value } from "../../../ir/builder.ts";
import { NARROW } from "../../../networks/known.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";

/** A scale or zero point for the whole tensor, or for each entry of one axis. */
function alongAxis(op: OpCall, input: number, x: Value): Value {
  const v = op.float(input);
  if (v.shape.length === 0) return v;
  if (v.shape.length > 1) op.refuse("scales for blocks");
  if (v.shape[0] === 1) return op.b.reshape(v, []);
  const axis = op.axis(op.attributes.int("axis", 1), x.shape.length);
  return op.b.reshape(v, x.shape.map((_, i) => (i === axis ? v.shape[0]! : 1)));
}

function dequantise(op: OpCall): Value {
  const x = op.float(0);
  const shifted = op.has(2) ? op.b.sub(x, alongAxis(op, 2, x)) : x;
  return op.b.mul(shifted, alongAxis(op, 1, x));
}

function quantise(op: OpCall) {
  const { b } = op;
  const x = op.value(0);
  const elem = op.has(2) ? op.elem(2) : "uint8";
  const range = NARROW[elem] ?? op.refuse(`numbers are to become ${elem}`);
  const rounded = b.round(b.div(x, alongAxis(op, 1, x)));
  const shifted = op.has(2) ? b.add(rounded, alongAxis(op, 2, x)) : rounded;
  return op.as(elem, b.cast(b.clip(shifted, range.low, range.low + range.count - 1), "int32"));
}

export const QUANTISE = { DequantizeLinear: dequantise, QuantizeLinear: quantise } satisfies { readonly [op: string]: Rule };
