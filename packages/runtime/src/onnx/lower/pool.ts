/** Pooling and resizing as ONNX operators. */
import type { OpName, PoolAttrs } from "../../ir/ops.ts";
import { nearestSource } from "../../ir/resampling.ts";
import { sizeOf, tensor } from "../../ir/tensor.ts";
import type { OnnxGraph, Operand } from "../onnx-graph.ts";
import { viaFloat, type LowerRule } from "./rule.ts";
import { pad } from "./shape.ts";

type Rules<Ops extends OpName> = { readonly [Op in Ops]: LowerRule<Op> };

/** onnxruntime refuses a pad that is not smaller than the window. */
const fits = (a: PoolAttrs) => a.kernel.every((k, i) => a.padLow[i]! < k && a.padHigh[i]! < k);

const padded = (graph: OnnxGraph, x: string, a: PoolAttrs, value: number) =>
  pad(graph, x, [0, 0, ...a.padLow], [0, 0, ...a.padHigh], "constant", graph.scalar(value));

const window = (a: PoolAttrs) => ({ kernel_shape: a.kernel, strides: a.strides });
const pads = (a: PoolAttrs) => ({ pads: [...a.padLow, ...a.padHigh] });

export const POOL: Rules<"maxPool" | "avgPool" | "resize"> = {
  maxPool: (graph, a, [x]) =>
    viaFloat(graph, x!, (name) =>
      fits(a) ? graph.node("MaxPool", [name], { ...window(a), ...pads(a) }) : graph.node("MaxPool", [padded(graph, name, a, -Infinity)], window(a))),

  avgPool: (graph, a, [x], [out]) =>
    viaFloat(graph, x!, (name) => {
      if (fits(a)) return graph.node("AveragePool", [name], { ...window(a), ...pads(a), count_include_pad: a.countIncludePad ? 1 : 0 });
      const mean = graph.node("AveragePool", [besideZeros(graph, name, x!.shape, a)], window(a));
      return a.countIncludePad ? mean : graph.node("Mul", [mean, graph.constant(recount(a, x!.shape.slice(2), out!.shape.slice(2)))]);
    }),

  resize: (graph, { size, mode }, [x]) =>
    viaFloat(graph, x!, (name) => (mode === "linear" ? resizeLinear(graph, name, x!, size) : resizeNearest(graph, name, x!.shape, size))),
};

/** Padding with zeros by concatenation: onnxruntime fuses a Pad into the pooling behind it, and then refuses it as too large. */
function besideZeros(graph: OnnxGraph, name: string, shape: readonly number[], a: PoolAttrs): string {
  const current = [...shape];
  return a.kernel.reduce((at, _k, i) => {
    const zeros = (length: number) => (length ? [graph.node("Expand", [graph.scalar(0), graph.int64s(current.with(i + 2, length))])] : []);
    const parts = [...zeros(a.padLow[i]!), at, ...zeros(a.padHigh[i]!)];
    current[i + 2]! += a.padLow[i]! + a.padHigh[i]!;
    return parts.length > 1 ? graph.node("Concat", parts, { axis: i + 2 }) : at;
  }, name);
}

/** For each window: how many entries it has, over how many of them are inside the input. Shape [...out]. */
function recount(a: PoolAttrs, input: readonly number[], out: readonly number[]) {
  const inside = input.map((n, axis) =>
    Array.from({ length: out[axis]! }, (_, i) => {
      const start = i * a.strides[axis]! - a.padLow[axis]!;
      return Math.max(0, Math.min(n, start + a.kernel[axis]!) - Math.max(0, start));
    }));
  const total = sizeOf(a.kernel);
  const values = inside.reduce<number[]>((acc, counts) => acc.flatMap((c) => counts.map((n) => c * n)), [1]);
  return tensor("float32", out, values.map((n) => total / n));
}

/** onnxruntime has linear kernels for two and three spatial axes; one axis gets a second of length 1. */
function resizeLinear(graph: OnnxGraph, name: string, x: Operand, size: readonly number[]): string {
  const lead = x.shape.slice(0, 2);
  const line = size.length === 1;
  const from = line ? graph.reshape(name, [...lead, 1, x.shape[2]!]) : name;
  const to = [...lead, ...(line ? [1] : []), ...size];
  const resized = graph.node("Resize", [from, "", "", graph.int64s(to)], { mode: "linear", coordinate_transformation_mode: "half_pixel" });
  return line ? graph.reshape(resized, [...lead, ...size]) : resized;
}

/** The nearest entry to a half-pixel centre is floor((i + ½)·in/out): exact in integers, so it is gathered by constants. */
function resizeNearest(graph: OnnxGraph, name: string, [n, c, ...from]: readonly number[], size: readonly number[]): string {
  const whole = size.every((s, i) => (s % from[i]!) === 0);
  if (whole && size.length < 3)
    return graph.node("Resize", [name, "", "", graph.int64s([n!, c!, ...size])], { mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" });
  if (whole) {
    // onnxruntime's kernel of rank 3 takes 35 times as long as the one of rank 2, followed by a copy of whole planes.
    const stack = [n! * c!, ...from];
    const planes = resizeNearest(graph, graph.reshape(name, stack), stack, size.slice(1));
    return gatherNearest(graph, graph.reshape(planes, [n!, c!, from[0]!, ...size.slice(1)]), 2, from[0]!, size[0]!);
  }
  return size.reduce((at, s, i) => gatherNearest(graph, at, i + 2, from[i]!, s), name);
}

function gatherNearest(graph: OnnxGraph, name: string, axis: number, from: number, to: number): string {
  if (from === to) return name;
  const indices = Array.from({ length: to }, (_, i) => nearestSource(i, from, to));
  return graph.node("Gather", [name, graph.constant(tensor("int32", [to], indices))], { axis });
}
