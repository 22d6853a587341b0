/** Lists of numbers as text: commas between numbers, one line a row, or JSON where lists nest deeper; tables may be pasted. */
import type { Json } from "@patchbay/graph-core";
import { readNumber } from "./number-entry.ts";

export type ListEntry = { readonly ok: true; readonly value: readonly Json[] } | { readonly ok: false; readonly message: string };

/** Several lines make rows, except a single column, which is one list. */
export function readNumberList(text: string): ListEntry {
  const trimmed = text.trim();
  if (trimmed === "") return { ok: true, value: [] };
  if (trimmed.startsWith("[")) return readJson(trimmed);
  const rows = trimmed.split(/\r?\n/).filter((line) => line.trim() !== "").map((line) => fieldsOf(line));
  const numbers: number[][] = [];
  for (const [at, row] of rows.entries()) {
    const line: number[] = [];
    for (const field of row) {
      const entry = readNumber(field);
      if (!entry.ok) return { ok: false, message: rows.length > 1 ? `Line ${at + 1}: ${entry.message}` : entry.message };
      line.push(entry.value);
    }
    numbers.push(line);
  }
  if (numbers.length === 1) return { ok: true, value: numbers[0]! };
  if (numbers.every((row) => row.length === 1)) return { ok: true, value: numbers.flat() };
  const odd = numbers.findIndex((row) => row.length !== numbers[0]!.length);
  if (odd > 0) return { ok: false, message: `Line ${odd + 1} has ${numbers[odd]!.length} numbers and line 1 has ${numbers[0]!.length}; all lines need as many.` };
  return { ok: true, value: numbers };
}

/** Tabs, semicolons or commas, whichever comes first in that order; else spaces. */
function fieldsOf(line: string): string[] {
  const mark = ["\t", ";", ","].find((m) => line.includes(m));
  const fields = (mark ? line.split(mark) : line.trim().split(/\s+/)).map((f) => f.trim());
  if (mark && fields.at(-1) === "") fields.pop();
  return fields;
}

function readJson(text: string): ListEntry {
  try {
    const value = JSON.parse(text) as Json;
    const work: Json[] = [value];
    while (work.length) {
      const item = work.pop()!;
      if (Array.isArray(item)) work.push(...(item as Json[]));
      else if (typeof item !== "number") return { ok: false, message: "Only numbers and lists of numbers can stand in the brackets." };
    }
    return { ok: true, value: value as readonly Json[] };
  } catch {
    return { ok: false, message: "The brackets do not close, or something else than numbers stands between them: write [[1, 2], [3, 4]]." };
  }
}

/** The shortest text that reads back as the same list. */
export function formatNumberList(value: readonly Json[]): string {
  const text = value.some((item) => Array.isArray(item)) ? value.map((row) => (Array.isArray(row) ? row.join(", ") : "")).join("\n") : value.join(", ");
  const back = readNumberList(text);
  return back.ok && JSON.stringify(back.value) === JSON.stringify(value) ? text : JSON.stringify(value);
}

/** `3`, `2 × 3`; null where rows differ in length. */
export function listShape(value: readonly Json[]): readonly number[] | null {
  const shape: number[] = [];
  let level: readonly Json[] = value;
  for (;;) {
    shape.push(level.length);
    const [first] = level;
    if (!Array.isArray(first)) return shape;
    if (!level.every((item) => Array.isArray(item) && item.length === first.length)) return null;
    level = first as readonly Json[];
  }
}
