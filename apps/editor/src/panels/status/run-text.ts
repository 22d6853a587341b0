/** The run in a few words for the status bar: how far it is, or what it took. */
import type { RunState } from "../../model/run-state.ts";
import { durationText } from "../../ui/size-text.ts";

/** Null while nothing goes on. */
export function progressText(run: RunState, titleOf: (flat: string) => string): string | null {
  if (run.phase === "stopping") return "Stopping…";
  if (run.phase !== "running") return null;
  let ready = 0;
  let current: string | null = null;
  for (const [id, { phase, progress }] of run.nodes) {
    if (phase === "done" || phase === "cached") ready++;
    if (phase !== "running") continue;
    const left = progress?.secondsLeft === undefined ? "" : `, ${durationText(progress.secondsLeft * 1000)} left`;
    current = progress ? `${titleOf(id)} ${progress.step} of ${progress.of}${left}` : (current ?? titleOf(id));
  }
  const many = run.nodes.size ? `${ready} of ${run.nodes.size} nodes` : "Starting";
  return current ? `${many} · ${current}` : many;
}

/** “0.84 s, 9 of 10 nodes cached”; null before the first run. */
export function lastRunText(run: RunState): string | null {
  if (run.lastMilliseconds === null) return null;
  let all = 0;
  let cached = 0;
  let failed = 0;
  for (const { phase } of run.nodes.values()) {
    all++;
    if (phase === "cached") cached++;
    if (phase === "failed") failed++;
  }
  const parts = [durationText(run.lastMilliseconds)];
  if (cached) parts.push(`${cached} of ${all} nodes cached`);
  if (failed) parts.push(`${failed} failed`);
  return parts.join(", ");
}
