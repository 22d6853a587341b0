/** `patchbay nodes`: the library of node types, from their own declarations. */
import { Command } from "commander";
import type { NodeDeclaration } from "@patchbay/graph-core";
import { EXIT } from "../exit.ts";
import type { Surroundings } from "../program.ts";
import { columns } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";

export const nodesCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("nodes")
    .description("list the node types with their ports and parameters")
    .option("--json", "print one JSON object { nodes } with every port and parameter")
    .action(async (flags: { json?: boolean }) => {
      terminal.json = Boolean(flags.json);
      const { declarations } = await (await import("../graph/registry.ts")).loadRegistry();
      if (flags.json) terminal.print(JSON.stringify({ nodes: declarations.map(nodeJson) }));
      else printNodes(declarations, terminal);
      exitWith(EXIT.ok);
    });

/** The declaration without its functions. */
function nodeJson({ type, version, title, group, doc, formula, source, synonyms, role, inputs, outputs, params }: NodeDeclaration): object {
  return { type, version, title, group, doc, formula, source, synonyms, role, inputs, outputs, params };
}

function printNodes(declarations: readonly NodeDeclaration[], terminal: Terminal): void {
  const groups = new Map<string, NodeDeclaration[]>();
  for (const node of declarations) groups.set(node.group, [...(groups.get(node.group) ?? []), node]);
  const names = (things: readonly { name: string }[]) => things.map((t) => t.name).join(", ") || "–";
  const { style } = terminal;
  for (const [group, nodes] of groups) {
    terminal.print(style.bold(group));
    const lines = columns(nodes.map((n) => [`  ${n.type}`, `${names(n.inputs)} → ${names(n.outputs)}`, n.params.length ? `(${names(n.params)})` : ""]));
    for (const line of lines) terminal.print(line);
  }
}
