/** Mistakes that depend on which nodes are wired to which, not on parameters or types. */
import type { Diagnostic } from "../diagnostics.ts";
import { disconnectFix } from "../flat/cycle-diagnostics.ts";
import type { FlatGraph } from "../flat/flat-graph.ts";
import { nearest } from "../text/nearest.ts";
import { checkVariables, type VariableCheck } from "./check-variables.ts";

export function checkStructure(flat: FlatGraph): VariableCheck {
  const { diagnostics, optimised } = checkVariables(flat);
  return { diagnostics: [...unknownOutputs(flat), ...unknownInterface(flat), ...diagnostics], optimised };
}

function unknownOutputs(flat: FlatGraph): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const wire of flat.wires) {
    const source = flat.byId.get(wire.fromNode)!.declaration;
    if (!source || source.outputs.some((port) => port.name === wire.fromPort)) continue;
    const guess = nearest(
      wire.fromPort,
      source.outputs.map((port) => port.name),
    );
    const message = `${source.title} has no output “${wire.fromPort}”${guess ? `; did you mean “${guess}”?` : "."}`;
    const fix = disconnectFix(wire.drawn);
    diagnostics.push({ code: "unknown-port", severity: "error", message, node: wire.fromNode, port: wire.fromPort, wire: wire.drawn, ...(fix ? { fix } : {}) });
  }
  return diagnostics;
}

/** Interface entries whose node is known and lacks what they name. */
function unknownInterface(flat: FlatGraph): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (what: string, place: { node: string; port?: string; param?: string }): void => {
    diagnostics.push({ code: "broken-interface", severity: "error", message: what, ...place });
  };
  for (const { name, node, param, port } of flat.inputs) {
    const declaration = flat.byId.get(node)?.declaration;
    if (!declaration) continue;
    if (param !== undefined && !declaration.params.some((p) => p.name === param)) report(`The input “${name}” sets a parameter “${param}” that ${declaration.title} does not have.`, { node, param });
    if (port !== undefined && !declaration.inputs.some((p) => p.name === port)) report(`The input “${name}” feeds a port “${port}” that ${declaration.title} does not have.`, { node, port });
  }
  for (const { name, node, port } of flat.outputs) {
    const declaration = flat.byId.get(node)?.declaration;
    if (declaration && !declaration.outputs.some((p) => p.name === port)) report(`The output “${name}” reads a port “${port}” that ${declaration.title} does not have.`, { node, port });
  }
  return diagnostics;
}
