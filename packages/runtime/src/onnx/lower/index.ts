/** The total table from IR operations to ONNX operators, gathered from its families. */
import type { OpName } from "../../ir/ops.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { LINEAR } from "./linear.ts";
import { POOL } from "./pool.ts";
import { REDUCTION } from "./reduction.ts";
import type { LowerRule } from "./rule.ts";
import { SHAPE } from "./shape.ts";
import { SOURCE } from "./source.ts";

export const LOWER: { readonly [Op in OpName]: LowerRule<Op> } = { ...SOURCE, ...ELEMENTWISE, ...SHAPE, ...REDUCTION, ...LINEAR, ...POOL };

export type { LowerRule } from "./rule.ts";
