/** The reference backend: plain TypeScript in float64, the oracle that every other backend is tested against. */
import { checkProgram } from "../../ir/check.ts";
import type { Program } from "../../ir/program.ts";
import type { Backend, Executable } from "../backend.ts";
import { bindInputs, steps } from "./evaluate.ts";
import { fromTensor64 } from "./tensor64.ts";

export { evaluate64, type Input64 } from "./evaluate.ts";
export { KERNELS, runEquation } from "./kernels.ts";
export { fromTensor64, toTensor64, type Kernel, type Tensor64 } from "./tensor64.ts";

/** Milliseconds of work after which a run lets other tasks (and so an abort) have a turn. */
const TURN = 30;

function executable(program: Program): Executable {
  return {
    async run(inputs, options) {
      for (const { name, value } of program.inputs)
        if (inputs[name] && inputs[name].dtype !== program.types[value]!.dtype)
          throw new TypeError(`input ${name} is ${inputs[name].dtype} where ${program.types[value]!.dtype} is wanted`);
      const run = steps(program, bindInputs(program, inputs));
      let turn = performance.now();
      for (;;) {
        options?.signal?.throwIfAborted();
        const step = run.next();
        if (step.done) return Object.fromEntries(Object.entries(step.value).map(([name, t]) => [name, fromTensor64(t)]));
        if (performance.now() - turn < TURN) continue;
        await new Promise((resolve) => setTimeout(resolve, 0));
        turn = performance.now();
      }
    },
    async dispose() {},
  };
}

/** Correct rather than fast: for tests, small inputs, and machines where no engine loads. Results are rounded to float32 once, at the end. */
export const referenceBackend: Backend = {
  id: "reference",
  async probe() {
    return { available: true, device: "JavaScript, float64", version: "1", threads: 1 };
  },
  async compile(program) {
    checkProgram(program);
    return executable(program);
  },
};
