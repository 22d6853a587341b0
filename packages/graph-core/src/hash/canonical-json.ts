/** One text for one value, whatever order its keys came in: what hashes are taken of. */
import type { Json } from "../document/document.ts";

/** JSON without spaces and with sorted keys; keys whose value is `undefined` are left out. Throws on numbers JSON cannot hold. */
export function canonicalJson(value: Json | undefined): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`The number ${value} has no JSON text.`);
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(",")}]`;
  const object = value as { readonly [key: string]: Json | undefined };
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`)
    .join(",")}}`;
}
