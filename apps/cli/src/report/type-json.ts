/** Types on wires as `check --json` prints them. */
import type { PortType } from "@patchbay/graph-core";

/** Tensors as `{ dtype, shape }`, everything else with its `kind`. */
export function typeJson(type: PortType): object {
  return type.kind === "tensor" ? { dtype: type.dtype, shape: type.shape } : { ...type };
}
