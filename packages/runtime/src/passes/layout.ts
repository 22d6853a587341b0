/**
 * Moves transposes until they cancel. Nodes are channels-last and convolutions channels-first, so lowered graphs are full of
 * them; afterwards everything between two convolutions, its gradient included, runs in the order the convolutions want.
 */
import type { Program, ValueId } from "../ir/program.ts";
import { sizeOf } from "../ir/tensor.ts";
import { dce } from "./dce.ts";
import { movesOnlyOnes } from "./layout/permutation.ts";
import { pull } from "./layout/pull.ts";
import { sink } from "./layout/sink.ts";

/** Moving may uncover more to move; in practice the second round finds nothing. */
const ROUNDS = 4;

/** Elements moved by transposes that run every time: those of constants are folded. */
export function transposedElements(program: Program): number {
  const constant = new Set<ValueId>();
  let elements = 0;
  for (const e of program.equations) {
    if (e.op !== "random" && e.inputs.every((id) => constant.has(id))) e.outputs.forEach((id) => constant.add(id));
    else if (e.op === "transpose" && !movesOnlyOnes(program.types[e.inputs[0]!]!.shape, e.attrs.perm)) elements += sizeOf(program.types[e.inputs[0]!]!.shape);
  }
  return elements;
}

/** The same program with fewer elements transposed, or itself where nothing is gained. */
export function layout(program: Program): Program {
  let best = program;
  let cost = transposedElements(program);
  for (let round = 0; round < ROUNDS && cost > 0; round++) {
    const candidates = [dce(pull(sink(best))), dce(pull(best))];
    const next = candidates.reduce((p, q) => (transposedElements(q) < transposedElements(p) ? q : p));
    const lower = transposedElements(next);
    if (lower >= cost) break;
    [best, cost] = [next, lower];
  }
  return best;
}
