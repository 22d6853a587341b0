/** Pooling, within windows and over everything. */
import type { Builder, Value } from "../../../ir/builder.ts";
import { sizeOf } from "../../../ir/tensor.ts";
import { RuleRefusal, type OpCall, type Rule, type Written } from "../../../networks/rule.ts";
import { spanOf, windowsOf, type Windows } from "./window.ts";

const kernelOf = (op: OpCall): readonly number[] => {
  const kernel = op.attributes.numbers("kernel_shape") ?? op.fail("it has no kernel_shape");
  return kernel.every((k) => Number.isSafeInteger(k) && k >= 1) ? kernel : op.fail(`its kernel_shape is [${kernel}]`);
};

const plus = (p: readonly number[], q: readonly number[]): number[] => p.map((v, i) => v + q[i]!);

/** Engines refuse padding as wide as the kernel, so such padding is written out. */
const wide = (w: Windows, high: readonly number[]): boolean => w.kernel.some((k, i) => w.padLow[i]! >= k || high[i]! >= k);

const spatialPad = (b: Builder, x: Value, low: readonly number[], high: readonly number[], value: number): Value => b.pad(x, [0, 0, ...low], [0, 0, ...high], { value });

/** Entries that a window with gaps reaches along one axis: each becomes an equation. */
const MOST_TAPS = 256;
/** Entries of all windows together, where each is listed. */
const MOST_LISTED = 2 ** 22;

/** For each axis in turn, `combine` of the entries that a window of `kernel` with `dilations` reaches: what the IR's pools cannot. */
function slide(b: Builder, x: Value, w: Windows, combine: (p: Value, q: Value) => Value): Value {
  return w.kernel.reduce((value, kernel, i) => {
    const axis = i + 2;
    const [stride, dilation] = [w.strides[i]!, w.dilations[i]!];
    if (kernel > MOST_TAPS) throw new RuleRefusal(`a window of ${kernel} entries with gaps; ${MOST_TAPS} can be computed`);
    const out = Math.floor((value.shape[axis]! - spanOf(kernel, dilation)) / stride) + 1;
    const taps = Array.from({ length: kernel }, (_, k) => b.sliceAxis(value, axis, k * dilation, k * dilation + (out - 1) * stride + 1, stride));
    return taps.reduce(combine);
  }, x);
}

/** What lies outside never wins. */
const LOWEST = -3.4028234663852886e38;

function maxPool(op: OpCall): readonly Written[] {
  const { b } = op;
  const given = op.value(0);
  const x = b.cast(given, "float32");
  const w = windowsOf(op, x.shape.slice(2), kernelOf(op));
  const high = plus(w.padHigh, w.extra);
  const padded = () => spatialPad(b, x, w.padLow, high, LOWEST);
  const dilated = w.dilations.some((d, i) => d > 1 && w.kernel[i]! > 1);
  const y = dilated ? slide(b, padded(), w, (p, q) => b.max(p, q))
    : wide(w, high) ? b.maxPool(padded(), w.kernel, { strides: w.strides })
    : b.maxPool(x, w.kernel, { strides: w.strides, padLow: w.padLow, padHigh: high });
  const result = b.cast(y, given.dtype);
  return op.wants(1) ? [result, op.as("int64", winners(op, x, w, y.shape.slice(2)))] : [result];
}

