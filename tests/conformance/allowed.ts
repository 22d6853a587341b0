/** What each backend is known not to do, case by case with the reason; a case that starts to pass must leave the list. */
import type { BackendId } from "../../packages/runtime/src/backends/backend.ts";

export interface Allowed {
  /** Names of cases, in full. */
  readonly cases: readonly string[];
  /** A full sentence, which docs/backends.md repeats. */
  readonly reason: string;
}

/** Where a backend runs: the same engine may differ between browsers and Node. */
export type Place = "browser" | "node";

export const ALLOWED: { readonly [P in Place]: { readonly [Id in BackendId]?: readonly Allowed[] } } = {
  browser: {},
  node: {},
};
