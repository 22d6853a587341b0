/** Gradients of the matrix product: two more matrix products, with transposes only as flags. */
import type { Builder, Value } from "../../ir/builder.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { sumTo, type Vjp } from "./rule.ts";

/** All leading axes into the rows: `[…,M,K]` → `[…·M,K]`. */
const flatten = (b: Builder, x: Value): Value => b.reshape(x, [sizeOf(x.shape.slice(0, -1)), x.shape.at(-1)!]);

export const MATMUL_VJP: { readonly matmul: Vjp<"matmul"> } = {
  matmul: ({ b, attrs: { transposeA, transposeB }, grad, inputs, wanted }) => {
    const [x, y] = inputs as [Value, Value];
    if (x.id === y.id && transposeA !== transposeB) {
      // A Gram matrix, XᵀX or XXᵀ: X(G+Gᵀ) or (G+Gᵀ)X takes one product of that size instead of two.
      const rank = grad.shape.length;
      const perm = grad.shape.map((_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i));
      const both = b.add(grad, b.transpose(grad, perm));
      return [transposeA ? b.matmul(x, both) : b.matmul(both, x), null];
    }
    const left = () => {
      if (!transposeA && y.shape.length === 2) return b.reshape(b.matmul(flatten(b, grad), y, { transposeB: !transposeB }), x.shape);
      return sumTo(b, transposeA ? b.matmul(y, grad, { transposeA: transposeB, transposeB: true }) : b.matmul(grad, y, { transposeB: !transposeB }), x.shape);
    };
    const right = () => {
      // Shared weights: one product over all rows sums the batch on the way.
      const shared = y.shape.length === 2 && x.shape.length > 2 && !transposeA;
      const [a, g] = shared ? [flatten(b, x), flatten(b, grad)] : [x, grad];
      return sumTo(b, transposeB ? b.matmul(g, a, { transposeA: true, transposeB: transposeA }) : b.matmul(a, g, { transposeA: !transposeA }), y.shape);
    };
    return [wanted[0] ? left() : null, wanted[1] ? right() : null];
  },
};
