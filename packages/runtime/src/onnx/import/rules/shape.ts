/** Reshaping and ordering; shapes themselves are numbers that are known. */
import { sizeOf } from "../../../ir/tensor.ts";
import type { Value } from "../../../ir/builder.ts";
import { broadcastShapes } from "../../../ir/type-rules.ts";
import { carrierOf, knownInts, knownScalar, type Known } from "../../../networks/known.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";

/** Elements of a tensor that one number fills and that is then known. */
const MOST_FILLED = 2 ** 16;

/** Non-negative lengths. */
function lengths(op: OpCall, shape: readonly number[]): readonly number[] {
  return shape.every((d) => Number.isSafeInteger(d) && d >= 0) ? shape : op.fail(`[${shape}] is no shape`);
}

function reshape(op: OpCall): Value {
  const x = op.value(0);
  const asked = op.version < 5 ? op.attributes.numbers("shape") ?? op.fail("it has no shape") : op.numbers(1);
  const keepsZero = op.attributes.flag("allowzero");
  const shape = asked.map((d, i) => (d === 0 && !keepsZero ? x.shape[i] ?? op.fail(`axis ${i} is to be kept, and there is none`) : d));
  const open = shape.indexOf(-1);
  if (open >= 0) {
    const rest = sizeOf(shape.filter((_, i) => i !== open));
    if (rest <= 0 || sizeOf(x.shape) % rest) op.fail(`[${x.shape}] does not reshape to [${asked}]`);
    shape[open] = sizeOf(x.shape) / rest;
  }
  return op.b.reshape(x, lengths(op, shape));
}

function flatten(op: OpCall): Value {
  const x = op.value(0);
  const given = op.attributes.int("axis", 1);
  const axis = given === x.shape.length ? given : op.axis(given, x.shape.length);
  return op.b.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
}

function transpose(op: OpCall): Value {
  const x = op.value(0);
  return op.b.transpose(x, op.attributes.numbers("perm") ?? x.shape.map((_, i) => x.shape.length - 1 - i));
}

function squeeze(op: OpCall): Value {
  const x = op.value(0);
  const given = op.setting("axes", 1);
  const axes = given ? op.axes(given, x.shape.length) : x.shape.flatMap((d, i) => (d === 1 ? [i] : []));
  for (const a of axes) if (x.shape[a] !== 1) op.fail(`axis ${a} has ${x.shape[a]} entries, and only axes of one can go`);
  return op.b.reshape(x, x.shape.filter((_, i) => !axes.includes(i)));
}

function unsqueeze(op: OpCall): Value {
  const x = op.value(0);
  const given = op.setting("axes", 1) ?? op.fail("it has no axes");
  const axes = op.axes(given, x.shape.length + given.length);
  const rest = [...x.shape];
  return op.b.reshape(x, Array.from({ length: x.shape.length + axes.length }, (_, i) => (axes.includes(i) ? 1 : rest.shift()!)));
}

/** Both ways: an axis of one in the target keeps the input's length. */
function expand(op: OpCall): Value {
  const x = op.value(0);
  return op.b.broadcast(x, broadcastShapes(x.shape, lengths(op, op.numbers(1))));
}

/** Each axis is laid out beside itself by broadcasting. */
function tile(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const repeats = lengths(op, op.numbers(1));
  if (repeats.length !== x.shape.length) op.fail(`${repeats.length} repeats for ${x.shape.length} axes`);
  if (repeats.every((r) => r === 1)) return x;
  const open = x.shape.flatMap((d) => [1, d]);
  const wide = x.shape.flatMap((d, i) => [repeats[i]!, d]);
  return b.reshape(b.broadcast(b.reshape(x, open), wide), x.shape.map((d, i) => d * repeats[i]!));
}

const concat: Rule = (op) => {
  const xs = op.values();
  return op.b.concat(xs, op.axis(op.attributes.int("axis", 1), xs[0]?.shape.length ?? 0));
};

function split(op: OpCall): readonly Value[] {
  const x = op.value(0);
  const axis = op.axis(op.attributes.int("axis", 0), x.shape.length);
  const n = x.shape[axis]!;
  const count = op.node.outputs.length;
  const each = Math.ceil(n / count);
  const parts = op.setting("split", 1) ?? Array.from({ length: count }, (_, i) => Math.max(0, Math.min(each, n - i * each)));
  if (parts.length !== count || parts.reduce((s, p) => s + p, 0) !== n || parts.some((p) => p < 0)) op.fail(`an axis of ${n} in parts of ${parts}`);
  let at = 0;
  return parts.map((p) => op.b.sliceAxis(x, axis, at, (at += p)));
}

