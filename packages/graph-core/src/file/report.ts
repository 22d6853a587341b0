/** Collects the mistakes found while a file is read: all of them, but never an endless list. */
import type { Diagnostic } from "../diagnostics.ts";

const MOST = 200;

export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  #more = 0;

  error(code: string, message: string, place: Omit<Diagnostic, "code" | "severity" | "message"> = {}): void {
    this.add({ code, severity: "error", message, ...place });
  }

  warning(code: string, message: string, place: Omit<Diagnostic, "code" | "severity" | "message"> = {}): void {
    this.add({ code, severity: "warning", message, ...place });
  }

  add(diagnostic: Diagnostic): void {
    if (this.#diagnostics.length < MOST) this.#diagnostics.push(diagnostic);
    else this.#more++;
  }

  /** The list; a last entry says how many more there are. */
  list(): Diagnostic[] {
    if (this.#more === 0) return this.#diagnostics;
    return [...this.#diagnostics, { code: "more-mistakes", severity: "error", message: `The file has ${this.#more} more mistakes like these.` }];
  }
}

/** Joins a JSON pointer. */
export const pointerTo = (base: string, key: string | number): string => `${base}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Somebody's text, short enough to be quoted in a sentence. */
export function quote(value: unknown): string {
  if (typeof value !== "string") return Array.isArray(value) ? "a list" : value !== null && typeof value === "object" ? "an object" : String(value);
  return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;
}
