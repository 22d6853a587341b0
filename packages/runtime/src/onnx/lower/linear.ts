/** Matrix products and convolutions as ONNX operators. */
import type { ConvAttrs, OpName } from "../../ir/ops.ts";
import { sizeOf } from "../../ir/tensor.ts";
import type { OnnxGraph, Operand } from "../onnx-graph.ts";
import type { LowerRule } from "./rule.ts";
import { pad, SHAPE } from "./shape.ts";

type Rules<Ops extends OpName> = { readonly [Op in Ops]: LowerRule<Op> };

const pads = (a: { readonly padLow: readonly number[]; readonly padHigh: readonly number[] }) => [...a.padLow, ...a.padHigh];

function transposeLastTwo(graph: OnnxGraph, x: Operand): string {
  const rank = x.shape.length;
  return graph.node("Transpose", [x.name], { perm: [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2] });
}

/** Channels below which onnxruntime's blocked layout (8 or 16 at a time) is mostly padding. */
const BLOCK = 8;

/** A change of colour space, say. */
const mixesFewChannels = (a: ConvAttrs, filters: Operand) =>
  filters.shape[0]! < BLOCK && filters.shape[1]! < BLOCK && a.groups === 1 && filters.shape.slice(2).every((k) => k === 1) &&
  [...a.strides, ...a.dilations].every((s) => s === 1) && pads(a).every((p) => p === 0);

/** A 1×1 convolution as a matrix product over the flattened positions. */
function channelMix(graph: OnnxGraph, [x, filters, bias]: readonly Operand[]): string {
  const [n, c, ...spatial] = x!.shape as [number, number, ...number[]];
  const o = filters!.shape[0]!;
  const mixed = graph.node("MatMul", [graph.reshape(filters!.name, [o, c]), graph.reshape(x!.name, [n, c, sizeOf(spatial)])]);
  const shifted = bias ? graph.node("Add", [mixed, graph.reshape(bias.name, [o, 1])]) : mixed;
  return graph.reshape(shifted, [n, o, ...spatial]);
}

export const LINEAR: Rules<"matmul" | "conv" | "convTranspose"> = {
  /** A transposed matrix goes to Gemm's flags; a transposed batch to Transpose, which onnxruntime fuses into its product. */
  matmul: (graph, { transposeA, transposeB }, [a, b]) => {
    if ((transposeA || transposeB) && a!.shape.length === 2 && b!.shape.length === 2)
      return graph.node("Gemm", [a!.name, b!.name], { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 });
    return graph.node("MatMul", [transposeA ? transposeLastTwo(graph, a!) : a!.name, transposeB ? transposeLastTwo(graph, b!) : b!.name]);
  },

  conv: (graph, a, inputs) => {
    const filters = inputs[1]!;
    if (mixesFewChannels(a, filters)) return channelMix(graph, inputs);
    return conv(graph, inputs.map((i) => i.name), filters.shape.slice(2), a);
  },

  /**
   * With stride 1 a convolution with reversed filters takes 0.25 to 0.7 of ConvTranspose's time on the CPU, unless it has so few
   * outputs that the blocked layout pads most of them; with larger strides ConvTranspose takes 0.1 to 0.4 of the convolution's.
   */
  convTranspose: (graph, a, [x, filters]) => {
    const dense = a.strides.every((s) => s === 1) && (a.groups > 1 || filters!.shape[1]! >= BLOCK);
    if (dense || x!.shape.length === 5) return convTransposeAsConv(graph, a, x!, filters!);
    return graph.node("ConvTranspose", [x!.name, filters!.name], {
      kernel_shape: filters!.shape.slice(2), strides: a.strides, dilations: a.dilations, pads: pads(a), output_padding: a.outputPad, group: a.groups,
    });
  },
};

/**
 * The same as a convolution of the input with `stride − 1` zeros between its entries and the filters reversed, their two
 * channel axes exchanged within each group. Rank 3 always takes this way: WebGPU has no kernel for it.
 */
function convTransposeAsConv(graph: OnnxGraph, a: ConvAttrs & { outputPad: readonly number[] }, x: Operand, filters: Operand): string {
  const kernel = filters.shape.slice(2);
  const spatial = kernel.map((_, i) => i + 2);
  const reach = kernel.map((k, i) => a.dilations[i]! * (k - 1));
  const low = reach.map((r, i) => r - a.padLow[i]!);
  const high = reach.map((r, i) => r - a.padHigh[i]! + a.outputPad[i]!);
  const interior = [0, 0, ...a.strides.map((s) => s - 1)];

  const reversed = one(SHAPE.reverse(graph, { axes: spatial }, [filters], [filters]));
  const [inPerGroup, outPerGroup] = [filters.shape[0]! / a.groups, filters.shape[1]!];
  const grouped = graph.reshape(reversed, [a.groups, inPerGroup, outPerGroup, ...kernel]);
  const exchanged = graph.node("Transpose", [grouped], { perm: [0, 2, 1, ...spatial.map((s) => s + 1)] });
  const turned = graph.reshape(exchanged, [a.groups * outPerGroup, inPerGroup, ...kernel]);

  const none = x.shape.map(() => 0);
  const spread = one(SHAPE.pad(graph, { mode: "constant", low: none, high: none, interior, value: 0 }, [x], [x]));
  const cut = (edge: readonly number[]) => [0, 0, ...edge.map((e) => Math.min(0, e))];
  const cropped = pad(graph, spread, cut(low), cut(high), "constant", graph.scalar(0));
  const positive = (edge: readonly number[]) => edge.map((e) => Math.max(0, e));
  const strides = kernel.map(() => 1);
  return conv(graph, [cropped, turned], kernel, { strides, dilations: a.dilations, groups: a.groups, padLow: positive(low), padHigh: positive(high) });
}

/** Of rank 3, group by group: WebGPU's kernel takes one group only. */
function conv(graph: OnnxGraph, inputs: readonly string[], kernel: readonly number[], a: ConvAttrs): string {
  const attributes = { kernel_shape: kernel, strides: a.strides, dilations: a.dilations, pads: pads(a) };
  if (kernel.length < 3 || a.groups === 1) return graph.node("Conv", inputs, { ...attributes, group: a.groups });
  const [xs, ...parts] = inputs.map((name, i) => graph.nodeWithOutputs("Split", [name], { axis: i === 0 ? 1 : 0 }, a.groups));
  return graph.node("Concat", xs!.map((x, i) => graph.node("Conv", [x, ...parts.map((p) => p[i]!)], { ...attributes, group: 1 })), { axis: 1 });
}

const one = (names: string | readonly string[]): string => (typeof names === "string" ? names : names[0]!);
