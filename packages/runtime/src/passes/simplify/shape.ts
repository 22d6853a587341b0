/** Identities of the operations that move elements. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import { sameShape, sizeOf } from "../../ir/tensor.ts";
import { groupAxes } from "../groups.ts";
import { constantData, made } from "../rebuild.ts";
import type { Identities } from "./rule.ts";

/** `shape` with leading ones up to `rank`. */
const aligned = (shape: readonly number[], rank: number): number[] => [...new Array<number>(rank - shape.length).fill(1), ...shape];

const all = (list: readonly number[], value: number): boolean => list.every((x) => x === value);

/** A reshape of something broadcast reshapes before it repeats, where every group of axes is repeated or kept as a whole. */
function reshapeBroadcast(b: Builder, source: Value, repeated: readonly number[], to: readonly number[]): Value | undefined {
  if (sizeOf(source.shape) === 1) return b.broadcast(b.reshape(source, []), to);
  const own = aligned(source.shape, repeated.length);
  const small = to.map(() => 1);
  const groups = groupAxes(repeated, to);
  if (!groups) return undefined;
  for (const { from, to: axes } of groups) {
    if (from.every((i) => own[i] === repeated[i])) axes.forEach((j) => (small[j] = to[j]!));
    else if (!from.every((i) => own[i] === 1)) return undefined;
  }
  return b.broadcast(b.reshape(source, small), to);
}

/** The part of a slice that reads `[start, end)` of one piece of a concatenation. */
function sliceOfConcat(b: Builder, pieces: readonly Value[], axis: number, starts: readonly number[], ends: readonly number[], steps: readonly number[]): Value | undefined {
  let at = 0;
  for (const piece of pieces) {
    const end = at + piece.shape[axis]!;
    if (starts[axis]! >= at && ends[axis]! <= end) {
      const shift = (list: readonly number[]) => list.map((v, i) => (i === axis ? v - at : v));
      return b.slice(piece, shift(starts), shift(ends), steps);
    }
    at = end;
  }
  return undefined;
}

