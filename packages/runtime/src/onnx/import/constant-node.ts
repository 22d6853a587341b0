/** The value of a Constant node, which says it in one of several attributes. */
import type { Attributes } from "../../networks/attributes.ts";
import { knownInts, knownScalar, type Known } from "../../networks/known.ts";

/** null for text and sparse tensors. */
export function constantOfNode(attributes: Attributes): Known | null {
  const tensor = attributes.raw("value");
  if (tensor && typeof tensor === "object" && "elem" in tensor) return tensor;
  if (attributes.has("value_float")) return knownScalar(attributes.number("value_float", 0), "float32");
  if (attributes.has("value_int")) return knownScalar(attributes.number("value_int", 0), "int64");
  const floats = attributes.numbers("value_floats");
  if (floats) return { elem: "float32", shape: [floats.length], data: Float32Array.from(floats) };
  const ints = attributes.numbers("value_ints");
  return ints ? knownInts(ints) : null;
}
