/** What a style is to a network: how its channels vary together, wherever in the picture. */
import type { Builder, Value } from "@patchbay/runtime/node-api";

export type Statistic = "gram" | "covariance";

export interface LayerStatistics {
  /** `[C,C]`. Gram: Σ over positions, unnormalised. Covariance: centred and divided by the number of positions. */
  matrix: Value;
  /** `[C,1]`, of the covariance alone. */
  mean?: Value;
  positions: number;
}

/** Statistics of rows `[C,positions]`. */
export function layerStatistics(b: Builder, rows: Value, statistic: Statistic): LayerStatistics {
  const positions = rows.shape[1]!;
  if (statistic === "gram") return { matrix: b.matmul(rows, rows, { transposeB: true }), positions };
  const mean = b.mean(rows, [1], true);
  // No gradient goes through the centring: the rows of `centred` sum to zero, so what would come back is zero as well.
  const centred = b.sub(rows, b.stopGradient(mean));
  return { matrix: b.mul(b.matmul(centred, centred, { transposeB: true }), 1 / positions), mean, positions };
}

/** The sum of squares of all values, a scalar. */
export const sumOfSquares = (b: Builder, x: Value): Value => b.sum(b.square(x));

/** The trace of `[C,C]`, a scalar. */
export function trace(b: Builder, matrix: Value): Value {
  const n = matrix.shape[0]!;
  const identity = Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  return b.sum(b.mul(matrix, b.floats([n, n], identity)));
}
