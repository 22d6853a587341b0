/** When an optimisation has stopped getting anywhere. */

/** Steps over which a loss is averaged: the jitter's offsets come round in as many. */
const SMOOTHING = 8;

export interface Plateau {
  /** Per cent. */
  improvement: number;
  /** 0: never. */
  steps: number;
}

/** Whether the mean of the last losses is less than `improvement` per cent below what it was `steps` steps ago. */
export function isPlateau(totals: readonly number[], { improvement, steps }: Plateau): boolean {
  if (steps <= 0 || totals.length < steps + SMOOTHING) return false;
  const now = mean(totals.slice(-SMOOTHING));
  const before = mean(totals.slice(-SMOOTHING - steps, totals.length - steps));
  return before - now < (improvement / 100) * Math.abs(before);
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
