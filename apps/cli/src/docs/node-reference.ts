/** Writes the node reference out of the declarations: nothing about a node is written twice. */
import { writeFile } from "node:fs/promises";
import { formatType, type InputPort, type NodeRegistry, type ParamSpec, type PortType } from "@patchbay/graph-core";

const types = (port: InputPort): string => (Array.isArray(port.type) ? (port.type as readonly PortType[]) : [port.type as PortType]).map((t) => `\`${formatType(t)}\``).join(" or ");
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (...cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`;

function range(p: ParamSpec): string {
  if (p.kind === "choice") return p.choices.map((c) => `\`${c.value}\`${c.help ? ` (${c.help.replace(/\.$/, "")})` : ""}`).join(", ");
  if (p.kind === "number") return [p.integer ? "whole number" : "number", p.min === undefined && p.max === undefined ? "" : `${p.min ?? "−∞"} … ${p.max ?? "∞"}`, p.unit ?? ""].filter(Boolean).join(", ");
  if (p.kind === "file") return `file (${p.accept})`;
  return { boolean: "true or false", text: "text", layers: "layer names", numbers: "numbers" }[p.kind];
}

const when = (p: ParamSpec): string => (p.visibleWhen ? ` Only when \`${p.visibleWhen.param}\` is ${p.visibleWhen.equals.map((v) => `\`${String(v)}\``).join(" or ")}.` : "");

/** The whole reference as Markdown. */
export function nodeReference(registry: NodeRegistry): string {
  const groups = [...new Set(registry.declarations.map((d) => d.group))];
  const lines = ["# Node reference", "", "Generated from the declarations by `npm run docs:nodes`; edit the nodes, not this page.", ""];
  for (const group of groups) lines.push(`- **${group}**: ${registry.declarations.filter((d) => d.group === group).map((d) => `[${d.title}](#${d.type.toLowerCase()})`).join(", ")}`);
  for (const group of groups) {
    lines.push("", `## ${group}`);
    for (const d of registry.declarations.filter((x) => x.group === group)) {
      lines.push("", `### ${d.type}`, "", `**${d.title}** (version ${d.version}). ${d.doc}`);
      if (d.formula) lines.push("", "$$", d.formula, "$$");
      if (d.source) lines.push("", `Source: ${d.source}.`);
      if (d.inputs.length)
        lines.push("", "| input | type | |", "| --- | --- | --- |", ...d.inputs.map((p) => row(`\`${p.name}\``, types(p), `${p.doc}${p.optional ? " Optional." : ""}${p.multiple ? " Any number of wires." : ""}`)));
      if (d.outputs.length) lines.push("", "| output | type | |", "| --- | --- | --- |", ...d.outputs.map((p) => row(`\`${p.name}\``, `\`${formatType(p.type)}\``, p.doc)));
      if (d.params.length) lines.push("", "| parameter | default | values | |", "| --- | --- | --- | --- |", ...d.params.map((p) => row(`\`${p.name}\``, `\`${JSON.stringify(p.default)}\``, range(p), p.help + when(p))));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** `npm run docs:nodes` */
export async function writeNodeReference(path: string): Promise<void> {
  const { nodes } = await import("@patchbay/nodes");
  await writeFile(path, nodeReference(nodes));
}
