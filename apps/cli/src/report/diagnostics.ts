/** Diagnostics as a person reads them: grouped by node, with what is wrong, where, and how to mend it. */
import type { Diagnostic, Severity } from "@patchbay/graph-core";
import { visible, type Style } from "./style.ts";

const ORDER: readonly Severity[] = ["error", "warning", "info"];

/** One block of lines for all of them; empty for none. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], style: Style): string {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const group = diagnostic.node ?? "";
    groups.set(group, [...(groups.get(group) ?? []), diagnostic]);
  }
  const worst = (group: readonly Diagnostic[]) => Math.min(...group.map((d) => ORDER.indexOf(d.severity)));
  const sorted = [...groups].sort(([, a], [, b]) => worst(a) - worst(b));
  return sorted
    .map(([node, group]) => {
      const lines = [...group].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)).map((d) => formatOne(d, style));
      return [...(node ? [style.bold(visible(node))] : []), ...lines].join("\n");
    })
    .join("\n");
}

function formatOne(diagnostic: Diagnostic, style: Style): string {
  const paint = { error: style.red, warning: style.yellow, info: style.cyan }[diagnostic.severity];
  const place = placeOf(diagnostic);
  const indent = diagnostic.node ? "  " : "";
  const lines = [`${indent}${paint(diagnostic.severity)} ${place ? `${style.bold(visible(place))}: ` : ""}${visible(diagnostic.message)} ${style.dim(`[${visible(diagnostic.code)}]`)}`];
  if (diagnostic.fix) lines.push(`${indent}  ${style.green("fix:")} ${visible(diagnostic.fix.title)}`);
  return lines.join("\n");
}

/** `node.port`, `node.param`, a wire, or a place in the file. */
function placeOf({ node, port, param, wire, pointer }: Diagnostic): string {
  const name = port ?? param;
  if (node !== undefined) return name === undefined ? "" : `${node}.${name}`;
  return wire ?? (pointer ? `at ${pointer}` : "");
}

/** `2 errors, 1 warning`, or `no problems`. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const words = { error: "error", warning: "warning", info: "remark" };
  const parts = ORDER.map((severity) => [severity, diagnostics.filter((d) => d.severity === severity).length] as const)
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => `${n} ${words[severity]}${n === 1 ? "" : "s"}`);
  return parts.join(", ") || "no problems";
}

/** As in `check --json`: plain, with nothing that only the editor can use. */
export function diagnosticJson({ fix, ...diagnostic }: Diagnostic): object {
  return { ...diagnostic, ...(fix ? { fix: fix.title } : {}) };
}
