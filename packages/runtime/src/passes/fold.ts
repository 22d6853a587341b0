/** Constant folding: computes what depends on no input, once, with the reference kernels; random numbers always. */
import { runEquation } from "../backends/reference/kernels.ts";
import { fromTensor64, toTensor64 } from "../backends/reference/tensor64.ts";
import { Builder, type Value } from "../ir/builder.ts";
import type { OpAttrs, OpName } from "../ir/ops.ts";
import type { Equation, Program } from "../ir/program.ts";
import { randomValues } from "../ir/random.ts";
import { float32, sizeOf, type StaticType } from "../ir/tensor.ts";
import { inferTypes } from "../ir/type-rules.ts";
import { constantData, rebuild } from "./rebuild.ts";

/** A folded result of more elements must be no larger than what it is computed from. */
const LARGEST = 4 * 2 ** 20;
/** Below this many elements growth does not matter. */
const SMALL = 4096;
const GROWTH = 4;
/** Multiplications that plain TypeScript may spend on one equation; a network applied to a constant picture is left to the engine. */
const MOST_WORK = 2e7;

function work(op: OpName, inputs: readonly StaticType[], output: StaticType): number {
  const size = sizeOf(output.shape);
  const terms = { conv: () => sizeOf(inputs[1]!.shape.slice(1)), convTranspose: () => sizeOf(inputs[1]!.shape.slice(1)), matmul: () => inputs[0]!.shape.at(-1)! };
  return size * (op in terms ? terms[op as keyof typeof terms]() : 1);
}

/** Whether the result is worth keeping as data. */
function worthwhile(op: OpName, inputs: readonly StaticType[], outputs: readonly StaticType[]): boolean {
  const given = inputs.reduce((n, t) => n + sizeOf(t.shape), 0);
  const got = outputs.reduce((n, t) => n + sizeOf(t.shape), 0);
  if (op === "broadcast" && sizeOf(inputs[0]!.shape) === 1) return false;
  if (work(op, inputs, outputs[0]!) > MOST_WORK) return false;
  return got <= given || got <= SMALL || (got <= LARGEST && got <= GROWTH * given);
}

class FoldingBuilder extends Builder {
  override emitAll<Op extends OpName>(op: Op, attrs: OpAttrs[Op], ...inputs: readonly Value[]): Value[] {
    if (op === "random") {
      const random = attrs as OpAttrs["random"];
      return [this.constant(float32(random.shape, randomValues(random)))];
    }
    const data = inputs.map((v) => constantData(this, v));
    if (op === "constant" || !data.every((d) => d !== undefined)) return super.emitAll(op, attrs, ...inputs);
    const types = inferTypes(op, attrs, inputs);
    if (!worthwhile(op, inputs, types)) return super.emitAll(op, attrs, ...inputs);
    const equation = { op, attrs, inputs: [], outputs: [] } as unknown as Equation;
    return runEquation(equation, data.map((d) => toTensor64(d, d.dtype)), types).map((t) => this.constant(fromTensor64(t)));
  }
}

/**
 * Equations of constants become constants, computed in float64 and rounded once. Not folded: scalars repeated by `broadcast`, results
 * that are both large and much larger than what they come from, and work that plain TypeScript would take long over.
 */
export const fold = (program: Program): Program => rebuild(program, new FoldingBuilder());
