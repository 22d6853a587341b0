/** The learning rate of each step. */
import type { TrainOptions } from "../node-api/node.ts";

/**
 * Rises linearly over the first `warmup` steps (Goyal et al., arXiv 1706.02677, section 2.2), then stays, falls tenfold every
 * `stepEvery` steps, or falls along half a cosine to 0 at the last step (Loshchilov & Hutter, arXiv 1608.03983, without restarts).
 *
 * @param step from 0
 */
export function learningRate(options: Pick<TrainOptions, "learningRate" | "schedule" | "stepEvery" | "warmup" | "steps">, step: number): number {
  const { learningRate: most, schedule, stepEvery, warmup, steps } = options;
  if (step < warmup) return (most * (step + 1)) / (warmup + 1);
  if (schedule === "step") return most * 0.1 ** Math.floor(step / Math.max(1, stepEvery));
  if (schedule === "cosine") return (most / 2) * (1 + Math.cos((Math.PI * (step - warmup)) / Math.max(1, steps - warmup)));
  return most;
}
