/** Reads single fields of a file's objects, reporting those that are not what they should be. */
import type { Json, Position } from "../document/document.ts";
import { pointerTo, quote, type Report } from "./report.ts";

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a field was found, and how a diagnostic about it is placed. */
export interface Place {
  pointer: string;
  node?: string;
}

export interface FieldReader {
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  list(key: string): readonly Json[];
  position(key: string): Position;
  /** Reports every key that none of the other methods was asked for and that is not in `also`. */
  rest(also: readonly string[]): void;
}

export function fieldsOf(object: JsonObject, place: Place, report: Report): FieldReader {
  const asked = new Set<string>();
  const get = (key: string): Json | undefined => {
    asked.add(key);
    return Object.hasOwn(object, key) ? object[key] : undefined;
  };
  const wrong = (key: string, wanted: string, value: Json): undefined =>
    void report.error("wrong-field", `“${key}” must be ${wanted}, not ${quote(value)}.`, { ...place, pointer: pointerTo(place.pointer, key) });
  return {
    text(key) {
      const value = get(key);
      return value === undefined || typeof value === "string" ? value : wrong(key, "text", value);
    },
    flag(key) {
      const value = get(key);
      return value === undefined || typeof value === "boolean" ? value : wrong(key, "true or false", value);
    },
    list(key) {
      const value = get(key);
      if (value === undefined) return [];
      return Array.isArray(value) ? value : (wrong(key, "a list", value) ?? []);
    },
    position(key) {
      const value = get(key);
      if (value === undefined) return { x: 0, y: 0 };
      if (isObject(value) && typeof value.x === "number" && typeof value.y === "number") return { x: value.x, y: value.y };
      return wrong(key, "a position { x, y } of two numbers", value) ?? { x: 0, y: 0 };
    },
    rest(also) {
      for (const key of Object.keys(object))
        if (!asked.has(key) && !also.includes(key))
          report.warning("unknown-field", `“${key.slice(0, 40)}” means nothing here and is left out.`, { ...place, pointer: pointerTo(place.pointer, key) });
    },
  };
}