/** Channels to positions (or back) in square blocks; DCR keeps a block's depth outermost, CRD the channel. */
function depthToSpace(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const block = op.attributes.int("blocksize", 0);
  const [n, c, h, w] = x.shape as [number, number, number, number];
  if (x.shape.length !== 4 || block < 1 || c % (block * block)) op.fail(`blocks of ${block}`);
  const rest = c / (block * block);
  const turned = op.attributes.text("mode", "DCR") === "CRD"
    ? b.transpose(b.reshape(x, [n, rest, block, block, h, w]), [0, 1, 4, 2, 5, 3])
    : b.transpose(b.reshape(x, [n, block, block, rest, h, w]), [0, 3, 4, 1, 5, 2]);
  return b.reshape(turned, [n, rest, h * block, w * block]);
}

function spaceToDepth(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const block = op.attributes.int("blocksize", 0);
  const [n, c, h, w] = x.shape as [number, number, number, number];
  if (x.shape.length !== 4 || block < 1 || h % block || w % block) op.fail(`blocks of ${block}`);
  const opened = b.reshape(x, [n, c, h / block, block, w / block, block]);
  return b.reshape(b.transpose(opened, op.attributes.text("mode", "DCR") === "CRD" ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4]), [n, c * block * block, h / block, w / block]);
}

/** `shape[start:end]`, known whatever the input is. */
function shapeOf(op: OpCall): Known {
  const { shape } = op.item(0);
  const clamped = (at: number) => Math.min(shape.length, Math.max(0, at < 0 ? at + shape.length : at));
  return knownInts(shape.slice(clamped(op.attributes.int("start", 0)), clamped(op.attributes.int("end", shape.length))));
}

function constantOfShape(op: OpCall): Known | Value {
  const raw = op.attributes.raw("value");
  const value: Known = raw && typeof raw === "object" && "elem" in raw ? raw : knownScalar(0, "float32");
  const shape = lengths(op, op.numbers(0));
  const size = sizeOf(shape);
  if (value.data.length !== 1) op.fail("its value is not one number");
  if (size > MOST_FILLED) return op.b.broadcast(op.b.scalar(value.data[0]!, carrierOf(value.elem)), shape);
  const data = value.data.slice(0, 0).constructor as new (n: number) => Known["data"];
  return { elem: value.elem, shape, data: new data(size).fill(value.data[0]!) };
}

function range(op: OpCall): Known {
  const [start, limit, delta] = [op.numbers(0)[0]!, op.numbers(1)[0]!, op.numbers(2)[0]!];
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  if (!(count <= MOST_FILLED)) op.fail(`a range of ${count} numbers`);
  const elem = op.elem(0);
  const values = Array.from({ length: count }, (_, i) => start + i * delta);
  return { elem, shape: [count], data: carrierOf(elem) === "float32" ? Float32Array.from(values) : Float64Array.from(values) };
}

/** The triangle above or below the k-th diagonal of the last two axes. */
function triangle(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  if (x.shape.length < 2) op.fail("it has no matrix");
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  if (rows * columns > 2 ** 24) op.fail("its matrices are too large");
  const k = op.has(1) ? op.numbers(1)[0]! : 0;
  const upper = op.attributes.flag("upper", true);
  const mask = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const beyond = (i % columns) - Math.floor(i / columns) - k;
    return (upper ? beyond >= 0 : beyond <= 0) ? 1 : 0;
  });
  return b.select(b.constant({ dtype: "bool", shape: [rows, columns], data: mask }), x, 0);
}

export const SHAPE = {
  Reshape: reshape, Flatten: flatten, Transpose: transpose, Squeeze: squeeze, Unsqueeze: unsqueeze, Expand: expand, Tile: tile, Concat: concat, Split: split,
  DepthToSpace: depthToSpace, SpaceToDepth: spaceToDepth,
  Shape: shapeOf,
  Size: (op: OpCall) => knownScalar(sizeOf(op.shape(0)), "int64"),
  ConstantOfShape: constantOfShape,
  Range: range,
  Trilu: triangle,
} satisfies { readonly [op: string]: Rule };
