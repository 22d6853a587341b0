/** Writes for many examples what a program computes for one: most exporters write for a batch of one, and a copy for each example is slow and no network for any number. */
import type { Builder, Value } from "../ir/builder.ts";
import type { OpName } from "../ir/ops.ts";
import type { Equation, Program, ValueId } from "../ir/program.ts";

/**
 * `program` takes one example `[1,…]` as its input `example`; its other inputs are weights. Written for the `n` rows of `rows`
 * where every operation keeps the examples apart, each in its row of the first axis; `null` where one of them may not.
 */
export function overExamples(b: Builder, program: Program, rows: Value, example: string, weights: ReadonlyMap<string, Value>): Map<string, Value> | null {
  const n = rows.shape[0]!;
  const perExample = new Set<ValueId>();
  const at = new Map<ValueId, Value>();
  for (const { name, value } of program.inputs) {
    at.set(value, name === example ? rows : weights.get(name)!);
    if (name === example) perExample.add(value);
  }
  const shape = (id: ValueId): readonly number[] => program.types[id]!.shape;
  // Looked through before anything is written.
  const attrs = new Map<Equation, Equation["attrs"]>();
  for (const e of program.equations) {
    if (!e.inputs.some((i) => perExample.has(i))) continue;
    const wider = forRows(e, n, shape, (i) => perExample.has(i));
    if (!wider || e.outputs.some((o) => shape(o)[0] !== 1)) return null;
    attrs.set(e, wider);
    for (const o of e.outputs) perExample.add(o);
  }
  if (program.outputs.some((o) => !perExample.has(o.value))) return null;
  for (const e of program.equations) {
    const out = b.emitAll(e.op as OpName, (attrs.get(e) ?? e.attrs) as never, ...e.inputs.map((i) => at.get(i)!));
    e.outputs.forEach((id, i) => at.set(id, out[i]!));
  }
  return new Map(program.outputs.map((o) => [o.name, at.get(o.value)!]));
}

/** The operation's attributes for `n` rows in the place of one; `null` where the first axis is not only counted along. */
function forRows(e: Equation, n: number, shape: (id: ValueId) => readonly number[], varies: (id: ValueId) => boolean): Equation["attrs"] | null {
  const [first, second] = e.inputs as [ValueId, ValueId];
  const behind = (...axes: readonly number[]): boolean => axes.every((axis) => axis > 0);
  const onlyFirst = varies(first) && !e.inputs.slice(1).some(varies);
  const keep = (kept: boolean): Equation["attrs"] | null => (kept ? e.attrs : null);
  switch (e.op) {
    case "reshape":
    case "broadcast": {
      const to = e.attrs.shape;
      return to[0] === 1 && (e.op === "reshape" || to.length === shape(first).length) ? { shape: [n, ...to.slice(1)] } : null;
    }
    case "slice": {
      const { starts, ends, steps } = e.attrs;
      return starts[0] === 0 && ends[0] === 1 && steps[0] === 1 ? { starts, ends: [n, ...ends.slice(1)], steps } : null;
    }
    case "transpose":
      return keep(e.attrs.perm[0] === 0);
    case "concat":
      return keep(behind(e.attrs.axis) && e.inputs.every(varies));
    case "reverse":
    case "reduceSum":
    case "reduceMax":
    case "reduceMin":
      return keep(behind(...e.attrs.axes));
    case "pad":
      return keep(e.attrs.low[0] === 0 && e.attrs.high[0] === 0 && e.attrs.interior[0] === 0);
    case "gather":
    case "roll":
      return keep(onlyFirst && behind(e.attrs.axis));
    case "argMax":
      return keep(behind(e.attrs.axis));
    case "topK":
      return keep(shape(first).length > 1);
    case "conv":
    case "convTranspose":
    case "maxPool":
    case "avgPool":
    case "resize":
      return keep(onlyFirst);
    case "matmul":
      // Of two matrices only the left one's rows are examples.
      return keep(Math.max(shape(first).length, shape(second).length) === 2 ? onlyFirst && !e.attrs.transposeA : aligned(e.inputs, shape, varies));
    case "constant":
    case "random":
    case "scatterAdd":
      return null;
    default:
      return keep(aligned(e.inputs, shape, varies));
  }
}

/** Whether broadcasting sets the examples' axes beside each other, as the first of all, and nothing else there. */
function aligned(inputs: readonly ValueId[], shape: (id: ValueId) => readonly number[], varies: (id: ValueId) => boolean): boolean {
  const rank = Math.max(...inputs.map((i) => shape(i).length));
  return inputs.every((i) => (varies(i) ? shape(i).length === rank : shape(i).length < rank || shape(i)[0] === 1));
}
