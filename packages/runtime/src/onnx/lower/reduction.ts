/** Reductions, argMax and topK as ONNX operators. */
import type { OpName } from "../../ir/ops.ts";
import { sameShape } from "../../ir/tensor.ts";
import type { OnnxGraph } from "../onnx-graph.ts";
import { castTo, type LowerRule } from "./rule.ts";

type Rules<Ops extends OpName> = { readonly [Op in Ops]: LowerRule<Op> };

/** From this many addends on, a sum is taken in two stages: a single running float32 sum errs in the fifth digit on wasm. */
const TWO_STAGES_FROM = 4096;

interface Block {
  readonly length: number;
  readonly reduced: boolean;
}

/** Adjacent axes that are all kept or all reduced, as one; axes of length 1 vanish. */
function blocksOf(shape: readonly number[], axes: readonly number[]): Block[] {
  const blocks: Block[] = [];
  shape.forEach((length, i) => {
    if (length === 1) return;
    const reduced = axes.includes(i);
    const last = blocks.at(-1);
    if (last && last.reduced === reduced) blocks[blocks.length - 1] = { length: last.length * length, reduced };
    else blocks.push({ length, reduced });
  });
  return blocks;
}

/** The divisor of n nearest to its square root; 1 for a prime. */
function divisorNearRoot(n: number): number {
  for (let d = Math.floor(Math.sqrt(n)); d > 1; d--) if (n % d === 0) return d;
  return 1;
}

function reduce(graph: OnnxGraph, opType: string, x: string, axes: readonly number[], keepDims: boolean): string {
  if (opType === "ReduceSum") return graph.node(opType, [x, graph.int64s(axes)], { keepdims: keepDims ? 1 : 0 });
  return graph.node(opType, [x], { axes, keepdims: keepDims ? 1 : 0 }); // axes become an input in opset 18
}

const extremum = <Op extends "reduceMax" | "reduceMin">(opType: string): LowerRule<Op> => (graph, { axes, keepDims }, [x]) =>
  axes.length ? reduce(graph, opType, x!.name, axes, keepDims) : x!.name;

export const REDUCTION: Rules<"reduceSum" | "reduceMax" | "reduceMin" | "argMax" | "topK"> = {
  reduceSum: (graph, { axes, keepDims }, [x], [out]) => {
    const blocks = blocksOf(x!.shape, axes);
    const long = blocks.findIndex((b) => b.reduced && b.length >= TWO_STAGES_FROM && divisorNearRoot(b.length) > 1);
    if (!blocks.some((b) => b.reduced)) return sameShape(x!.shape, out!.shape) ? x!.name : graph.reshape(x!.name, out!.shape);
    if (long < 0) return reduce(graph, "ReduceSum", x!.name, axes, keepDims);
    const inner = divisorNearRoot(blocks[long]!.length);
    const split = blocks.flatMap((b, i) => (i === long ? [b.length / inner, inner] : [b.length]));
    const partial = reduce(graph, "ReduceSum", graph.reshape(x!.name, split), [long + 1], false);
    const rest = blocks.flatMap((b, i) => (b.reduced ? [i] : []));
    const sums = reduce(graph, "ReduceSum", partial, rest, false);
    return graph.reshape(sums, out!.shape);
  },
  reduceMax: extremum("ReduceMax"),
  reduceMin: extremum("ReduceMin"),

  argMax: (graph, { axis }, [x]) => {
    const from = x!.dtype === "bool" ? castTo(graph, x!.name, "int32") : x!.name;
    return castTo(graph, graph.node("ArgMax", [from], { axis, keepdims: 0 }), "int32");
  },

  topK: (graph, { k, largest }, [x]) => {
    const from = x!.dtype === "bool" ? castTo(graph, x!.name, "int32") : x!.name;
    const [values, indices] = graph.nodeWithOutputs("TopK", [from, graph.int64s([k])], { axis: -1, largest: largest ? 1 : 0, sorted: 1 }, 2);
    return [x!.dtype === "bool" ? castTo(graph, values!, "bool") : values!, castTo(graph, indices!, "int32")];
  },
};
