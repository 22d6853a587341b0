/** What an optimiser or a trainer has so far, for itself and for the viewers that it feeds directly. */
import type { EditorState } from "../../model/editor-state.ts";
import type { NodeRun } from "../../model/run-state.ts";
import { optimiserBefore } from "../graph/walk.ts";

export interface Live {
  readonly run: NodeRun;
  /** All of it, or just the picture or curves: what the wire carries. */
  readonly part: "all" | "picture" | "curves" | "validation";
}

/** Null unless it is at work and has something that this node would show. */
export function selectLive(flatId: string, isOptimiser: boolean): (state: EditorState) => Live | null {
  let last: Live | null = null;
  let source: { optimiser: string; port: string } | null = null;
  let flat: unknown = null;
  return (state) => {
    if (state.inference.flat !== flat) {
      flat = state.inference.flat;
      source = isOptimiser ? { optimiser: flatId, port: "" } : optimiserBefore(state.inference.flat, flatId);
    }
    const run = source && state.run.nodes.get(source.optimiser);
    // Where its engine was lost it waits, or has failed for the moment, until another goes on: its picture stays meanwhile.
    const goesOn = run?.phase === "running" || ((run?.progress?.preview ?? run?.progress?.curves) !== undefined && state.run.phase !== "idle");
    if (!source || !run?.progress || !goesOn) return (last = null);
    const part = isOptimiser ? "all" : source.port === "losses" ? "curves" : source.port === "validation" ? "validation" : "picture";
    if ((part === "picture" && !run.progress.preview) || (part === "curves" && !run.progress.curves) || (part === "validation" && !run.progress.validation)) return (last = null);
    if (last && last.part === part && (part === "picture" ? last.run.progress?.preview === run.progress.preview : last.run === run)) return last;
    return (last = { run, part });
  };
}
