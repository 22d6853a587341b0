/** What every backend must compute alike: small seeded programs over all operations, tested against the reference backend. */
import type { ConformanceCase } from "./conformance/case.ts";
import { ELEMENTWISE_CASES } from "./conformance/elementwise.ts";
import { LINEAR_CASES } from "./conformance/linear.ts";
import { REDUCE_CASES } from "./conformance/reduce.ts";
import { SHAPE_CASES } from "./conformance/shape.ts";

export { conformanceError, type ConformanceCase } from "./conformance/case.ts";

/**
 * Several cases for each operation: attributes, ranks, dtypes; shapes of at most 32 an axis (1024 in one long sum), no ties and no
 * discontinuities near the inputs. A backend passes a case when `conformanceError(itsOutput, reference) ≤ tolerance` for each output.
 */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [...ELEMENTWISE_CASES, ...SHAPE_CASES, ...REDUCE_CASES, ...LINEAR_CASES];
