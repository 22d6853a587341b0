/**
 * The closed set of operations. Every pass and every backend holds a *total* table over `OpName`, so that a new
 * operation makes the compiler name each table to extend.
 *
 * Spatial operations are channels-first, `[N,C,…spatial]`, with filters `[O,C/groups,…kernel]`, of rank 1 to 3; nodes
 * are channels-last and transpose at their border (the `layout` pass removes what cancels). Everything else is
 * indifferent to layout. Elementwise operations broadcast as NumPy does.
 */
import type { DType, TensorData } from "./tensor.ts";

/** Per spatial axis. */
export interface ConvAttrs {
  strides: readonly number[];
  dilations: readonly number[];
  padLow: readonly number[];
  padHigh: readonly number[];
  groups: number;
}

export interface PoolAttrs {
  kernel: readonly number[];
  strides: readonly number[];
  padLow: readonly number[];
  padHigh: readonly number[];
}

type None = Record<never, never>;
interface Axes {
  axes: readonly number[];
  keepDims: boolean;
}

export interface OpAttrs {
  // sources
  constant: { tensor: TensorData };
  /** Counter-based, so that every backend gets the same numbers; the fold pass replaces it with a constant. */
  random: { distribution: "uniform" | "normal"; shape: readonly number[]; seed: number };

  // elementwise, one input
  neg: None;
  abs: None;
  /** -1, 0 or 1 as float. */
  sign: None;
  exp: None;
  log: None;
  sqrt: None;
  sin: None;
  cos: None;
  tanh: None;
  sigmoid: None;
  erf: None;
  floor: None;
  ceil: None;
  round: None; // half to even
  not: None;
  /** ReLU is `{ min: 0, max: Infinity }`, ReLU6 `{ min: 0, max: 6 }`. The gradient passes where min ≤ x ≤ max. */
  clip: { min: number; max: number };
  cast: { to: DType };
  /** The same value, with no gradient. */
  stopGradient: None;

  // elementwise, two inputs
  add: None;
  sub: None;
  mul: None;
  /** Integers divide towards zero. */
  div: None;
  /** A negative base gives NaN unless the exponent is whole. */
  pow: None;
  max: None;
  min: None;
  /** Integers only; the sign of the divisor. */
  mod: None;
  eq: None;
  lt: None;
  le: None;
  gt: None;
  ge: None;
  and: None;
  or: None;
  /** (condition: bool, whenTrue, whenFalse), broadcast together. */
  select: None;

  // shape and order
  reshape: { shape: readonly number[] };
  broadcast: { shape: readonly number[] };
  transpose: { perm: readonly number[] };
  concat: { axis: number };
  /** One entry per axis; steps ≥ 1; ends exclusive. */
  slice: { starts: readonly number[]; ends: readonly number[]; steps: readonly number[] };
  reverse: { axes: readonly number[] };
  /** One entry per axis, ≥ 0. `interior` zeros-in-between (of `value`) for `constant` only. */
  pad: {
    mode: "constant" | "reflect" | "edge";
    low: readonly number[];
    high: readonly number[];
    interior: readonly number[];
    value: number;
  };
  /** (x, indices: int32 of any rank) → x.shape[:axis] + indices.shape + x.shape[axis+1:]; indices in range. */
  gather: { axis: number };
  /** (updates, indices: int32): the transpose of gather: zeros of `size` along `axis`, with updates added where indices say. */
  scatterAdd: { axis: number; size: number };
  /** (x, shift: int32 scalar): out[i] = x[(i - shift) mod n] along `axis`. */
  roll: { axis: number };

  // reductions
  reduceSum: Axes;
  reduceMax: Axes;
  reduceMin: Axes;
  /** int32 index of the first largest along `axis`, which is removed. */
  argMax: { axis: number };
  /** Along the last axis → (values, int32 indices), sorted best first; ties by lower index. */
  topK: { k: number; largest: boolean };

  // linear algebra
  /** Batched over leading axes, which broadcast; the flags transpose the last two axes of an input first. */
  matmul: { transposeA: boolean; transposeB: boolean };
  /** (x [N,C,…S], filters [O,C/g,…K], bias? [O]). Cross-correlation, as in every framework. */
  conv: ConvAttrs;
  /** (x [N,C,…S], filters [C,O/g,…K]): the transpose of conv; out = (in-1)·stride − padLow − padHigh + dilation·(k-1) + outputPad + 1. */
  convTranspose: ConvAttrs & { outputPad: readonly number[] };
  maxPool: PoolAttrs;
  avgPool: PoolAttrs & { countIncludePad: boolean };
  /** Spatial axes of [N,C,…S] to `size`, half-pixel centres, no antialiasing, edges clamped; `nearest` reads `floor((i + ½)·in/out)`. */
  resize: { size: readonly number[]; mode: "linear" | "nearest" };
}

export type OpName = keyof OpAttrs;

/** A table with a rule for every operation. */
export type OpTable<Rule extends { [Op in OpName]: unknown }> = Rule;

/** How many inputs each operation takes: exactly, or at least and at most. */
export const ARITY: { readonly [Op in OpName]: number | readonly [number, number] } = {
  constant: 0, random: 0,
  neg: 1, abs: 1, sign: 1, exp: 1, log: 1, sqrt: 1, sin: 1, cos: 1, tanh: 1, sigmoid: 1, erf: 1, floor: 1, ceil: 1, round: 1, not: 1,
  clip: 1, cast: 1, stopGradient: 1,
  add: 2, sub: 2, mul: 2, div: 2, pow: 2, max: 2, min: 2, mod: 2, eq: 2, lt: 2, le: 2, gt: 2, ge: 2, and: 2, or: 2,
  select: 3,
  reshape: 1, broadcast: 1, transpose: 1, concat: [1, Infinity], slice: 1, reverse: 1, pad: 1, gather: 2, scatterAdd: 2, roll: 2,
  reduceSum: 1, reduceMax: 1, reduceMin: 1, argMax: 1, topK: 1,
  matmul: 2, conv: [2, 3], convTranspose: 2, maxPool: 1, avgPool: 1, resize: 1,
};

export const OP_NAMES = Object.keys(ARITY) as readonly OpName[];
