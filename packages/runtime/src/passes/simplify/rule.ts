/** What an algebraic identity is given: an equation about to be written, whose inputs are already simplified. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpAttrs, OpName } from "../../ir/ops.ts";

/**
 * Gives a value that equals the equation's first output at no greater cost, or nothing. What it writes through `b` is itself
 * simplified, so each identity must lead to a strictly simpler form: otherwise they would chase each other forever.
 */
export type Identity<Op extends OpName> = (b: Builder, attrs: OpAttrs[Op], inputs: readonly Value[]) => Value | undefined;

export type Identities<Op extends OpName> = { readonly [O in Op]?: readonly Identity<O>[] };
