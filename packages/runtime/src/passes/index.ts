/** Passes over programs, and the order in which they make one fast. */
import { checkProgram } from "../ir/check.ts";
import type { Program } from "../ir/program.ts";
import { cse } from "./cse.ts";
import { dce } from "./dce.ts";
import { fold } from "./fold.ts";
import { layout } from "./layout.ts";
import { simplify } from "./simplify.ts";

export { cse } from "./cse.ts";
export { dce } from "./dce.ts";
export { fold } from "./fold.ts";
export { differentiate, gradient } from "./grad.ts";
export { layout } from "./layout.ts";
export { hoistInvariants, type Partition } from "./partition.ts";
export { simplify } from "./simplify.ts";

export interface Pass {
  readonly name: string;
  readonly run: (program: Program) => Program;
}

/**
 * What `optimise` runs, in order. Dead code goes first so that no pass works on it. Transposes move once identities have
 * removed the obvious ones, and what they leave behind (transposed constants, merged reshapes) is folded and simplified again.
 */
export const PASSES: readonly Pass[] = [
  { name: "dce", run: dce },
  { name: "fold", run: fold },
  { name: "simplify", run: simplify },
  { name: "fold again", run: fold },
  { name: "layout", run: layout },
  { name: "fold what moved", run: fold },
  { name: "simplify what moved", run: simplify },
  { name: "fold at last", run: fold },
  { name: "cse", run: cse },
  { name: "dce at last", run: dce },
];

export interface OptimiseOptions {
  /** Check the program before the first and after each pass; a broken one throws IrTypeError naming the pass. Off by default. */
  check?: boolean;
  /** Called after each pass. */
  trace?: (pass: string, program: Program) => void;
}

/** The same inputs and outputs, by fewer and faster equations; float results may differ in their last bits. Take gradients before. */
export function optimise(program: Program, { check = false, trace }: OptimiseOptions = {}): Program {
  if (check) checkProgram(program);
  return PASSES.reduce((p, pass) => {
    const next = pass.run(p);
    if (check) checkAfter(pass.name, next);
    trace?.(pass.name, next);
    return next;
  }, program);
}

function checkAfter(pass: string, program: Program): void {
  try {
    checkProgram(program);
  } catch (error) {
    if (error instanceof Error) error.message = `after the pass “${pass}”: ${error.message}`;
    throw error;
  }
}
