/** Which parameters have room on the node itself. */
import type { Json, ParamSpec } from "@patchbay/graph-core";

/** Rows on a node. */
export const INLINE_ROWS = 4;

/** A parameter that the document sets to something else than its default. */
export function isChanged(spec: ParamSpec, params: { readonly [name: string]: Json }): boolean {
  return Object.hasOwn(params, spec.name) && !sameJson(params[spec.name]!, spec.default as Json);
}

/** Files first, then choices and what was changed, then the rest; shown in their declared order. */
export function chooseInline(visible: readonly ParamSpec[], params: { readonly [name: string]: Json }, rows = INLINE_ROWS): { readonly shown: readonly ParamSpec[]; readonly more: number } {
  const rank = (spec: ParamSpec): number => (spec.kind === "file" ? 0 : spec.kind === "choice" || isChanged(spec, params) ? 1 : 2);
  const best = new Set([...visible].sort((a, b) => rank(a) - rank(b)).slice(0, rows));
  const shown = visible.filter((spec) => best.has(spec));
  return { shown, more: visible.length - shown.length };
}

/** Equal as values; objects by their text, which is enough for what parameters hold. */
export const sameJson = (a: Json, b: Json): boolean => a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
