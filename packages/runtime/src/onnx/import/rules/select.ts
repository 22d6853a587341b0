/** Picking and padding: slices, gathers, margins. */
import type { Value } from "../../../ir/builder.ts";
import { sizeOf } from "../../../ir/tensor.ts";
import { carrierOf } from "../../../networks/known.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";

/** NumPy's slices: negative positions count from the end, all are clamped, a negative step reads backwards. */
function slice(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const rank = x.shape.length;
  const starts = op.setting("starts", 1) ?? op.fail("it has no starts");
  const ends = op.setting("ends", 2) ?? op.fail("it has no ends");
  const axes = op.axes(op.setting("axes", 3) ?? starts.map((_, i) => i), rank);
  const steps = op.has(4) ? op.numbers(4) : starts.map(() => 1);
  if (ends.length !== starts.length || axes.length !== starts.length || steps.length !== starts.length) op.fail("starts, ends, axes and steps differ in number");
  const [from, to, by] = [x.shape.map(() => 0), [...x.shape], x.shape.map(() => 1)];
  const backwards: number[] = [];
  axes.forEach((axis, i) => {
    const n = x.shape[axis]!;
    const step = steps[i]!;
    if (!step) op.fail("a step of 0");
    const place = (at: number, least: number, most: number) => Math.min(most, Math.max(least, at < 0 ? at + n : at));
    const forwards = step > 0;
    const [start, end] = forwards ? [place(starts[i]!, 0, n), place(ends[i]!, 0, n)] : [place(starts[i]!, -1, n - 1), place(ends[i]!, -1, n - 1)];
    // Position p is n−1−p of the reversed axis.
    [from[axis], to[axis], by[axis]] = forwards ? [start, Math.max(start, end), step] : [n - 1 - start, Math.max(n - 1 - start, n - 1 - end), -step];
    if (!forwards) backwards.push(axis);
  });
  return b.slice(b.reverse(x, backwards), from, to, by);
}

/** Indices that may be negative, counted from the end. */
function placed(op: OpCall, input: number, n: number): Value {
  const { b } = op;
  const known = op.known(input);
  if (!known) {
    const given = op.value(input);
    return b.select(b.lt(given, 0), b.add(given, n), given);
  }
  const places = Array.from(known.data, (i) => (i < 0 ? i + n : i));
  if (places.some((i) => !(i >= 0 && i < n))) op.fail(`an index outside an axis of ${n}`);
  return known.data.some((i) => i < 0) || !(known.data instanceof Int32Array) ? b.ints(known.shape, places) : op.value(input);
}

function gather(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const axis = op.axis(op.attributes.int("axis", 0), x.shape.length);
  const n = x.shape[axis]!;
  const index = op.known(1);
  // One entry is a slice, which copies less.
  if (index?.data.length === 1) {
    const at = index.data[0]! < 0 ? index.data[0]! + n : index.data[0]!;
    if (!(at >= 0 && at < n)) op.fail(`an index of ${index.data[0]} outside an axis of ${n}`);
    return b.reshape(b.sliceAxis(x, axis, at, at + 1), [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)]);
  }
  return b.gather(x, placed(op, 1, n), axis);
}

/** The entries at `axis` that indices of the result's own shape name: everything is looked up in one flat list. */
function gatherElements(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const axis = op.axis(op.attributes.int("axis", 0), x.shape.length);
  const { shape } = op.item(1);
  if (shape.length !== x.shape.length) op.fail(`indices [${shape}]`);
  const strides = x.shape.map((_, i) => sizeOf(x.shape.slice(i + 1)));
  const places = x.shape.map((n, i) => {
    const along = i === axis ? placed(op, 1, n) : b.ints(shape.map((d, j) => (j === i ? d : 1)), Array.from({ length: shape[i]! }, (_, k) => k));
    return b.mul(along, strides[i]!);
  });
  return b.gather(b.reshape(x, [sizeOf(x.shape)]), places.reduce((p, q) => b.add(p, q)), 0);
}

