/** What a style is to a network: how its channels vary together, wherever in the picture, or wherever a mask is white. */
import type { Builder, Value } from "@patchbay/runtime/node-api";

export type Statistic = "gram" | "covariance";

export interface LayerStatistics {
  /** `[C,C]`. Gram: Σ over positions, unnormalised. Covariance: centred and divided by the number of positions. */
  matrix: Value;
  /** `[C,1]`, of the covariance alone. */
  mean?: Value;
  positions: number;
}

/**
 * Statistics of rows `[C,positions]`. With `shares` (`[1,positions]`, summing to 1) each position counts by its share in the place of
 * 1/positions: equal shares give what none give.
 */
export function layerStatistics(b: Builder, rows: Value, statistic: Statistic, shares?: Value): LayerStatistics {
  const positions = rows.shape[1]!;
  /** Σ over positions of share · x · xᵀ. */
  const products = (x: Value) => (shares ? b.matmul(b.mul(x, shares), x, { transposeB: true }) : b.mul(b.matmul(x, x, { transposeB: true }), 1 / positions));
  if (statistic === "gram") return { matrix: shares ? b.mul(products(rows), positions) : b.matmul(rows, rows, { transposeB: true }), positions };
  const mean = shares ? b.sum(b.mul(rows, shares), [1], true) : b.mean(rows, [1], true);
  // No gradient goes through the centring: the (weighted) rows of `centred` sum to zero, so what would come back is zero as well.
  return { matrix: products(b.sub(rows, b.stopGradient(mean))), mean, positions };
}

/** The sum of squares of all values, a scalar. */
export const sumOfSquares = (b: Builder, x: Value): Value => b.sum(b.square(x));

/** The trace of `[C,C]`, a scalar. */
export function trace(b: Builder, matrix: Value): Value {
  const n = matrix.shape[0]!;
  const identity = Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  return b.sum(b.mul(matrix, b.floats([n, n], identity)));
}
