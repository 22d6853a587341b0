/** What a node throws, as what a person sees. */
import { GraphError, type Diagnostic } from "@patchbay/graph-core";
import { NodeFailure } from "../node-api/host.ts";

/** What a person can act on becomes a diagnostic on the node; anything else is a mistake in a node or a backend. */
export function asGraphError(error: unknown, node: string, signal: AbortSignal | undefined): unknown {
  if (error instanceof GraphError || (signal?.aborted && error === signal.reason)) return error;
  if (error instanceof Error && error.name === "AbortError") return error;
  const diagnostic: Diagnostic =
    error instanceof NodeFailure
      ? { code: error.code, severity: "error", message: error.message, node, ...(error.param ? { param: error.param } : {}) }
      : { code: "node-crashed", severity: "error", message: `This node failed in a way that it should not have: ${error instanceof Error ? error.message : String(error)}`, node };
  const wrapped = new GraphError([diagnostic]);
  wrapped.cause = error;
  return wrapped;
}
