/** Reads recordings and annotations from CSV: rows over time, columns chosen by name or number. */
import { NodeFailure } from "@patchbay/runtime/node-api";
import { listed } from "../port-types.ts";

/** 64 million cells: a day of two leads at 360 samples a second. */
const MOST_CELLS = 2 ** 26;
/** Text is decoded as a whole. */
const MOST_BYTES = 2 ** 28;

export interface Csv {
  /** Names from the first line, or numbers from 1 where it holds numbers already. */
  readonly columns: readonly string[];
  readonly named: boolean;
  readonly rows: readonly (readonly string[])[];
  /** Decimal commas, where semicolons or tabs separate. */
  readonly commas: boolean;
}

const malformed = (message: string): NodeFailure => new NodeFailure("file-malformed", message, { param: "file" });

/** Separated by commas, semicolons, tabs or bars. Throws NodeFailure `file-empty`, `file-malformed` or `too-large`. */
export async function readCsv(bytes: Uint8Array, what: string): Promise<Csv> {
  if (bytes.subarray(0, 4096).includes(0)) throw malformed(`${what} is no text: a CSV file in UTF-8 is needed.`);
  if (bytes.length > MOST_BYTES) throw new NodeFailure("too-large", `${what} is ${Math.round(bytes.length / 2 ** 20)} MiB of text; at most ${MOST_BYTES / 2 ** 20} are read. Take a part of it.`, { param: "file" });
  const { default: papa } = await import("papaparse");
  const rows: string[][] = [];
  let cells = 0;
  let delimiter = ",";
  papa.parse<string[]>(new TextDecoder().decode(bytes), {
    skipEmptyLines: "greedy",
    // One row at a time: the table is never held twice.
    step({ data, meta }, parser) {
      ({ delimiter } = meta);
      cells += data.length;
      if (cells > MOST_CELLS) parser.abort();
      else rows.push(data);
    },
  });
  if (cells > MOST_CELLS) throw new NodeFailure("too-large", `${what} holds more than ${Math.round(MOST_CELLS / 1e6)} million cells: take a part of it.`, { param: "file" });
  const commas = rows.length > 0 && delimiter !== "," && rows.slice(0, 20).some((row) => row.some((cell) => /^\s*[-+]?\d+,\d+\s*$/.test(cell)));
  const csv = { rows, commas };
  const [first, second] = rows;
  if (!first) throw new NodeFailure("file-empty", `${what} holds no rows.`, { param: "file" });
  // Names: words above numbers.
  const named = first.some((cell, c) => cell.trim() !== "" && Number.isNaN(numberIn(csv, cell)) && (second ? !Number.isNaN(numberIn(csv, second[c] ?? "")) : true));
  if (named && !second) throw new NodeFailure("file-empty", `${what} holds no rows but its headings.`, { param: "file" });
  const columns = first.map((cell, c) => (named && cell.trim() !== "" ? cell.trim() : String(c + 1)));
  const body = named ? rows.slice(1) : rows;
  const bad = body.findIndex((row) => row.length !== first.length);
  if (bad >= 0) throw malformed(`Row ${bad + 1} of ${what} holds ${body[bad]!.length} cells, and the first row ${first.length}.`);
  return { columns, named, rows: body, commas };
}

/** NaN where the cell is no number. */
export function numberIn({ commas }: Pick<Csv, "commas">, cell: string): number {
  const text = cell.trim();
  return text === "" ? NaN : Number(commas ? text.replace(",", ".") : text);
}

/**
 * Indices of the columns that a text names, by name or by number from 1, with commas between them; all but `without` where it is empty.
 * Returns the mistake as a sentence.
 */
export function chosenColumns(columns: readonly string[], text: string, without: number | null = null): readonly number[] | string {
  const wanted = text.split(",").map((w) => w.trim()).filter((w) => w !== "");
  if (wanted.length === 0) {
    const all = columns.flatMap((_, i) => (i === without ? [] : [i]));
    return all.length ? all : "The file has no column beside the one with labels.";
  }
  const found = wanted.map((w) => columnAt(columns, w));
  const missing = wanted.filter((_, i) => found[i] === null);
  if (missing.length) return `There is no column ${listed(missing.map((m) => `“${m}”`))}; the file has ${listed(columns.slice(0, 12).map((c) => `“${c}”`))}${columns.length > 12 ? ` and ${columns.length - 12} more` : ""}.`;
  return found as number[];
}

/** By name, as written or else in whatever case, or by number from 1. */
export function columnAt(columns: readonly string[], wanted: string): number | null {
  for (const at of [columns.indexOf(wanted), columns.findIndex((c) => c.toLowerCase() === wanted.toLowerCase())]) if (at >= 0) return at;
  return /^\d+$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= columns.length ? Number(wanted) - 1 : null;
}

/** `[rows, columns]` of numbers, row after row. Throws NodeFailure `file-malformed` with the first cell that is none. */
export function numbersOf(csv: Csv, columns: readonly number[], what: string): Float32Array {
  const out = new Float32Array(csv.rows.length * columns.length);
  let p = 0;
  for (const [r, row] of csv.rows.entries())
    for (const c of columns) {
      const value = numberIn(csv, row[c]!);
      if (!Number.isFinite(value)) throw malformed(`Row ${r + 1} of ${what} holds ${row[c]!.trim() === "" ? "nothing" : `“${row[c]!.trim().slice(0, 40)}”`} in the column “${csv.columns[c]}”, where a number is needed. Leave the column out with “Columns”, or mend the file.`);
      out[p++] = value;
    }
  return out;
}

/** Where a column of labels begins to say something else: the sample and what it says. Empty cells say nothing. */
export function labelsOf({ rows }: Csv, column: number): (readonly [sample: number, label: string])[] {
  const found: [number, string][] = [];
  let last = "";
  for (const [sample, row] of rows.entries()) {
    const label = row[column]!.trim();
    if (label !== "" && label !== last) found.push([sample, label]);
    last = label;
  }
  return found;
}
