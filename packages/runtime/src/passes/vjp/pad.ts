/** Gradient of padding: what landed in the border is added back to where it was read. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpAttrs } from "../../ir/ops.ts";

/** The gradient of `pad` with `attrs` of a non-empty tensor of `shape`, given that of its result. */
export function padGradient(b: Builder, grad: Value, shape: readonly number[], { mode, low, high, interior }: OpAttrs["pad"]): Value {
  if (mode === "constant") return b.slice(grad, low, shape.map((d, i) => low[i]! + (d - 1) * (interior[i]! + 1) + 1), interior.map((p) => p + 1));
  const fold = mode === "reflect" ? foldReflected : foldEdge;
  // Inner axes first: the outer ones are then cheap, contiguous pieces of fewer elements.
  let g = grad;
  for (let axis = shape.length - 1; axis >= 0; axis--) if (low[axis]! + high[axis]! > 0) g = fold(b, g, axis, shape[axis]!, low[axis]!, high[axis]!);
  return g;
}

/**
 * One axis of length low + n + high onto n. The borders mirror positions 1…low and n−1−high…n−2; where those ranges are apart,
 * the result is a concatenation of slices, so that the middle, nearly everything, is copied and never added to.
 */
function foldReflected(b: Builder, g: Value, axis: number, n: number, low: number, high: number): Value {
  const part = (from: number, to: number) => b.sliceAxis(g, axis, low + from, low + to); // in the coordinates of the middle
  const mirror = (from: number, to: number) => b.reverse(part(from, to), [axis]);
  if (low < n - 1 - high) {
    const pieces: Value[] = [];
    const piece = (from: number, to: number, extra?: Value) => {
      if (from < to) pieces.push(extra ? b.add(part(from, to), extra) : part(from, to));
    };
    if (low) {
      piece(0, 1);
      piece(1, low + 1, mirror(-low, 0));
    }
    piece(low ? low + 1 : 0, high ? n - 1 - high : n);
    if (high) {
      piece(n - 1 - high, n - 1, mirror(n, n + high));
      piece(n - 1, n);
    }
    return b.concat(pieces, axis);
  }
  const at = (v: Value, from: number) => {
    const only = (x: number) => v.shape.map((_, i) => (i === axis ? x : 0));
    return b.pad(v, only(from), only(n - from - v.shape[axis]!));
  };
  let sum = part(0, n);
  if (low) sum = b.add(sum, at(mirror(-low, 0), 1));
  if (high) sum = b.add(sum, at(mirror(n, n + high), n - 1 - high));
  return sum;
}

/** One axis: the border of each side is summed onto the outermost element. */
function foldEdge(b: Builder, g: Value, axis: number, n: number, low: number, high: number): Value {
  if (n === 1) return b.sum(g, [axis], true);
  const first = b.sum(b.sliceAxis(g, axis, 0, low + 1), [axis], true);
  const last = b.sum(b.sliceAxis(g, axis, low + n - 1, low + n + high), [axis], true);
  return b.concat([...(low ? [first] : []), b.sliceAxis(g, axis, low + (low ? 1 : 0), low + n - (high ? 1 : 0)), ...(high ? [last] : [])].filter((v) => v.shape[axis]! > 0), axis);
}
