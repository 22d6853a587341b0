/** `window.patchbay`: what scripts beside the page may read of the editor — tests, browser extensions, a person at the console. It changes nothing. */
import type { GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import type { ValueSummary } from "../model/run-state.ts";

export interface PageHandle {
  /** The graph as it is now. */
  document(): GraphDocument;
  state(): PageState;
  /** What the last run gave at `node.port`, in short; null where nothing is known. */
  value(key: string): ValueSummary | null;
}

/** Plain data, so that it can cross to another process. */
export interface PageState {
  /** Counts edits and what of them is stored; equal when nothing can be lost. */
  readonly revision: number;
  readonly savedRevision: number;
  /** Of the run. */
  readonly phase: "idle" | "running" | "stopping";
  readonly live: boolean;
  /** Runs that were started on this page. */
  readonly runs: number;
  readonly backend: string | null;
  /** Sentences of what the last run reported as errors. */
  readonly problems: readonly string[];
  /** Sentences that nodes warned with when they last ran. */
  readonly notices: readonly string[];
  /** Steps that can be undone and redone. */
  readonly past: number;
  readonly future: number;
  readonly selected: readonly string[];
  readonly scope: readonly string[];
}

declare global {
  interface Window {
    patchbay?: PageHandle;
  }
}

/** Returns how to take it away. */
export function offerPageHandle({ editor, workspace }: Pick<EditorParts, "editor" | "workspace">): () => void {
  let runs = 0;
  const end = editor.store.subscribe((now, before) => {
    if (now.run.phase === "running" && before.run.phase !== "running") runs++;
  });
  window.patchbay = {
    document: () => editor.store.getState().history.document,
    state() {
      const { history, run, selection, scope } = editor.store.getState();
      const { revision, savedRevision } = workspace?.saveState() ?? { revision: 0, savedRevision: 0 };
      return {
        revision, savedRevision, runs, phase: run.phase, live: run.live, backend: run.used?.id ?? null,
        problems: run.problems.filter((d) => d.severity === "error").map((d) => d.message),
        notices: run.notices.map((d) => d.message),
        past: history.past.length, future: history.future.length, selected: [...selection.nodes], scope,
      };
    },
    value: (key) => editor.store.getState().run.values.get(key)?.summary ?? null,
  };
  return () => {
    end();
    delete window.patchbay;
  };
}
