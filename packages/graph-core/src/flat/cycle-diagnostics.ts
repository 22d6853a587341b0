/** Puts cycles into words, with the wire whose removal opens each. */
import type { Diagnostic } from "../diagnostics.ts";
import type { FlatWire } from "./flat-graph.ts";

const MOST_NAMED = 8;

export function cycleDiagnostic(cycle: readonly string[], incoming: ReadonlyMap<string, readonly FlatWire[]>): Diagnostic {
  const first = cycle[0]!;
  const closing = incoming.get(first)?.find((wire) => wire.fromNode === cycle.at(-1));
  const named = cycle.length > MOST_NAMED ? [...cycle.slice(0, MOST_NAMED - 1), `… (${cycle.length - MOST_NAMED + 1} more)`] : cycle;
  const path = [...named, first].join(" → ");
  const message =
    cycle.length === 1
      ? `“${first}” feeds itself. A graph has no circles: remove the wire.`
      : `These nodes feed each other in a circle: ${path}. A graph has no circles: remove one of the wires between them.`;
  const diagnostic: Diagnostic = { code: "cycle", severity: "error", message, node: first };
  if (closing) {
    diagnostic.port = closing.toPort;
    diagnostic.wire = closing.drawn;
    diagnostic.fix = disconnectFix(closing.drawn);
  }
  return diagnostic;
}

/** Removes a wire given as it is drawn; its path prefix says in which subgraph. */
export function disconnectFix(drawn: string): Diagnostic["fix"] {
  const [from = "", to = ""] = drawn.split(" -> ");
  const scope = from.split("/").slice(0, -1);
  const inner = { from: from.slice(from.lastIndexOf("/") + 1), to: to.slice(to.lastIndexOf("/") + 1) };
  return { title: `Remove the wire from ${inner.from} to ${inner.to}`, changes: [{ kind: "disconnect", wire: inner, ...(scope.length ? { scope } : {}) }] };
}
