/** One line of the bench's table: what was measured, on both sides, and what was aimed at. */
export type Unit = "s" | "ms" | "µs" | "/s" | "MB" | "loss" | "%" | "max Δ";

export interface Row {
  section: string;
  what: string;
  ours: number;
  unit: Unit;
  /** In the same unit; a sentence where there is no figure; absent where nothing is compared. */
  peer?: number | string;
  /** Of `ours ÷ peer`, or of our figure itself. */
  target?: { of: "ratio" | "ours"; atMost?: number; atLeast?: number };
  /** How it was measured, or what to know beside it. */
  note?: string;
}

/** `ours ÷ peer`; below 1 we take less where a time is measured, above 1 we do more where a rate is. */
export const ratioOf = (row: Row): number | undefined => (typeof row.peer === "number" ? row.ours / row.peer : undefined);

/** Undefined where there is no target, or nothing to hold against it. */
export function isMet(row: Row): boolean | undefined {
  if (!row.target) return undefined;
  const figure = row.target.of === "ours" ? row.ours : ratioOf(row);
  if (figure === undefined) return undefined;
  return figure <= (row.target.atMost ?? Infinity) && figure >= (row.target.atLeast ?? -Infinity);
}

export function targetText({ target, unit }: Row): string {
  if (!target) return "";
  const suffix = target.of === "ratio" ? "×" : ` ${unit}`;
  const bounds = [
    ...(target.atLeast === undefined ? [] : [`≥ ${target.atLeast}${suffix}`]),
    ...(target.atMost === undefined ? [] : [`≤ ${target.atMost}${suffix}`]),
  ];
  return bounds.join(", ");
}

/** Three significant digits, with the unit. */
export function figure(value: number, unit: Unit): string {
  if (unit === "loss") return value.toPrecision(4);
  if (unit === "max Δ") return value.toExponential(1);
  const digits = Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
  return unit === "%" ? `${digits} %` : unit === "/s" ? `${digits}/s` : `${digits} ${unit}`;
}
