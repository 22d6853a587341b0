/** What each optimiser would optimise: exactly one variable must lie upstream of its loss. */
import type { Diagnostic } from "../diagnostics.ts";
import type { FlatGraph } from "../flat/flat-graph.ts";

const MOST_NAMED = 3;

export interface VariableCheck {
  diagnostics: readonly Diagnostic[];
  /** By optimiser: the one variable that it optimises. */
  optimised: ReadonlyMap<string, string>;
}

/**
 * Walks the graph once in order, carrying the variables each node depends on. A variable ends at an optimiser: what comes
 * out of it is a result, so optimisers in a row each have their own. The same holds for trainers (check-training.ts).
 */
export function checkVariables(flat: FlatGraph): VariableCheck {
  const diagnostics: Diagnostic[] = [];
  const optimised = new Map<string, string>();
  if (!flat.nodes.some((node) => node.declaration?.role === "optimiser")) return { diagnostics, optimised };
  const upstream = new Map<string, readonly string[]>();
  const of = (id: string): readonly string[] => upstream.get(id) ?? [];
  const knowsAll = new Map<string, boolean>();
  for (const id of flat.order) {
    const node = flat.byId.get(id)!;
    const wires = flat.incoming.get(id) ?? [];
    const role = node.declaration?.role;
    knowsAll.set(id, node.declaration !== undefined && wires.every((wire) => knowsAll.get(wire.fromNode)));
    if (role === "variable") upstream.set(id, [id]);
    else if (role !== "optimiser" && role !== "trainer") upstream.set(id, union(wires.map((wire) => of(wire.fromNode))));
    else if (role === "optimiser") {
      const loss = wires.filter((wire) => wire.toPort === "loss");
      if (loss.length === 0) continue;
      const variables = union(loss.map((wire) => of(wire.fromNode)));
      const [first] = loss;
      const place = { severity: "error" as const, node: id, port: "loss", wire: first!.drawn };
      if (variables.length === 0 && loss.every((wire) => knowsAll.get(wire.fromNode)))
        diagnostics.push({ ...place, code: "no-variable", message: `${node.declaration!.title} has nothing to optimise: no variable, such as a generated image, lies upstream of its loss.` });
      if (variables.length === 1) optimised.set(id, variables[0]!);
      if (variables.length > 1)
        diagnostics.push({ ...place, code: "two-variables", message: `${node.declaration!.title} optimises one variable, and ${listed(variables)} lie upstream of its loss. Keep one of them.` });
    }
  }
  return { diagnostics, optimised };
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  const filled = lists.filter((list) => list.length > 0);
  if (filled.length < 2) return filled[0] ?? [];
  const all = new Set<string>();
  for (const list of filled) for (const id of list) if (all.size < MOST_NAMED) all.add(id);
  return [...all];
}

function listed(ids: readonly string[]): string {
  const quoted = ids.map((id) => `“${id}”`);
  return `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
