/** Reshaping, ordering, padding and indexing as ONNX operators. */
import type { OpName } from "../../ir/ops.ts";
import { sameShape, sizeOf } from "../../ir/tensor.ts";
import type { OnnxGraph, Operand } from "../onnx-graph.ts";
import type { LowerRule } from "./rule.ts";

type Rules<Ops extends OpName> = { readonly [Op in Ops]: LowerRule<Op> };

export const SHAPE: Rules<"reshape" | "broadcast" | "transpose" | "concat" | "slice" | "reverse" | "pad" | "gather" | "scatterAdd" | "roll"> = {
  reshape: (graph, { shape }, [x]) => (sameShape(shape, x!.shape) ? x!.name : graph.reshape(x!.name, shape)),
  broadcast: (graph, { shape }, [x]) => (sameShape(shape, x!.shape) ? x!.name : graph.node("Expand", [x!.name, graph.int64s(shape)])),

  /** Moving axes of length 1 about is a reshape, which copies nothing. */
  transpose: (graph, { perm }, [x], [out]) => {
    const moved = perm.filter((p) => x!.shape[p] !== 1);
    if (moved.every((p, i) => i === 0 || moved[i - 1]! < p)) return sameShape(out!.shape, x!.shape) ? x!.name : graph.reshape(x!.name, out!.shape);
    return graph.node("Transpose", [x!.name], { perm });
  },

  concat: (graph, { axis }, inputs) => (inputs.length === 1 ? inputs[0]!.name : graph.node("Concat", inputs.map((i) => i.name), { axis })),

  slice: (graph, { starts, ends, steps }, [x]) => {
    const axes = x!.shape.map((_, i) => i).filter((i) => starts[i] !== 0 || ends[i] !== x!.shape[i] || steps[i] !== 1);
    const pick = (from: readonly number[]) => axes.map((a) => from[a]!);
    return axes.length ? slice(graph, x!.name, axes, pick(starts), pick(ends), pick(steps)) : x!.name;
  },

  reverse: (graph, { axes }, [x]) => {
    const long = axes.filter((a) => x!.shape[a]! > 1);
    if (!long.length) return x!.name;
    return slice(graph, x!.name, long, long.map(() => -1), long.map(() => -(2 ** 31)), long.map(() => -1));
  },

  pad: (graph, { mode, low, high, interior, value }, [x]) => {
    const fill = graph.scalar(value, x!.dtype);
    if (interior.every((p) => p === 0)) return pad(graph, x!.name, low, high, mode, fill);
    const spread = interior.reduce((name, between, axis) => spreadAxis(graph, name, x!, interior, axis, between, fill), x!.name);
    return pad(graph, spread, low, high.map((h, i) => h - (x!.shape[i] ? interior[i]! : 0)), "constant", fill);
  },

  gather: (graph, { axis }, [x, index]) => graph.node("Gather", [x!.name, index!.name], { axis }),

  /** Viewed as [before, indexed, after], with the flat indices repeated over the other two. */
  scatterAdd: (graph, { axis, size }, [updates, index], [out]) => {
    const count = sizeOf(index!.shape);
    const before = sizeOf(updates!.shape.slice(0, axis));
    const after = sizeOf(updates!.shape.slice(axis + index!.shape.length));
    const flat = [before, count, after];
    const at = graph.node("Expand", [graph.reshape(index!.name, [1, count, 1]), graph.int64s(flat)]);
    const zeros = graph.node("Expand", [graph.scalar(0, updates!.dtype), graph.int64s([before, size, after])]);
    const sums = graph.node("ScatterElements", [zeros, at, graph.reshape(updates!.name, flat)], { axis: 1, reduction: "add" });
    return graph.reshape(sums, out!.shape);
  },

  /** A window of the input written twice: both steps are block copies, where gathering goes entry by entry. */
  roll: (graph, { axis }, [x, shift]) => {
    const n = x!.shape[axis]!;
    if (n <= 1) return x!.name;
    const start = graph.reshape(graph.node("Mod", [graph.node("Neg", [shift!.name]), graph.scalar(n, "int32")]), [1]);
    const end = graph.node("Add", [start, graph.scalar(n, "int32")]);
    const axes = graph.node("Cast", [graph.int64s([axis])], { to: 6 });
    return graph.node("Slice", [graph.node("Concat", [x!.name, x!.name], { axis }), start, end, axes]);
  },
};

/**
 * `between` entries of `fill` behind each entry of one axis, the axes before it spread already: [.., d, after] is laid beside
 * [.., d, between·after] of `fill`. Concat copies blocks where Pad goes entry by entry (five times as long, measured).
 */
function spreadAxis(graph: OnnxGraph, name: string, x: Operand, interior: readonly number[], axis: number, between: number, fill: string): string {
  if (between === 0) return name;
  const spread = (upTo: number) => x.shape.map((d, i) => (i < upTo ? d * (1 + interior[i]!) : d));
  const after = sizeOf(x.shape.slice(axis + 1));
  const rows = sizeOf(spread(axis)) / after;
  const filling = graph.node("Expand", [fill, graph.int64s([rows, between * after])]);
  return graph.reshape(graph.node("Concat", [graph.reshape(name, [rows, after]), filling], { axis: 1 }), spread(axis + 1));
}

export function slice(graph: OnnxGraph, x: string, axes: readonly number[], starts: readonly number[], ends: readonly number[], steps: readonly number[]): string {
  const inputs = [x, graph.int64s(starts), graph.int64s(ends), graph.int64s(axes)];
  return graph.node("Slice", steps.every((s) => s === 1) ? inputs : [...inputs, graph.int64s(steps)]);
}

/** Negative entries cut, in mode "constant" only. `fill` is a scalar of the input's dtype. */
export function pad(graph: OnnxGraph, x: string, low: readonly number[], high: readonly number[], mode: "constant" | "reflect" | "edge", fill: string): string {
  if ([...low, ...high].every((p) => p === 0)) return x;
  return graph.node("Pad", [x, graph.int64s([...low, ...high]), ...(mode === "constant" ? [fill] : [])], { mode });
}
