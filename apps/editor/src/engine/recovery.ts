/** Where a run goes on when its engine was lost: once more where it was, then on the next engine, always from the last state. */
import type { Diagnostic } from "@patchbay/graph-core";
import type { BackendId, OptimiserState } from "@patchbay/runtime";
import { backendTitle } from "./backend-titles.ts";

/** After the last of these nothing is left to try: the reference engine would take hours. */
const ORDER: readonly BackendId[] = ["onnx-webgpu", "onnx-wasm"];

export interface Lost {
  /** The backends on which the engine was lost in this run, in order. */
  readonly lostOn: readonly BackendId[];
  /** A sentence, with or without its end. */
  readonly reason: string;
  /** Whether the same engine may be tried once more. */
  readonly again: boolean;
  readonly checkpoints: { readonly [node: string]: OptimiserState };
}

/** What of a request is replaced. */
export interface Attempt {
  readonly backend?: BackendId;
  readonly resume?: { readonly [node: string]: OptimiserState };
}

export function nextAttempt({ lostOn, reason, again, checkpoints }: Lost): { attempt: Attempt; text: string } | { diagnostic: Diagnostic } {
  const why = reason.replace(/[.\s]+$/, "");
  const last = lostOn.at(-1);
  const resume = Object.keys(checkpoints).length ? { resume: checkpoints } : {};
  const steps = Object.values(checkpoints).map((state) => state.step);
  const from = steps.length ? ` from step ${Math.max(...steps)}` : "";
  if (last === undefined) return { diagnostic: failed(`${why} before anything was computed. Run again, or choose another backend.`) };
  const times = lostOn.filter((id) => id === last).length;
  if (times === 1 && again) return { attempt: { backend: last, ...resume }, text: `${why}. The run goes on${from} with ${backendTitle(last)}, started anew.` };
  const next = ORDER.find((id, place) => !lostOn.includes(id) && place > ORDER.indexOf(last));
  if (next) return { attempt: { backend: next, ...resume }, text: `${why}${times > 1 ? " a second time" : ""}. The run goes on${from} with ${backendTitle(next)}.` };
  return { diagnostic: failed(`${why}, and no other engine could take over. ${steps.length ? `What was reached at step ${Math.max(...steps)} is kept: press Run to try again, or choose another backend.` : "Run again, make the pictures smaller, or choose another backend."}`) };
}

const failed = (message: string): Diagnostic => ({ code: "engine-lost", severity: "error", message });
