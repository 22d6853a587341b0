/** The curve of a term of a loss, of the optimisation that goes on or of the last one. */
import type { SeriesValue } from "@patchbay/runtime";
import type { EditorState } from "../../model/editor-state.ts";
import { optimiserAfter } from "../graph/walk.ts";

export interface Term {
  readonly series: SeriesValue;
  readonly values: readonly number[];
  readonly running: boolean;
}

/** Null where no optimiser uses what the node computes, or has not begun. */
export function selectTerm(flatId: string): (state: EditorState) => Term | null {
  let last: Term | null = null;
  let found: ReturnType<typeof optimiserAfter> = null;
  let flat: unknown = null;
  return (state) => {
    if (state.inference.flat !== flat) {
      flat = state.inference.flat;
      found = optimiserAfter(state.inference.flat, flatId);
    }
    if (!found) return null;
    const run = state.run.nodes.get(found.optimiser);
    const running = run?.phase === "running";
    const kept = state.run.values.get(`${found.optimiser}.losses`)?.value;
    const series = (running ? run.progress?.curves : undefined) ?? (kept?.kind === "series" ? kept : run?.progress?.curves);
    const values = series?.curves.find((c) => c.name === found!.term)?.values;
    if (!series || !values?.length) return (last = null);
    if (last && last.series === series && last.running === running) return last;
    return (last = { series, values, running });
  };
}
