/** Runs whole programs in float64, with values freed after their last use. */
import { liveness } from "../../ir/liveness.ts";
import type { Program, ValueId } from "../../ir/program.ts";
import { sameShape } from "../../ir/tensor.ts";
import { runEquation } from "./kernels.ts";
import { toTensor64, type Tensor64 } from "./tensor64.ts";

/** What `evaluate64` accepts; the dtype is the program's. */
export interface Input64 {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array | Uint8Array;
}

/** The inputs as float64 by value id. Throws a TypeError when one is missing or has another shape. */
export function bindInputs(program: Program, inputs: { readonly [name: string]: Input64 }): Map<ValueId, Tensor64> {
  return new Map(
    program.inputs.map(({ name, value }) => {
      const given = inputs[name];
      const want = program.types[value]!;
      if (!given) throw new TypeError(`input ${name} is not given`);
      if (!sameShape(given.shape, want.shape)) throw new TypeError(`input ${name} has shape [${given.shape}] where [${want.shape}] is wanted`);
      return [value, toTensor64(given, want.dtype)];
    }),
  );
}

/** Runs equation by equation, yielding between them so that a caller may pause or stop; `values` is consumed. */
export function* steps(program: Program, values: Map<ValueId, Tensor64>): Generator<void, { [name: string]: Tensor64 }> {
  const { lastUse, isOutput } = liveness(program);
  for (const [at, equation] of program.equations.entries()) {
    const inputs = equation.inputs.map((id) => values.get(id)!);
    const outputs = runEquation(equation, inputs, equation.outputs.map((id) => program.types[id]!));
    equation.outputs.forEach((id, i) => values.set(id, outputs[i]!));
    for (const id of [...equation.inputs, ...equation.outputs]) if (!isOutput.has(id) && (lastUse.get(id) ?? at) <= at) values.delete(id);
    yield;
  }
  return Object.fromEntries(program.outputs.map((o) => [o.name, values.get(o.value)!]));
}

/**
 * Runs a program with float64 from end to end: the oracle of gradient checks and of expected values.
 * Input data may be float64; constants are the float32 that the program holds. Throws a TypeError when an input does not fit.
 */
export function evaluate64(program: Program, inputs: { readonly [name: string]: Input64 }): { [name: string]: Tensor64 } {
  const run = steps(program, bindInputs(program, inputs));
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}
