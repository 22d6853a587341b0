/** Values that come from nothing: both kinds become initialisers. */
import { randomValues } from "../../ir/random.ts";
import type { LowerRule } from "./rule.ts";

export const SOURCE: { readonly constant: LowerRule<"constant">; readonly random: LowerRule<"random"> } = {
  constant: (graph, { tensor }) => graph.constant(tensor),
  /** ONNX's own random operators leave the numbers to the engine; ours are the same everywhere. */
  random: (graph, attrs) => graph.constant({ dtype: "float32", shape: attrs.shape, data: randomValues(attrs) }),
};
