/** What a lowering rule from one IR operation to TensorFlow.js calls looks like. */
import type * as tfjs from "@tensorflow/tfjs-core";
import type { OpAttrs, OpName } from "../../ir/ops.ts";
import type { StaticType } from "../../ir/tensor.ts";

/** The module `@tensorflow/tfjs-core`, handed to rules because it is imported only once a backend is asked for. */
export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;

/** What merely calls the engine needs. */
export interface WithTf {
  readonly tf: Tf;
}

export interface RuleContext extends WithTf {
  /** A tensor made at the first run of this equation and kept until the executable is disposed of: index tables, filters in the engine's layout. */
  once(name: string, make: () => Tensor): Tensor;
  /** Whether an input of this equation is the same in every run. */
  isConstant(input: number): boolean;
}

/**
 * Gives the outputs of one equation; runs inside `tf.tidy`, so what it makes on the way is freed.
 * It may return an input itself (the interpreter then takes a reference of its own).
 */
export type Rule<Op extends OpName> = (cx: RuleContext, attrs: OpAttrs[Op], inputs: readonly Tensor[], outputs: readonly StaticType[]) => Tensor | readonly Tensor[];

/** The rules of one family of operations. */
export type Rules<Op extends OpName> = { readonly [O in Op]: Rule<O> };
