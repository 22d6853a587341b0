/** How a node, its ports and its state are said aloud. */
import type { Diagnostic, PortType } from "@patchbay/graph-core";
import type { NodeRun } from "../../model/run-state.ts";
import { typeText } from "../flow/flow-wires.ts";
import type { DrawnPort } from "../flow/drawn-ports.ts";

const PHASES = { queued: "queued", running: "running", done: "done", cached: "cached", failed: "failed" } as const;

export function nodeName({ title, id, run, problems, muted, selected, collapsed }: { title: string; id: string; run: NodeRun | undefined; problems: readonly Diagnostic[]; muted: boolean; selected: boolean; collapsed: boolean }): string {
  const errors = problems.filter((d) => d.severity === "error").length;
  const parts = [title, id];
  if (run) parts.push(run.phase === "running" && run.progress ? `running, step ${run.progress.step} of ${run.progress.of}` : PHASES[run.phase]);
  if (errors) parts.push(errors === 1 ? "one problem" : `${errors} problems`);
  if (muted) parts.push("muted");
  if (collapsed) parts.push("collapsed");
  if (selected) parts.push("selected");
  return parts.join(", ");
}

/** “Input image of Encoder, float32 [1,150,150,3], connected”. */
export function portName(side: "input" | "output", port: DrawnPort, nodeTitle: string, type: PortType | undefined, wires: number): string {
  const what = type ? typeText(type) : null;
  const state = wires > 1 ? `${wires} wires` : wires === 1 ? "connected" : side === "input" && !port.optional ? "not connected, needed" : "not connected";
  return [`${side === "input" ? "Input" : "Output"} ${port.title} of ${nodeTitle}`, what, state].filter((part) => part !== null).join(", ");
}

/** Whole milliseconds below a second, then seconds with one digit. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return "<1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}
