/** Batched matrix products. */
import { broadcastShapes } from "../../../ir/type-rules.ts";
import { sameShape, sizeOf } from "../../../ir/tensor.ts";
import { reshape } from "../axes.ts";
import type { Rules, RuleContext, Tensor } from "../rule.ts";
import { broadcastTo } from "./move.ts";

export const MATMUL: Rules<"matmul"> = {
  matmul: (cx, { transposeA, transposeB }, [a, b], [out]) => {
    const batch = broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2));
    return reshape(cx, cx.tf.matMul(asBatch(cx, a!, batch), asBatch(cx, b!, batch), transposeA, transposeB), out!.shape);
  },
};

/** `[batch, rows, columns]`: a batch of one is broadcast by the shader, any other partial one beforehand. */
function asBatch(cx: RuleContext, x: Tensor, batch: readonly number[]): Tensor {
  const [own, matrix] = [x.shape.slice(0, -2), x.shape.slice(-2)];
  const whole = sizeOf(own) === 1 || sameShape(own, batch) ? x : broadcastTo(cx, x, [...batch, ...matrix]);
  return reshape(cx, whole, [whole.size / sizeOf(matrix), ...matrix]);
}