/** The last axis of the indices names a position along the first axes (behind the batch's). */
function gatherNd(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const batch = op.attributes.int("batch_dims", 0);
  const { shape } = op.item(1);
  const depth = shape.at(-1) ?? op.fail("its indices are a scalar");
  if (batch < 0 || batch >= shape.length || batch + depth > x.shape.length || shape.slice(0, batch).some((d, i) => d !== x.shape[i])) op.fail(`indices [${shape}] with ${batch} axes of batches`);
  const index = op.value(1);
  const inner = shape.slice(batch, -1);
  const rows = sizeOf(shape.slice(0, batch));
  const sizes = x.shape.slice(batch, batch + depth);
  const flat = b.reshape(index, [rows, sizeOf(inner), depth]);
  const terms = sizes.map((n, i) => {
    const along = b.reshape(b.sliceAxis(flat, 2, i, i + 1), [rows, sizeOf(inner)]);
    return b.mul(b.select(b.lt(along, 0), b.add(along, n), along), sizeOf(sizes.slice(i + 1)));
  });
  const first = b.ints([rows, 1], Array.from({ length: rows }, (_, r) => r * sizeOf(sizes)));
  const places = [first, ...terms].reduce((p, q) => b.add(p, q));
  const rest = x.shape.slice(batch + depth);
  return b.reshape(b.gather(b.reshape(x, [rows * sizeOf(sizes), ...rest]), places, 0), [...shape.slice(0, -1), ...rest]);
}

function oneHot(op: OpCall): Value {
  const { b } = op;
  const indices = b.cast(op.value(0), "int32");
  const depth = op.numbers(1)[0]!;
  if (!(Number.isSafeInteger(depth) && depth >= 1)) op.fail(`a depth of ${depth}`);
  const rank = indices.shape.length + 1;
  const axis = op.axis(op.attributes.int("axis", -1), rank);
  const places = b.select(b.lt(indices, 0), b.add(indices, depth), indices);
  const at = b.reshape(places, [...indices.shape.slice(0, axis), 1, ...indices.shape.slice(axis)]);
  const line = b.ints(Array.from({ length: rank }, (_, i) => (i === axis ? depth : 1)), Array.from({ length: depth }, (_, i) => i));
  const values = op.value(2);
  const pick = (i: number) => b.reshape(b.sliceAxis(values, 0, i, i + 1), []);
  return b.select(b.eq(at, line), pick(1), pick(0));
}

/** Margins; negative ones cut. `wrap` goes on at the other end. */
function pad(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const rank = x.shape.length;
  const mode = op.attributes.text("mode", "constant");
  const given = op.setting("pads", 1) ?? op.fail("it has no pads");
  const axes = op.has(3) ? op.axes(op.numbers(3), rank) : x.shape.map((_, i) => i);
  if (given.length !== 2 * axes.length) op.fail(`${given.length} pads for ${axes.length} axes`);
  const [low, high] = [x.shape.map(() => 0), x.shape.map(() => 0)];
  axes.forEach((a, i) => {
    low[a] = given[i]!;
    high[a] = given[axes.length + i]!;
  });
  const [cutLow, cutHigh] = [low.map((p) => Math.max(0, -p)), high.map((p) => Math.max(0, -p))];
  const cut = b.slice(x, cutLow, x.shape.map((d, i) => d - cutHigh[i]!));
  const [moreLow, moreHigh] = [low.map((p) => Math.max(0, p)), high.map((p) => Math.max(0, p))];
  if (mode === "wrap") return wrapped(op, cut, moreLow, moreHigh);
  if (mode === "edge" || mode === "reflect") return b.pad(cut, moreLow, moreHigh, { mode });
  if (mode !== "constant") op.fail(`its mode “${mode}” is not known`);
  const computed = op.has(2) && !op.known(2);
  const fill = op.version < 11 ? op.attributes.number("value", 0) : op.known(2)?.data[0] ?? 0;
  if (x.dtype === "bool" && carrierOf(op.elem(0)) === "bool") op.refuse("margins of true and false");
  if (!computed) return b.pad(cut, moreLow, moreHigh, { value: fill });
  const inside = b.pad(b.cast(b.zeros(cut.shape), "int32"), moreLow, moreHigh, { value: 1 });
  return b.select(b.eq(inside, 0), b.pad(cut, moreLow, moreHigh), b.reshape(op.value(2), []));
}

function wrapped(op: OpCall, x: Value, low: readonly number[], high: readonly number[]): Value {
  const { b } = op;
  return x.shape.reduce((value, n, axis) => {
    if (!low[axis] && !high[axis]) return value;
    if (low[axis]! > n || high[axis]! > n) op.refuse(`a margin wider than the axis of ${n}`);
    return b.concat([b.sliceAxis(value, axis, n - low[axis]!, n), value, b.sliceAxis(value, axis, 0, high[axis]!)].filter((v) => v.shape[axis]), axis);
  }, x);
}

export const SELECT = { Slice: slice, Gather: gather, GatherElements: gatherElements, GatherND: gatherNd, OneHot: oneHot, Pad: pad } satisfies { readonly [op: string]: Rule };
