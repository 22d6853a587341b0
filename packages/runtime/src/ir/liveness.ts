/** Where each value of a program is last read, so that backends free memory as early as they may. */
import type { Program, ValueId } from "./program.ts";

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
