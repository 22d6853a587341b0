/** Which values an interpreting backend may free after each equation, so that memory holds no more than is still read. */
import { liveness } from "../ir/liveness.ts";
import type { Program, ValueId } from "../ir/program.ts";

export interface LastUse {
  /** Inputs that no equation reads and no output returns: free before the first equation. */
  readonly unused: readonly ValueId[];
  /** For each equation, the values that nothing after it reads. */
  readonly after: readonly (readonly ValueId[])[];
}

/** Values in `keep` (those that outlive a run, such as constants) and the program's outputs are never listed. */
export function lastUse(program: Program, keep: ReadonlySet<ValueId> = new Set()): LastUse {
  const { lastUse: last, isOutput } = liveness(program);
  const mayGo = (id: ValueId) => !isOutput.has(id) && !keep.has(id);
  return {
    unused: program.inputs.map((i) => i.value).filter((id) => mayGo(id) && !last.has(id)),
    after: program.equations.map((e, at) => {
      const ended = [...e.inputs, ...e.outputs].filter((id) => mayGo(id) && (last.get(id) ?? at) === at);
      return [...new Set(ended)];
    }),
  };
}
