/** Batched matrix products. */
import { broadcastShapes } from "../../../ir/type-rules.ts";
import { sameShape, sizeOf } from "../../../ir/tensor.ts";
import { reshape } from "../axes.ts";
import type { Rules, Tensor, WithTf } from "../rule.ts";
import { broadcastTo, transpose } from "./move.ts";

export const MATMUL: Rules<"matmul"> = {
  matmul: (cx, { transposeA, transposeB }, [a, b], [out]) => {
    const batch = broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2));
    const [left, right] = [asBatch(cx, a!, batch), asBatch(cx, b!, batch)];
    const inner = left.shape[transposeA ? 1 : 2]!;
    const product = sizeOf(batch) === 1 && inner >= LONG && tiles(out!.shape) <= FEW_TILES ? inParts : whole;
    return reshape(cx, product(cx, left, right, transposeA, transposeB), out!.shape);
  },
};

/** `[batch, rows, columns]`: a batch of one is broadcast by the shader, any other partial one beforehand. */
function asBatch(cx: WithTf, x: Tensor, batch: readonly number[]): Tensor {
  const [own, matrix] = [x.shape.slice(0, -2), x.shape.slice(-2)];
  const full = sizeOf(own) === 1 || sameShape(own, batch) ? x : broadcastTo(cx, x, [...batch, ...matrix]);
  return reshape(cx, full, [full.size / sizeOf(matrix), ...matrix]);
}

const whole = ({ tf }: WithTf, a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor => tf.matMul(a, b, transposeA, transposeB);

/**
 * For long sums into few tiles the engine splits the sum itself, with a shader that adds atomically: in no fixed order, and
 * wrongly when the right side is transposed (measured with 4.22: a Gram matrix of 16×4096 off by a quarter). So such sums
 * are split here, as a batch of products whose sum is taken afterwards: repeatable, and closer to the exact sum.
 */
const LONG = 2000;
const FEW_TILES = 32;
const PART = 1024;

const tiles = (shape: readonly number[]): number => Math.ceil(shape.at(-2)! / 32) * Math.ceil(shape.at(-1)! / 32);

function inParts(cx: WithTf, a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const inner = a.shape[transposeA ? 1 : 2]!;
  const parts = countOfParts(inner);
  const products = cx.tf.matMul(split(cx, a, transposeA, parts), split(cx, b, !transposeB, parts), transposeA, transposeB);
  return cx.tf.sum(products, 0);
}

/** A divisor of the length that leaves parts of 512 to 1999, else as many parts of 1024 as cover it. */
function countOfParts(length: number): number {
  for (let n = Math.ceil(length / 1999); n <= length / 512; n++) if (length % n === 0) return n;
  return Math.ceil(length / PART);
}

/** `[1, inner, outer]` or `[1, outer, inner]` in parts along the inner axis, filled up with zeros: `[parts, …]`. */
function split(cx: WithTf, x: Tensor, innerFirst: boolean, parts: number): Tensor {
  const [inner, outer] = innerFirst ? [x.shape[1]!, x.shape[2]!] : [x.shape[2]!, x.shape[1]!];
  const length = inner % parts === 0 ? inner / parts : PART;
  const gap = parts * length - inner;
  const filled = gap ? cx.tf.pad(x, [[0, 0], [0, innerFirst ? gap : 0], [0, innerFirst ? 0 : gap]]) : x;
  if (innerFirst) return reshape(cx, filled, [parts, length, outer]);
  return transpose(cx, reshape(cx, filled, [outer, parts, length]), [1, 0, 2]);
}
