/** Operators that TensorFlow and ONNX share but for their spelling are written by ONNX's rules. */
import type { Value } from "../../ir/builder.ts";
import { ONNX_OPERATORS } from "../../onnx/import/operators.ts";
import { Attributes, type AttributeValue } from "../attributes.ts";
import { knownInts, type Known } from "../known.ts";
import { Item, OpCall, type Rule, type Written } from "../rule.ts";

/** The operator set whose meanings are delegated to. */
const VERSION = 18;

/** What `name` of ONNX gives for these inputs. Lists of numbers are int64 tensors. */
export function onnx(op: OpCall, name: string, inputs: readonly (Item | Value | Known | readonly number[] | undefined)[], attributes: { readonly [name: string]: AttributeValue } = {}): readonly Written[] {
  const items = inputs.map((i) => (i === undefined || i instanceof Item ? i : Array.isArray(i) ? new Item("int64", { known: knownInts(i) }) : "id" in i ? op.as(i.dtype, i) : new Item((i as Known).elem, { known: i as Known })));
  const call = new OpCall(op.b, { ...op.node, op: name, attributes: new Attributes(Object.entries(attributes)), version: VERSION }, items, op.needValue);
  return [ONNX_OPERATORS.get(name)!.rule(call)].flat() as Written[];
}

/** The same operator under another name, input by input. */
export const renamed = (name: string, attributes: { readonly [name: string]: AttributeValue } = {}): Rule => (op) => onnx(op, name, Array.from({ length: op.count }, (_, i) => (op.has(i) ? op.item(i) : undefined)), attributes);
