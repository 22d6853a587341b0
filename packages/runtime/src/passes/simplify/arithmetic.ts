/** Identities of arithmetic and logic. None assumes that floats are finite where that could hide a NaN: x·0 stays. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import { sameShape, sizeOf } from "../../ir/tensor.ts";
import { broadcastShapes } from "../../ir/type-rules.ts";
import { constantData, made, splatOf } from "../rebuild.ts";
import type { Identities, Identity } from "./rule.ts";

type Pair = "add" | "sub" | "mul" | "div" | "pow" | "max" | "min";

/** `x op c = x` for a constant c on the right, where c adds no axes. */
const neutral = <O extends Pair>(c: number): Identity<O> => (b, _attrs, [x, y]) =>
  splatOf(b, y!) === c && sameShape(broadcastShapes(x!.shape, y!.shape), x!.shape) ? x : undefined;

/** Constants stand on the right, so that the other identities need to look there only. */
const constantsRight = <O extends "add" | "mul" | "max" | "min">(op: O): Identity<O> => (b, _attrs, [x, y]) =>
  splatOf(b, x!) !== undefined && splatOf(b, y!) === undefined ? b[op](y!, x!) : undefined;

const one = (v: Value): boolean => sizeOf(v.shape) === 1;

/** A product seen as a tensor times a factor of one element. */
function scaled(b: Builder, v: Value): { of: Value; by: Value } | undefined {
  const product = made(b, v, "mul")?.inputs;
  if (!product || one(v)) return undefined;
  const [x, y] = product as [Value, Value];
  return one(y) ? { of: x, by: y } : one(x) ? { of: y, by: x } : undefined;
}

/** Factors of one element meet: `(x·s)·t = x·(s·t)`, one pass over x instead of two. */
const mergeFactors: Identity<"mul"> = (b, _attrs, [x, y]) => {
  const out = broadcastShapes(x!.shape, y!.shape);
  for (const [product, other] of [[x!, y!], [y!, x!]] as const) {
    const inner = scaled(b, product);
    if (!inner || !sameShape(inner.of.shape, out)) continue;
    if (one(other)) return b.mul(inner.of, b.mul(scalarOf(b, inner.by), scalarOf(b, other)));
    // Factors move outwards, where they meet others or pass through a sum.
    return b.mul(b.mul(inner.of, other), inner.by);
  }
  return undefined;
};

/** One element as a scalar, so that a factor never adds axes. */
const scalarOf = (b: Builder, v: Value): Value => b.reshape(v, []);

/** `x·s + y·s = (x + y)·s`. */
const commonFactor = <O extends "add" | "sub">(op: O): Identity<O> => (b, _attrs, [x, y]) => {
  const [p, q] = [scaled(b, x!), scaled(b, y!)];
  return p && q && p.by.id === q.by.id && sameShape(p.of.shape, q.of.shape) ? b.mul(b[op](p.of, q.of), p.by) : undefined;
};

const negated = (b: Builder, v: Value): Value | undefined => made(b, v, "neg")?.inputs[0];

const isPowerOfTwo = (x: number): boolean => Number.isInteger(Math.log2(Math.abs(x)));

