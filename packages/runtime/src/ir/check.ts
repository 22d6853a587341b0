/** Checks a whole program; run between passes so that a broken rewrite is found where it happened. */
import { ARITY, type OpName } from "./ops.ts";
import type { Equation, Program, ValueId } from "./program.ts";
import { printEquation } from "./print.ts";
import { sameShape, sizeOf, type StaticType } from "./tensor.ts";
import { inferTypes, IrTypeError } from "./type-rules.ts";

/**
 * Throws IrTypeError, naming the equation, unless: each value is defined once and before its use, operations have as many
 * inputs as they take, stored types are those the rules infer, constants fill their shapes, names are unique and
 * outputs are defined. Returns the program.
 */
export function checkProgram(program: Program): Program {
  const defined = new Set<ValueId>();
  const define = (id: ValueId, what: () => string) => {
    if (!program.types[id]) throw new IrTypeError(`${what()}: value ${id} has no type`);
    if (defined.has(id)) throw new IrTypeError(`${what()}: value ${id} is defined twice`);
    defined.add(id);
  };
  unique(program.inputs.map((i) => i.name), "inputs");
  unique(program.outputs.map((o) => o.name), "outputs");
  for (const { name, value } of program.inputs) define(value, () => `input ${name}`);
  program.equations.forEach((e, index) => {
    const what = () => `equation ${index}, ${printEquation(program, e)}`;
    for (const id of e.inputs) if (!defined.has(id)) throw new IrTypeError(`${what()}: value ${id} is used before it is defined`);
    checkEquation(program, e, what);
    for (const id of e.outputs) define(id, what);
  });
  for (const { name, value } of program.outputs) if (!defined.has(value)) throw new IrTypeError(`output ${name}: value ${value} is not defined`);
  return program;
}

function checkEquation(program: Program, e: Equation, what: () => string): void {
  const arity = ARITY[e.op];
  if (arity === undefined) throw new IrTypeError(`${e.op} is no operation`);
  const [least, most] = typeof arity === "number" ? [arity, arity] : arity;
  if (e.inputs.length < least || e.inputs.length > most) throw new IrTypeError(`${what()}: ${e.inputs.length} inputs`);
  if (e.op === "constant" && e.attrs.tensor.data.length !== sizeOf(e.attrs.tensor.shape)) throw new IrTypeError(`${what()}: the data do not fill the shape`);
  let inferred: readonly StaticType[];
  try {
    inferred = inferTypes(e.op as OpName, e.attrs as never, e.inputs.map((id) => program.types[id]!));
  } catch (error) {
    if (error instanceof IrTypeError) throw new IrTypeError(`${what()}: ${error.message}`);
    throw error;
  }
  if (inferred.length !== e.outputs.length) throw new IrTypeError(`${what()}: ${e.outputs.length} outputs where ${inferred.length} are computed`);
  inferred.forEach((t, i) => {
    const stored = program.types[e.outputs[i]!];
    if (!stored || stored.dtype !== t.dtype || !sameShape(stored.shape, t.shape))
      throw new IrTypeError(`${what()}: stored as ${stored?.dtype}[${stored?.shape}] but computes ${t.dtype}[${t.shape}]`);
  });
}

function unique(names: readonly string[], what: string): void {
  const twice = names.find((n, i) => names.indexOf(n) !== i);
  if (twice !== undefined) throw new IrTypeError(`two ${what} named ${twice}`);
}