/** Where each maximum was, as an index into the whole input: every window is gathered, its largest tap found and looked up. */
function winners(op: OpCall, x: Value, w: Windows, out: readonly number[]): Value {
  const { b } = op;
  const spatial = x.shape.slice(2);
  if (sizeOf(out) * sizeOf(w.kernel) > MOST_LISTED) op.refuse("it asks where each maximum was, in too many windows");
  const columns = op.attributes.flag("storage_order");
  const taps = positions(w.kernel);
  const padded = spatial.map((n, i) => n + w.padLow[i]! + w.padHigh[i]! + w.extra[i]!);
  const reads: number[] = [];
  const names: number[] = [];
  for (const o of positions(out))
    for (const t of taps) {
      const at = o.map((p, i) => p * w.strides[i]! + t[i]! * w.dilations[i]!);
      reads.push(flatIndex(at, padded));
      const source = at.map((p, i) => p - w.padLow[i]!);
      names.push(columns ? flatIndex([...source].reverse(), [...spatial].reverse()) : flatIndex(source, spatial));
    }
  const [n, c] = [x.shape[0]!, x.shape[1]!];
  const count = sizeOf(out);
  const flat = b.reshape(spatialPad(b, x, w.padLow, plus(w.padHigh, w.extra), LOWEST), [n, c, sizeOf(padded)]);
  const tap = b.argMax(b.gather(flat, b.ints([count, taps.length], reads), 2), 3);
  const first = b.ints([count], Array.from({ length: count }, (_, i) => i * taps.length));
  const within = b.gather(b.ints([names.length], names), b.add(tap, first), 0);
  const planes = b.ints([n, c, 1], Array.from({ length: n * c }, (_, i) => i * sizeOf(spatial)));
  return b.reshape(b.add(within, planes), [n, c, ...out]);
}

/** Every position of a grid, in order. */
const positions = (shape: readonly number[]): number[][] => shape.reduce<number[][]>((all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])), [[]]);
const flatIndex = (at: readonly number[], shape: readonly number[]): number => at.reduce((index, p, i) => index * shape[i]! + p, 0);

function averagePool(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const w = windowsOf(op, x.shape.slice(2), kernelOf(op));
  const all = op.attributes.flag("count_include_pad");
  // Padding counts as zeros, what rounding up reaches past it does not.
  const written = all && (w.extra.some((e) => e > 0) || wide(w, w.padHigh));
  const [source, low, high] = written
    ? [spatialPad(b, x, w.padLow, w.padHigh, 0), w.padLow.map(() => 0), w.extra]
    : [x, w.padLow, plus(w.padHigh, w.extra)];
  const dilated = w.dilations.some((d, i) => d > 1 && w.kernel[i]! > 1);
  if (!dilated && !wide({ ...w, padLow: low }, high)) return b.avgPool(source, w.kernel, { strides: w.strides, padLow: low, padHigh: high, countIncludePad: all && !written });
  const [zero, one] = [(v: Value) => spatialPad(b, v, low, high, 0), b.broadcast(b.scalar(1), [1, 1, ...source.shape.slice(2)])];
  const sum = (v: Value) => slide(b, v, w, (p, q) => b.add(p, q));
  return b.div(sum(zero(source)), all && !written ? sizeOf(w.kernel) : sum(zero(one)));
}

/** (Σ|x|ᵖ)^(1/p) over each window. */
function lpPool(op: OpCall): Value {
  const { b } = op;
  const x = op.value(0);
  const w = windowsOf(op, x.shape.slice(2), kernelOf(op));
  const p = op.attributes.number("p", 2);
  const powers = p === 2 ? b.mul(x, x) : b.pow(b.abs(x), p);
  const padded = spatialPad(b, powers, w.padLow, plus(w.padHigh, w.extra), 0);
  const dilated = w.dilations.some((d, i) => d > 1 && w.kernel[i]! > 1);
  return root(b, dilated ? slide(b, padded, w, (v, u) => b.add(v, u)) : b.mul(b.avgPool(padded, w.kernel, { strides: w.strides }), sizeOf(w.kernel)), p);
}

const root = (b: Builder, x: Value, p: number): Value => (p === 1 ? x : p === 2 ? b.sqrt(x) : b.pow(x, 1 / p));
const spatialAxes = (x: Value): number[] => x.shape.slice(2).map((_, i) => i + 2);

export const POOL = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  LpPool: lpPool,
  GlobalMaxPool: (op: OpCall) => op.b.reduceMax(op.value(0), spatialAxes(op.value(0)), true),
  GlobalAveragePool: (op: OpCall) => op.b.mean(op.value(0), spatialAxes(op.value(0)), true),
  GlobalLpPool: (op: OpCall) => {
    const p = op.attributes.number("p", 2);
    const x = op.value(0);
    return root(op.b, op.b.sum(p === 2 ? op.b.mul(x, x) : op.b.pow(op.b.abs(x), p), spatialAxes(x), true), p);
  },
} satisfies { readonly [op: string]: Rule };
