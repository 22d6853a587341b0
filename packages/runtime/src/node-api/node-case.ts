/** One worked example of a node with numbers from an independent computation; one suite runs over all of them. */
import type { Json } from "@patchbay/graph-core";
import type { RuntimeValue } from "./values.ts";

export interface NodeCase {
  /** What it shows, as a test name. */
  name: string;
  params?: { readonly [name: string]: Json };
  inputs?: { readonly [port: string]: RuntimeValue };
  inputLists?: { readonly [port: string]: readonly RuntimeValue[] };
  /** By output port: the whole value, or a check that throws where a value is too large to write down. */
  expected: { readonly [port: string]: RuntimeValue | ((value: RuntimeValue) => void) };
  /** Where the expected numbers come from: "by hand", "NumPy 1.24", "PyTorch 1.13 …". */
  from: string;
  /** Largest absolute difference, relative to the largest expected magnitude; default 1e-5. */
  tolerance?: number;
  /** Input ports with respect to which the gradient of the summed outputs is checked by central differences. */
  differentiable?: readonly string[];
}
