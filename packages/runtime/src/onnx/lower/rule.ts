/** The shape of a lowering rule, and the few moves that several families of rules share. */
import type { OpAttrs, OpName } from "../../ir/ops.ts";
import { sameShape, type DType, type StaticType } from "../../ir/tensor.ts";
import { broadcastShapes } from "../../ir/type-rules.ts";
import { DATA_TYPE, type OnnxGraph, type Operand } from "../onnx-graph.ts";

/** Writes an equation's operators into `graph` and returns the names of its outputs, one for each of `outputs`. */
export type LowerRule<Op extends OpName> = (
  graph: OnnxGraph,
  attrs: OpAttrs[Op],
  inputs: readonly Operand[],
  outputs: readonly StaticType[],
) => string | readonly string[];

/**
 * Names for an operator that broadcasts by itself: an operand that was only expanded to the result's shape is taken as it
 * was before, which saves writing and reading the expanded copy.
 */
export function unexpanded(operands: readonly Operand[], output: StaticType): string[] {
  const taken = [...operands];
  operands.forEach((operand, i) => {
    if (!operand.narrow) return;
    taken[i] = operand.narrow;
    if (!sameShape(broadcastShapes(...taken.map((t) => t.shape)), output.shape)) taken[i] = operand;
  });
  return taken.map((t) => t.name);
}

export const castTo = (graph: OnnxGraph, x: string, to: DType): string => graph.node("Cast", [x], { to: DATA_TYPE[to] });

/** Runs `body` on float32 where onnxruntime has no integer kernel, and casts the result back. */
export function viaFloat(graph: OnnxGraph, x: Operand, body: (name: string) => string): string {
  if (x.dtype === "float32") return body(x.name);
  return castTo(graph, body(castTo(graph, x.name, "float32")), x.dtype);
}