export const SHAPE: Identities<OpName> = {
  reshape: [
    (_b, { shape }, [x]) => (sameShape(shape, x!.shape) ? x : undefined),
    (b, { shape }, [x]) => {
      const inner = made(b, x!, "reshape");
      return inner && b.reshape(inner.inputs[0]!, shape);
    },
    (b, { shape }, [x]) => {
      const inner = made(b, x!, "broadcast");
      return inner && reshapeBroadcast(b, inner.inputs[0]!, x!.shape, shape);
    },
  ],
  broadcast: [
    (_b, { shape }, [x]) => (sameShape(shape, x!.shape) ? x : undefined),
    (b, { shape }, [x]) => {
      const inner = made(b, x!, "broadcast");
      return inner && b.broadcast(inner.inputs[0]!, shape);
    },
    (b, { shape }, [x]) => {
      const inner = made(b, x!, "reshape")?.inputs[0];
      const leadingOnes = inner && inner.shape.length < x!.shape.length && sameShape(aligned(inner.shape, x!.shape.length), x!.shape);
      return leadingOnes ? b.broadcast(inner, shape) : undefined;
    },
  ],
  transpose: [
    (_b, { perm }, [x]) => (perm.every((p, i) => p === i) ? x : undefined),
    (b, { perm }, [x]) => {
      const inner = made(b, x!, "transpose");
      return inner && b.transpose(inner.inputs[0]!, perm.map((p) => inner.attrs.perm[p]!));
    },
    (b, { perm }, [x]) => {
      const long = perm.filter((p) => x!.shape[p]! > 1);
      return long.every((p, i) => i === 0 || p > long[i - 1]!) ? b.reshape(x!, perm.map((p) => x!.shape[p]!)) : undefined;
    },
    (b, { perm }, [x]) => {
      const inner = made(b, x!, "broadcast")?.inputs[0];
      return inner && b.broadcast(b.transpose(b.reshape(inner, aligned(inner.shape, perm.length)), perm), perm.map((p) => x!.shape[p]!));
    },
  ],
  concat: [
    (_b, _a, xs) => (xs.length === 1 ? xs[0] : undefined),
    (b, { axis }, xs) => {
      const full = xs.filter((x) => x.shape[axis] !== 0);
      return full.length > 0 && full.length < xs.length ? b.concat(full, axis) : undefined;
    },
    (b, { axis }, xs) => {
      const inner = xs.map((x) => (made(b, x, "concat")?.attrs.axis === axis ? made(b, x, "concat")!.inputs : [x]));
      return inner.some((list) => list.length > 1) ? b.concat(inner.flat(), axis) : undefined;
    },
  ],
  slice: [
    (_b, { starts, ends, steps }, [x]) => (all(starts, 0) && all(steps, 1) && sameShape(ends, x!.shape) ? x : undefined),
    (b, { starts, ends, steps }, [x]) => {
      const inner = made(b, x!, "slice");
      if (!inner) return undefined;
      const count = ends.map((e, i) => Math.ceil((e - starts[i]!) / steps[i]!));
      const from = starts.map((s, i) => Math.min(inner.attrs.starts[i]! + s * inner.attrs.steps[i]!, inner.attrs.ends[i]!));
      const by = steps.map((s, i) => s * inner.attrs.steps[i]!);
      return b.slice(inner.inputs[0]!, from, from.map((f, i) => (count[i] === 0 ? f : f + (count[i]! - 1) * by[i]! + 1)), by);
    },
    (b, { starts, ends, steps }, [x]) => {
      const inner = made(b, x!, "concat");
      return inner && sliceOfConcat(b, inner.inputs, inner.attrs.axis, starts, ends, steps);
    },
    (b, { starts, ends, steps }, [x]) => {
      const inner = made(b, x!, "pad");
      if (!inner || inner.attrs.interior.some((p) => p > 0)) return undefined;
      const [low, { shape }] = [inner.attrs.low, inner.inputs[0]!];
      const within = starts.every((s, i) => s >= low[i]! && ends[i]! <= low[i]! + shape[i]!);
      return within ? b.slice(inner.inputs[0]!, starts.map((s, i) => s - low[i]!), ends.map((e, i) => e - low[i]!), steps) : undefined;
    },
  ],
  reverse: [
    (b, { axes }, [x]) => {
      const long = axes.filter((a) => x!.shape[a]! > 1);
      return long.length < axes.length ? b.reverse(x!, long) : undefined;
    },
    (b, { axes }, [x]) => {
      const inner = made(b, x!, "reverse");
      if (!inner) return undefined;
      const both = [...axes.filter((a) => !inner.attrs.axes.includes(a)), ...inner.attrs.axes.filter((a) => !axes.includes(a))];
      return b.reverse(inner.inputs[0]!, both.sort((p, q) => p - q));
    },
  ],
  pad: [
    (_b, { low, high, interior }, [x]) => (all([...low, ...high], 0) && interior.every((p, i) => p === 0 || x!.shape[i]! <= 1) ? x : undefined),
    (b, { mode, low, high, interior, value }, [x]) => {
      const inner = made(b, x!, "pad");
      if (!inner || mode !== "constant" || inner.attrs.mode !== "constant" || inner.attrs.value !== value || !all(interior, 0)) return undefined;
      const sum = (p: readonly number[], q: readonly number[]) => p.map((v, i) => v + q[i]!);
      return b.pad(inner.inputs[0]!, sum(low, inner.attrs.low), sum(high, inner.attrs.high), { interior: inner.attrs.interior, value });
    },
  ],
  roll: [
    (b, { axis }, [x, shift]) => {
      const [by, length] = [constantData(b, shift!)?.data[0], x!.shape[axis]!];
      return length <= 1 || (by !== undefined && by % length === 0) ? x : undefined;
    },
  ],
};
