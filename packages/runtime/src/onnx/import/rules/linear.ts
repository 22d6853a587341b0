/** Matrix products, and what turns scores into probabilities. */
import type { Value } from "../../../ir/builder.ts";
import { sizeOf } from "../../../ir/tensor.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";

/** A vector on the left is a row, on the right a column, and its axis leaves the result. */
function matmul(op: OpCall): Value {
  const { b } = op;
  const [x, y] = [op.float(0), op.float(1)];
  if (!x.shape.length || !y.shape.length) op.fail("a product with a scalar");
  const left = x.shape.length === 1 ? b.reshape(x, [1, x.shape[0]!]) : x;
  const right = y.shape.length === 1 ? b.reshape(y, [y.shape[0]!, 1]) : y;
  const product = b.matmul(left, right);
  const shape = [...product.shape];
  if (y.shape.length === 1) shape.splice(-1, 1);
  if (x.shape.length === 1) shape.splice(y.shape.length === 1 ? -1 : -2, 1);
  return b.reshape(b.cast(product, op.value(0).dtype), shape);
}

function gemm(op: OpCall): Value {
  const { b, attributes } = op;
  const [x, y] = [op.float(0), op.float(1)];
  if (x.shape.length !== 2 || y.shape.length !== 2) op.fail("it multiplies matrices");
  const [alpha, beta] = [attributes.number("alpha", 1), attributes.number("beta", 1)];
  const product = b.matmul(x, y, { transposeA: attributes.flag("transA"), transposeB: attributes.flag("transB") });
  const scaled = alpha === 1 ? product : b.mul(product, alpha);
  if (!op.has(2) || beta === 0) return scaled;
  const term = op.float(2);
  return b.broadcast(b.add(scaled, beta === 1 ? term : b.mul(term, beta)), product.shape);
}

/** Up to version 12 the axes from `axis` on count as one. */
function alongAxis(op: OpCall, f: (x: Value, axis: number) => Value): Value {
  const { b } = op;
  const x = op.value(0);
  const axis = op.axis(op.attributes.int("axis", op.version < 13 ? 1 : -1), Math.max(1, x.shape.length));
  if (op.version >= 13) return f(x, axis);
  const flat = b.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
  return b.reshape(f(flat, 1), x.shape);
}

/** Less the largest, which changes nothing but keeps exp in range; no gradient need pass through it. */
const shifted = ({ b }: OpCall, x: Value, axis: number): Value => b.sub(x, b.stopGradient(b.reduceMax(x, [axis], true)));

function hardmax(op: OpCall, x: Value, axis: number): Value {
  const { b } = op;
  const n = x.shape[axis]!;
  const place = b.ints(x.shape.map((_, i) => (i === axis ? n : 1)), Array.from({ length: n }, (_, i) => i));
  const best = b.reshape(b.argMax(x, axis), x.shape.map((d, i) => (i === axis ? 1 : d)));
  return b.cast(b.eq(place, best), x.dtype);
}

export const LINEAR = {
  MatMul: matmul,
  Gemm: gemm,
  Softmax: (op: OpCall) => alongAxis(op, (x, axis) => {
    const powers = op.b.exp(shifted(op, x, axis));
    return op.b.div(powers, op.b.sum(powers, [axis], true));
  }),
  LogSoftmax: (op: OpCall) => alongAxis(op, (x, axis) => {
    const below = shifted(op, x, axis);
    return op.b.sub(below, op.b.log(op.b.sum(op.b.exp(below), [axis], true)));
  }),
  Hardmax: (op: OpCall) => alongAxis(op, (x, axis) => hardmax(op, x, axis)),
} satisfies { readonly [op: string]: Rule };
