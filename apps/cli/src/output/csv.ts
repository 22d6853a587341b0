/** Tables and curves as CSV (RFC 4180), for spreadsheets. */
import type { SeriesValue, TableValue } from "@patchbay/runtime/node-api";

type Cell = string | number | boolean | null;

export function tableCsv(table: TableValue): string {
  return lines([table.columns, ...table.rows]);
}

/** One row a point: x, then every curve. */
export function seriesCsv({ x, curves }: SeriesValue): string {
  const header = [x.name, ...curves.map((c) => c.name)];
  return lines([header, ...x.values.map((at, i) => [at, ...curves.map((c) => c.values[i] ?? null)])]);
}

const lines = (rows: readonly (readonly Cell[])[]): string => rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  // A text that begins like a formula would be run by a spreadsheet.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
