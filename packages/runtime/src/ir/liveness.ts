/** Where each value of a program is last read, so that backends free memory as early as they may. */
import type { Program, ValueId } from "./program.ts";
import { sizeOf } from "./tensor.ts";

export interface Liveness {
  /** Index of the last equation that reads a value; absent when none does. */
  readonly lastUse: ReadonlyMap<ValueId, number>;
  /** Values that the program returns: they outlive every equation. */
  readonly isOutput: ReadonlySet<ValueId>;
}

export function liveness(program: Program): Liveness {
  const lastUse = new Map<ValueId, number>();
  program.equations.forEach((e, at) => e.inputs.forEach((id) => lastUse.set(id, at)));
  return { lastUse, isOutput: new Set(program.outputs.map((o) => o.value)) };
}

/**
 * About the bytes that a compiled program holds: its constants, and the most that is alive between two equations. Engines
 * keep what they once needed for the next run.
 */
export function workingBytes(program: Program): number {
  const { lastUse, isOutput } = liveness(program);
  const bytes = (id: ValueId): number => {
    const { dtype, shape } = program.types[id]!;
    return sizeOf(shape) * (dtype === "bool" ? 1 : 4);
  };
  const constant = new Set<ValueId>();
  let kept = 0;
  let alive = program.inputs.reduce((n, { value }) => n + bytes(value), 0);
  let peak = alive;
  program.equations.forEach((e, at) => {
    for (const id of e.outputs)
      if (e.op === "constant") {
        constant.add(id);
        kept += bytes(id);
      } else alive += bytes(id);
    peak = Math.max(peak, alive);
    for (const id of new Set<ValueId>([...e.inputs, ...e.outputs])) if ((lastUse.get(id) ?? at) === at && !isOutput.has(id) && !constant.has(id)) alive -= bytes(id);
  });
  return kept + peak;
}
