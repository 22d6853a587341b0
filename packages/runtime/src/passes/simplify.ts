/** Algebraic identities, applied as a program is written anew; repeated equations are merged on the way. */
import type { Value } from "../ir/builder.ts";
import type { OpAttrs, OpName } from "../ir/ops.ts";
import type { Program } from "../ir/program.ts";
import { sameShape, type StaticType } from "../ir/tensor.ts";
import { broadcastShapes, inferTypes, IrTypeError } from "../ir/type-rules.ts";
import { UniqueBuilder } from "./cse.ts";
import { made, rebuild } from "./rebuild.ts";
import { ARITHMETIC } from "./simplify/arithmetic.ts";
import { REDUCE } from "./simplify/reduce.ts";
import type { Identity } from "./simplify/rule.ts";
import { SHAPE } from "./simplify/shape.ts";

const IDENTITIES = { ...ARITHMETIC, ...SHAPE, ...REDUCE } as { readonly [Op in OpName]?: readonly Identity<OpName>[] };

/** Operations of single elements: they commute with repetition. */
const ELEMENTWISE: ReadonlySet<OpName> = new Set<OpName>([
  "neg", "abs", "sign", "exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid", "erf", "floor", "ceil", "round", "not", "clip", "cast",
  "add", "sub", "mul", "div", "pow", "max", "min", "mod", "eq", "lt", "le", "gt", "ge", "and", "or", "select",
]);

class SimplifyingBuilder extends UniqueBuilder {
  override emitAll<Op extends OpName>(op: Op, attrs: OpAttrs[Op], ...inputs: readonly Value[]): Value[] {
    const early = ELEMENTWISE.has(op) ? this.#beforeBroadcast(op, attrs, inputs) : undefined;
    if (early) return [early];
    for (const identity of IDENTITIES[op] ?? []) {
      const simpler = identity(this, attrs as never, inputs);
      if (simpler) return [sameType(op, simpler, inferTypes(op, attrs, inputs)[0]!)];
    }
    return super.emitAll(op, attrs, ...inputs);
  }

  /** Computes on what is not yet repeated: operands repeat by themselves, and a result of few elements is repeated last. */
  #beforeBroadcast<Op extends OpName>(op: Op, attrs: OpAttrs[Op], inputs: readonly Value[]): Value | undefined {
    const sources = inputs.map((v) => made(this, v, "broadcast")?.inputs[0] ?? v);
    if (sources.every((s, i) => s === inputs[i])) return undefined;
    const shape = broadcastShapes(...inputs.map((v) => v.shape));
    const small = this.emit(op, attrs, ...sources);
    return sameShape(small.shape, shape) ? small : this.broadcast(small, shape);
  }
}

function sameType(op: OpName, simpler: Value, want: StaticType): Value {
  if (simpler.dtype === want.dtype && sameShape(simpler.shape, want.shape)) return simpler;
  throw new IrTypeError(`an identity of ${op} gives ${simpler.dtype}[${simpler.shape}] for ${want.dtype}[${want.shape}]`);
}

/**
 * The same values by fewer and smaller operations. Results may differ in the last bits where constants meet (`(x·a)·b` becomes
 * `x·(ab)`). Removes `stopGradient`: gradients are taken before.
 */
export const simplify = (program: Program): Program => rebuild(program, new SimplifyingBuilder());
