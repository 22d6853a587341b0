/** What a check of a backend's behaviour is made of. */
import { float32, type TensorData } from "../../packages/runtime/src/ir/index.ts";
import { randomValues } from "../../packages/runtime/src/ir/random.ts";

/** Throws where the check fails; may return a line worth printing. */
export interface Check {
  readonly name: string;
  run(): Promise<string | void>;
}

/** Uniform in [0, 1), seeded. */
export const noise = (shape: readonly number[], seed: number): TensorData => float32(shape, randomValues({ distribution: "uniform", shape, seed }));
/** Throws `otherwise` unless it holds. */
export const must = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise);
};
