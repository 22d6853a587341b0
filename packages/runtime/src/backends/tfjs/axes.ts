/**
 * Fewer axes for the same data: WebGPU shaders of TensorFlow.js address at most six axes and some only four, so axes that
 * an operation treats alike are merged first, and what is still too wide is done one axis at a time.
 */
import { sizeOf } from "../../ir/tensor.ts";
import type { Tensor, WithTf } from "./rule.ts";

/** The most axes that every shader used here can address. */
export const MOST_AXES = 4;

/** Splits axes 0…rank−1 into runs; `joins(i)` says whether axis i belongs to the run of axis i−1. */
export function runs(rank: number, joins: (axis: number) => boolean): number[][] {
  const out: number[][] = [];
  for (let axis = 0; axis < rank; axis++) {
    if (axis > 0 && joins(axis)) out.at(-1)!.push(axis);
    else out.push([axis]);
  }
  return out;
}

/** One length per run of axes. */
export const mergedShape = (shape: readonly number[], groups: readonly (readonly number[])[]): number[] => groups.map((g) => g.reduce((n, a) => n * shape[a]!, 1));

/** `[before, length, after]` around one axis. */
export const around = (shape: readonly number[], axis: number): [number, number, number] => [sizeOf(shape.slice(0, axis)), shape[axis]!, sizeOf(shape.slice(axis + 1))];

export const reshape = ({ tf }: WithTf, x: Tensor, shape: readonly number[]): Tensor => tf.reshape(x, [...shape]);

/** Runs of neighbouring axes for an operation that touches only some: those it leaves alone merge. */
export const untouchedMerged = (touched: readonly boolean[]): number[][] => runs(touched.length, (axis) => !touched[axis] && !touched[axis - 1]);

/**
 * Shapes that broadcast together, rewritten over fewer axes: neighbouring axes merge where every shape has them either
 * whole or of length 1. The results broadcast to the same elements in the same order.
 */
export function mergeBroadcast(shapes: readonly (readonly number[])[], out: readonly number[]): { shapes: number[][]; out: number[] } {
  const wide = shapes.map((s) => [...out.slice(s.length).fill(1), ...s]);
  const kept = out.map((_, axis) => axis).filter((axis) => out[axis] !== 1);
  const spread = (axis: number) => wide.map((s) => (s[axis] === 1 ? "1" : "n")).join("");
  const groups = runs(kept.length, (i) => spread(kept[i]!) === spread(kept[i - 1]!)).map((g) => g.map((i) => kept[i]!));
  return { shapes: wide.map((s) => mergedShape(s, groups)), out: mergedShape(out, groups) };
}
