/** Arithmetic of axis orders. A permutation p stands for `transpose(x, p)`, whose axis i is axis p[i] of x. */
import type { Builder, Value } from "../../ir/builder.ts";
import { groupAxes } from "../groups.ts";

export type Permutation = readonly number[];

export const identity = (rank: number): Permutation => Array.from({ length: rank }, (_, i) => i);

export const isIdentity = (p: Permutation): boolean => p.every((v, i) => v === i);

export const inverse = (p: Permutation): Permutation => p.map((_, i) => p.indexOf(i));

/** `transpose(transpose(x, first), second)` as one. */
export const compose = (first: Permutation, second: Permutation): Permutation => second.map((i) => first[i]!);

/** For a tensor that gains `lead` axes in front. */
export const extend = (p: Permutation, lead: number): Permutation => [...identity(lead), ...p.map((v) => v + lead)];

/** Whether no two axes longer than 1 change places: such a transpose is only a reshape. */
export function movesOnlyOnes(shape: readonly number[], p: Permutation): boolean {
  const long = p.filter((axis) => shape[axis]! > 1);
  return long.every((axis, i) => i === 0 || axis > long[i - 1]!);
}

/** `transpose`, or the reshape that it amounts to. */
export const moved = (b: Builder, x: Value, p: Permutation): Value =>
  movesOnlyOnes(x.shape, p) ? b.reshape(x, p.map((axis) => x.shape[axis]!)) : b.transpose(x, p);

/** Entries given per axis of `transpose(x, p)`, per axis of x. */
export function perBaseAxis<T>(list: readonly T[], p: Permutation): T[] {
  const out: T[] = [];
  p.forEach((axis, i) => (out[axis] = list[i]!));
  return out;
}

/** What is left of p when `axes` of `transpose(x, p)` are dropped from it and from x. */
export function dropAxes(p: Permutation, axes: readonly number[]): Permutation {
  const left = p.filter((_, i) => !axes.includes(i));
  const order = [...left].sort((a, b) => a - b);
  return left.map((axis) => order.indexOf(axis));
}

/**
 * `reshape(transpose(x, p), to)` as `transpose(reshape(x, shape), perm)`, where what the reshape merges lies side by side in x too;
 * else `null`. Axes of length 1 come first in `shape`.
 */
export function reshapeBelow(base: readonly number[], p: Permutation, to: readonly number[]): { shape: number[]; perm: Permutation } | null {
  const from = p.map((axis) => base[axis]!);
  const groups = groupAxes(from, to);
  if (!groups) return null;
  const long = base.flatMap((d, i) => (d > 1 ? [i] : []));
  const position = (axis: number) => long.indexOf(p[axis]!);
  for (const g of groups) if (!g.from.every((axis, i) => i === 0 || position(axis) === position(g.from[i - 1]!) + 1)) return null;
  const ordered = [...groups].sort((g, h) => position(g.from[0]!) - position(h.from[0]!));
  const axes = [...to.flatMap((d, i) => (d === 1 ? [i] : [])), ...ordered.flatMap((g) => g.to)]; // axes of `to`, in base order
  return { shape: axes.map((i) => to[i]!), perm: inverse(axes) };
}
