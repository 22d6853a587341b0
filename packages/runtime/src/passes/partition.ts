/** Splits a program into what is computed once and what is computed each time. */
import type { Equation, NamedValue, Program, ValueId } from "../ir/program.ts";
import { sizeOf, type StaticType } from "../ir/tensor.ts";
import { dce } from "./dce.ts";

export interface Partition {
  /** Computes the values that the main program is given; `null` when there is nothing worth computing ahead. Its inputs are those it uses. */
  readonly prologue: Program | null;
  /** All outputs of the whole program, from the inputs it uses and the prologue's outputs, under their names. */
  readonly main: Program;
}

/** Operations that take as long to read back as to do again, where they make more data than they read or none at all. */
const expands = (e: Equation, types: readonly StaticType[]): boolean =>
  e.op === "constant" || e.op === "reshape" || (e.op === "broadcast" && sizeOf(types[e.inputs[0]!]!.shape) <= sizeOf(e.attrs.shape));

/**
 * Splits `program` at the edge of what depends on the inputs named in `varying`. Values that depend on none of them become outputs of
 * the prologue and inputs of the main program, named `hoisted:<n>`; one that is itself an output of the program goes by that
 * output's name (and the main program hands it through). The cut runs above constants, reshapes and broadcasts, which
 * are repeated in the main program rather than kept in memory.
 */
export function hoistInvariants(program: Program, { varying }: { varying: readonly string[] }): Partition {
  const changing = new Set<ValueId>(program.inputs.filter((i) => varying.includes(i.name)).map((i) => i.value));
  const definition = new Map<ValueId, Equation>();
  for (const e of program.equations) {
    const varies = e.inputs.some((id) => changing.has(id));
    for (const id of e.outputs) {
      if (varies) changing.add(id);
      else definition.set(id, e);
    }
  }
  const again = new Set<Equation>();
  const hoisted = new Set<ValueId>();
  const need = (id: ValueId): void => {
    const e = definition.get(id);
    if (!e || hoisted.has(id) || again.has(e)) return; // changing, an input, or seen
    if (!expands(e, program.types)) return void hoisted.add(id);
    again.add(e);
    e.inputs.forEach(need);
  };
  for (const e of program.equations) if (e.outputs.some((id) => changing.has(id))) e.inputs.forEach(need);
  for (const o of program.outputs) need(o.value);
  if (hoisted.size === 0) return { prologue: null, main: withUsedInputs(dce(program)) };

  const cut = nameCut(program, [...hoisted].sort((a, b) => a - b));
  const main = { ...program, inputs: [...program.inputs, ...cut], equations: program.equations.filter((e) => again.has(e) || e.outputs.some((id) => changing.has(id))) };
  return { prologue: withUsedInputs(dce({ ...program, outputs: cut })), main: withUsedInputs(dce(main)) };
}

/** By the name of the output that a value is; else by the first free numbers. */
function nameCut(program: Program, values: readonly ValueId[]): NamedValue[] {
  const inputs = new Set(program.inputs.map((i) => i.name));
  const taken = new Set([...inputs, ...program.outputs.map((o) => o.name)]);
  let next = 0;
  return values.map((value) => {
    const own = program.outputs.find((o) => o.value === value && !inputs.has(o.name))?.name;
    if (own !== undefined) return { name: own, value };
    while (taken.has(`hoisted:${next}`)) next++;
    return { name: `hoisted:${next++}`, value };
  });
}

/** Without the inputs that nothing reads. */
function withUsedInputs(program: Program): Program {
  const used = new Set([...program.equations.flatMap((e) => e.inputs), ...program.outputs.map((o) => o.value)]);
  return dce({ ...program, inputs: program.inputs.filter((i) => used.has(i.value)) });
}
