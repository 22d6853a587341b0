/** Prints rows as an aligned table that is also Markdown. */
import { figure, isMet, ratioOf, targetText, type Row } from "./row.ts";

const HEAD = ["section", "what", "ours", "peer", "ratio", "target", "met?"] as const;

function cells(row: Row): readonly string[] {
  const ratio = ratioOf(row);
  const met = isMet(row);
  return [
    row.section,
    row.what,
    figure(row.ours, row.unit),
    typeof row.peer === "number" ? figure(row.peer, row.unit) : (row.peer ?? "–"),
    ratio === undefined ? "–" : `${ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3)}×`,
    targetText(row) || "–",
    met === undefined ? "–" : met ? "yes" : "no",
  ];
}

/** The table, then the rows' notes. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const line = (texts: readonly string[]) => `| ${texts.map((text, i) => text.padEnd(widths[i]!)).join(" | ")} |`;
  const [head, ...body] = lines.map(line);
  const notes = rows.filter((row) => row.note).map((row) => `- ${row.section}, ${row.what}: ${row.note}`);
  return [head, line(widths.map((width) => "-".repeat(width))), ...body, ...(notes.length ? ["", ...notes] : [])].join("\n");
}
