/** Learning rates by hand. */
import { expect, test } from "vitest";
import { learningRate } from "./schedule.ts";

const base = { learningRate: 0.8, schedule: "constant", stepEvery: 10, warmup: 0, steps: 100 } as const;

test("constant, tenfold falls, and half a cosine", () => {
  expect([0, 99].map((s) => learningRate(base, s))).toEqual([0.8, 0.8]);
  for (const [step, rate] of [[9, 0.8], [10, 0.08], [29, 0.008]] as const) expect(learningRate({ ...base, schedule: "step" }, step)).toBeCloseTo(rate, 12);
  for (const [step, rate] of [[0, 0.8], [50, 0.4], [75, 0.4 * (1 - Math.SQRT1_2)], [100, 0]] as const) expect(learningRate({ ...base, schedule: "cosine" }, step)).toBeCloseTo(rate, 12);
});

test("a warm-up rises linearly, is never 0, and the cosine begins behind it", () => {
  const warm = { ...base, schedule: "cosine", warmup: 3 } as const;
  [0.2, 0.4, 0.6, 0.8].forEach((rate, step) => expect(learningRate(warm, step)).toBeCloseTo(rate, 12));
  expect(learningRate(warm, 3 + 97 / 2)).toBeCloseTo(0.4, 12);
});
