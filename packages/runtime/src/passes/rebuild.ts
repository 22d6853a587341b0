/** The frame of most passes: a program is written anew through a builder that writes some equations differently. */
import type { Builder, Value } from "../ir/builder.ts";
import type { OpAttrs, OpName } from "../ir/ops.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";

/** Writes all of `program`, with its inputs in their order, through `b`. */
export function rebuild(program: Program, b: Builder): Program {
  const inputs = Object.fromEntries(program.inputs.map(({ name, value }) => [name, b.input(name, program.types[value]!)]));
  return b.build(b.inline(program, inputs));
}

/** Attributes and inputs of `v` where it is the result of `op`. */
export function made<Op extends OpName>(b: Builder, v: Value, op: Op): { attrs: OpAttrs[Op]; inputs: Value[] } | undefined {
  const e = b.definition(v);
  return e?.op === op ? { attrs: e.attrs as OpAttrs[Op], inputs: e.inputs.map((id) => b.value(id)) } : undefined;
}

export const constantData = (b: Builder, v: Value): TensorData | undefined => made(b, v, "constant")?.attrs.tensor;

const splats = new WeakMap<TensorData, number | null>();

/** The one number that a value holds everywhere, where that can be seen: a constant of equal elements, or one broadcast. */
export function splatOf(b: Builder, v: Value): number | undefined {
  const data = constantData(b, v);
  if (data) {
    let known = splats.get(data);
    if (known === undefined) {
      known = data.data.length > 0 && data.data.every((x) => x === data.data[0]) ? data.data[0]! : null;
      splats.set(data, known);
    }
    return known ?? undefined;
  }
  const broadcast = made(b, v, "broadcast");
  return broadcast && splatOf(b, broadcast.inputs[0]!);
}
