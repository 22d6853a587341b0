/** The reference backend's kernels as one total table over the operations. */
import { randomValues } from "../../ir/random.ts";
import type { Equation } from "../../ir/program.ts";
import type { OpName } from "../../ir/ops.ts";
import type { StaticType } from "../../ir/tensor.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { MATMUL } from "./matmul.ts";
import { REDUCE } from "./reduce.ts";
import { RESIZE } from "./resize.ts";
import { SHAPE } from "./shape.ts";
import { SPATIAL } from "./spatial.ts";
import type { Kernel, Tensor64 } from "./tensor64.ts";

export const KERNELS: { readonly [Op in OpName]: Kernel<Op> } = {
  constant: ({ tensor }) => [Float64Array.from(tensor.data)],
  random: (attrs) => [Float64Array.from(randomValues(attrs))],
  ...ELEMENTWISE,
  ...SHAPE,
  ...REDUCE,
  ...MATMUL,
  ...SPATIAL,
  ...RESIZE,
};

/** Runs one equation; `outputs` are the types of its results. */
export function runEquation(equation: Equation, inputs: readonly Tensor64[], outputs: readonly StaticType[]): Tensor64[] {
  const kernel = KERNELS[equation.op] as Kernel<OpName>;
  return kernel(equation.attrs as never, inputs, outputs).map((data, i) => ({ dtype: outputs[i]!.dtype, shape: outputs[i]!.shape, data }));
}
