/** Renders the command line's own description of itself as Markdown, so that docs/cli.md cannot go stale. */
import type { Command } from "commander";

/** One heading a command, with its arguments and options in tables. */
export function optionReference(program: Command): string {
  return leaves(program).map((command) => section(command)).join("\n\n");
}

export function leaves(command: Command): Command[] {
  const inner = command.commands.filter((c) => c.name() !== "help");
  return inner.length ? inner.flatMap(leaves) : [command];
}

export const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name());

function section(command: Command): string {
  const usage = command.registeredArguments.map((a) => (a.required ? `<${a.name()}${a.variadic ? "…" : ""}>` : `[${a.name()}]`)).join(" ");
  const rows = [
    ...command.registeredArguments.map((a) => [`\`<${a.name()}${a.variadic ? "…" : ""}>\``, a.description]),
    ...command.options.map((o) => [`\`${o.flags}\``, o.description]),
  ];
  const table = ["| | |", "| --- | --- |", ...rows.map(([flags, text]) => `| ${flags} | ${text!.replaceAll("|", "\\|")} |`)];
  const summary = command.description();
  return [`### \`${pathOf(command)} ${usage}\``.replace(/ `$/, "`"), "", `${summary[0]!.toUpperCase()}${summary.slice(1)}.`, "", ...table].join("\n");
}
