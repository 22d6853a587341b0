/** Every operation's rule, as one total table: a new operation does not compile until it has one here. */
import { randomValues } from "../../../ir/random.ts";
import type { OpName } from "../../../ir/ops.ts";
import type { TensorData } from "../../../ir/tensor.ts";
import type { Rules, Tensor, Tf } from "../rule.ts";
import { CONV } from "./conv.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { INDEX } from "./index-ops.ts";
import { MATMUL } from "./matmul.ts";
import { POOL } from "./pool.ts";
import { REDUCE } from "./reduce.ts";
import { RESIZE } from "./resize.ts";
import { SHAPE } from "./shape.ts";

/** A copy in the engine: the caller's array may change while the upload still waits. */
export const upload = (tf: Tf, data: TensorData): Tensor => tf.tensor(data.data.slice(), [...data.shape], data.dtype);

/** The interpreter runs the first two once per executable, not once per run. */
export const RULES: Rules<OpName> = {
  constant: ({ tf }, { tensor }) => upload(tf, tensor),
  random: ({ tf }, attrs) => upload(tf, { dtype: "float32", shape: attrs.shape, data: randomValues(attrs) }),
  ...ELEMENTWISE,
  ...SHAPE,
  ...INDEX,
  ...REDUCE,
  ...MATMUL,
  ...CONV,
  ...POOL,
  ...RESIZE,
};
