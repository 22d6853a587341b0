/** The rules of reverse-mode differentiation as one total table over the operations. */
import type { OpName } from "../../ir/ops.ts";
import { CONV_VJP } from "./conv.ts";
import { ELEMENTWISE_VJP } from "./elementwise.ts";
import { MATMUL_VJP } from "./matmul.ts";
import { POOL_VJP } from "./pool.ts";
import { REDUCE_VJP } from "./reduce.ts";
import { none, type Vjp } from "./rule.ts";
import { SHAPE_VJP } from "./shape.ts";

export type { Vjp, VjpSite } from "./rule.ts";

export const VJP_RULES: { readonly [Op in OpName]: Vjp<Op> } = {
  constant: none,
  random: none,
  ...ELEMENTWISE_VJP,
  ...SHAPE_VJP,
  ...REDUCE_VJP,
  ...MATMUL_VJP,
  ...CONV_VJP,
  ...POOL_VJP,
};

/** Operations through which no gradient flows: constant almost everywhere, or not of floats. */
export const NO_GRADIENT: ReadonlySet<OpName> = new Set((Object.keys(VJP_RULES) as OpName[]).filter((op) => VJP_RULES[op] === none));