export const ARITHMETIC: Identities<OpName> = {
  add: [
    constantsRight("add"),
    neutral(0),
    (b, _a, [x, y]) => (x!.id === y!.id && x!.dtype === "float32" ? b.mul(x!, 2) : undefined),
    (b, _a, [x, y]) => {
      const [p, q] = [negated(b, x!), negated(b, y!)];
      return q ? b.sub(x!, q) : p ? b.sub(y!, p) : undefined;
    },
    commonFactor("add"),
  ],
  sub: [
    neutral(0),
    (b, _a, [x, y]) => (splatOf(b, x!) === 0 && sameShape(broadcastShapes(x!.shape, y!.shape), y!.shape) ? b.neg(y!) : undefined),
    (b, _a, [x, y]) => {
      const q = negated(b, y!);
      return q && b.add(x!, q);
    },
    commonFactor("sub"),
  ],
  mul: [
    constantsRight("mul"),
    neutral(1),
    (b, _a, [x, y]) => (splatOf(b, y!) === -1 && sameShape(broadcastShapes(x!.shape, y!.shape), x!.shape) ? b.neg(x!) : undefined),
    (b, _a, [x, y]) => {
      const [p, q] = [negated(b, x!), negated(b, y!)];
      if (p && q) return b.mul(p, q);
      const c = one(y!) ? constantData(b, y!)?.data[0] : undefined;
      return p && c !== undefined && x!.dtype === "float32" ? b.mul(p, b.reshape(b.scalar(-c), y!.shape)) : undefined;
    },
    (b, attrs, inputs) => (inputs[0]!.dtype === "float32" ? mergeFactors(b, attrs, inputs) : undefined),
  ],
  div: [
    neutral(1),
    // Exact in floating point: only the exponent changes. Other reciprocals would round twice.
    (b, _a, [x, y]) => {
      const c = splatOf(b, y!);
      return x!.dtype === "float32" && c !== undefined && c !== 0 && isPowerOfTwo(c) && one(y!) ? b.mul(x!, b.reshape(b.scalar(1 / c), y!.shape)) : undefined;
    },
  ],
  pow: [
    neutral(1),
    (b, _a, [x, y]) => {
      const c = splatOf(b, y!);
      if (c === undefined || !sameShape(broadcastShapes(x!.shape, y!.shape), x!.shape)) return undefined;
      return c === 2 ? b.mul(x!, x!) : c === 0.5 ? b.sqrt(x!) : c === -1 ? b.div(1, x!) : undefined;
    },
  ],
  max: [constantsRight("max"), neutral(-Infinity), (_b, _a, [x, y]) => (x!.id === y!.id ? x : undefined)],
  min: [constantsRight("min"), neutral(Infinity), (_b, _a, [x, y]) => (x!.id === y!.id ? x : undefined)],
  neg: [
    (b, _a, [x]) => negated(b, x!),
    (b, _a, [x]) => {
      const difference = made(b, x!, "sub")?.inputs;
      return difference && b.sub(difference[1]!, difference[0]!);
    },
    (b, _a, [x]) => {
      const product = x!.dtype === "float32" ? scaled(b, x!) : undefined;
      const c = product && constantData(b, product.by)?.data[0];
      return c === undefined ? undefined : b.mul(product!.of, b.reshape(b.scalar(-c), product!.by.shape));
    },
  ],
  abs: [
    (b, _a, [x]) => {
      const p = negated(b, x!);
      return p && b.abs(p);
    },
    (b, _a, [x]) => (made(b, x!, "abs") ? x : undefined),
  ],
  not: [(b, _a, [x]) => made(b, x!, "not")?.inputs[0]],
  clip: [
    (_b, { min, max }, [x]) => (min === -Infinity && max === Infinity ? x : undefined),
    (b, { min, max }, [x]) => {
      const inner = made(b, x!, "clip");
      const within = (v: number) => Math.min(Math.max(v, min), max);
      return inner && inner.attrs.min <= inner.attrs.max && min <= max ? b.clip(inner.inputs[0]!, within(inner.attrs.min), within(inner.attrs.max)) : undefined;
    },
  ],
  cast: [
    (_b, { to }, [x]) => (x!.dtype === to ? x : undefined),
    (b, { to }, [x]) => {
      const inner = made(b, x!, "cast")?.inputs[0];
      return inner?.dtype === "bool" ? b.cast(inner, to) : undefined;
    },
  ],
  select: [
    (_b, _a, [c, x, y]) => (x!.id === y!.id && sameShape(broadcastShapes(c!.shape, x!.shape), x!.shape) ? x : undefined),
    (b, _a, [c, x, y]) => {
      const inner = made(b, c!, "not")?.inputs[0];
      return inner && b.select(inner, y!, x!);
    },
    (b, _a, [c, x, y]) =>
      x!.dtype === "float32" && splatOf(b, x!) === 1 && splatOf(b, y!) === 0 && sameShape(broadcastShapes(c!.shape, x!.shape, y!.shape), c!.shape) ? b.cast(c!, "float32") : undefined,
  ],
  stopGradient: [(_b, _a, [x]) => x],
};
