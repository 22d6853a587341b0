/** What every backend must compute alike: small seeded programs over all operations, tested against the reference backend. */
import type { ConformanceCase } from "./conformance/case.ts";
import { COMPOSED_CASES, gradientCase } from "./conformance/composed.ts";
import { ELEMENTWISE_CASES } from "./conformance/elementwise.ts";
import { LINEAR_CASES } from "./conformance/linear.ts";
import { REDUCE_CASES } from "./conformance/reduce.ts";
import { SHAPE_CASES } from "./conformance/shape.ts";

export { conformanceError, type ConformanceCase } from "./conformance/case.ts";

const OPERATIONS: readonly ConformanceCase[] = [...ELEMENTWISE_CASES, ...SHAPE_CASES, ...REDUCE_CASES, ...LINEAR_CASES];

/** Operations whose gradients are programs of their own, in all their geometries; of the others a few. */
const GRADIENTS_OF = /^(conv|convTranspose): (?!.*constant)|^(maxPool|avgPool|pad|slice|topK|reduceMax|select): (?!.*(int32|bool|ties))|^(resize): linear|^(matmul): \[\d,\d\]|^(div|pow|max|clip|gather|scatterAdd): .*(axis|ReLU|both|\[2,3,4\] with \[2,1,4\])/;

/**
 * Several cases for each operation: attributes, ranks, dtypes; then gradients and whole computations (`composed`). Shapes of at most 32
 * an axis (1024 in one long sum), no ties and no discontinuities near the inputs. A backend passes a case when
 * `conformanceError(itsOutput, reference) ≤ tolerance` for each output.
 */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [...OPERATIONS, ...COMPOSED_CASES, ...OPERATIONS.filter((c) => GRADIENTS_OF.test(c.name)).map(gradientCase)];
