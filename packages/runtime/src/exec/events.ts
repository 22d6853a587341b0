/** What a run reports while it goes on. Plain data: a worker can post it. */
import type { NodeProgress } from "../node-api/node.ts";

export type RunEvent =
  | { type: "backend"; id: string; device: string; tried: readonly { id: string; reason: string }[] }
  | { type: "node"; node: string; state: "queued" | "running" | "done" | "cached" | "failed"; /** Since it started running. */ milliseconds?: number }
  | ({ type: "progress"; node: string; /** Median of recent steps. */ secondsPerStep?: number; secondsLeft?: number } & NodeProgress);
