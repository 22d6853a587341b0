/** Dead code elimination: drops equations that no output needs, and renumbers what is left without holes. */
import type { Equation, Program, ValueId } from "../ir/program.ts";
import type { StaticType } from "../ir/tensor.ts";

/** The same function of the same inputs (all of them stay, used or not), without the equations that no output depends on. */
export function dce(program: Program): Program {
  const needed = new Set<ValueId>(program.outputs.map((o) => o.value));
  const kept: Equation[] = [];
  for (const e of [...program.equations].reverse()) {
    if (!e.outputs.some((id) => needed.has(id))) continue;
    kept.push(e);
    for (const id of e.inputs) needed.add(id);
  }
  return renumber({ ...program, equations: kept.reverse() });
}

/** Values numbered in order of definition: inputs first. */
export function renumber(program: Program): Program {
  const types: StaticType[] = [];
  const at = new Map<ValueId, ValueId>();
  const define = (id: ValueId): ValueId => {
    at.set(id, types.length);
    types.push(program.types[id]!);
    return types.length - 1;
  };
  const inputs = program.inputs.map(({ name, value }) => ({ name, value: define(value) }));
  const equations = program.equations.map((e) => ({ ...e, inputs: e.inputs.map((id) => at.get(id)!), outputs: e.outputs.map(define) }) as Equation);
  return { inputs, outputs: program.outputs.map(({ name, value }) => ({ name, value: at.get(value)! })), equations, types };
}
