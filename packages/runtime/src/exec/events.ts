/** What a run reports while it goes on. Plain data: a worker can post it. */
import type { Diagnostic } from "@patchbay/graph-core";
import type { NodeProgress } from "../node-api/node.ts";

export type RunEvent =
  | { type: "backend"; id: string; device: string; tried: readonly { id: string; reason: string }[] }
  | { type: "node"; node: string; state: "queued" | "running" | "done" | "cached" | "failed"; /** Since it started running. */ milliseconds?: number }
  /** What a node warns of while it runs: on this node, though the run goes on. */
  | { type: "notice"; diagnostic: Diagnostic }
  | ({ type: "progress"; node: string; /** Median of recent steps. */ secondsPerStep?: number; secondsLeft?: number } & NodeProgress);
