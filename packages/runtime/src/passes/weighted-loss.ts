/** Makes a scalar of any program, so that its gradient can be taken and compared; for tests. */
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import { randomValues } from "../ir/random.ts";
import { float32 } from "../ir/tensor.ts";

/** Fixed normal numbers. */
export const noise = (shape: readonly number[], seed: number): Float32Array => randomValues({ distribution: "normal", shape, seed });

/** The program with one output `loss` instead: its float32 outputs, each times fixed random weights, summed. */
export function weightedLoss(program: Program): Program {
  const b = new Builder();
  const outputs = b.inline(program, Object.fromEntries(program.inputs.map(({ name, value }) => [name, b.input(name, program.types[value]!)])));
  const terms = Object.values(outputs)
    .filter((v) => v.dtype === "float32")
    .map((v, i) => b.sum(b.mul(v, b.constant(float32(v.shape, noise(v.shape, 100 + i))))));
  return b.build({ loss: terms.reduce((p: Value, q) => b.add(p, q), b.scalar(0)) });
}
