import { expect, test } from "vitest";
import { IDLE, type NodeRun, type RunState } from "../../model/run-state.ts";
import { lastRunText, progressText } from "./run-text.ts";

const run = (change: Partial<RunState>, nodes: { [id: string]: NodeRun } = {}): RunState => ({ ...IDLE, ...change, nodes: new Map(Object.entries(nodes)) });

test("says what was cached and what failed", () => {
  expect(lastRunText(run({}))).toBeNull();
  expect(lastRunText(run({ lastMilliseconds: 840 }, { a: { phase: "cached" }, b: { phase: "done" } }))).toBe("0.84 s, 1 of 2 nodes cached");
  expect(lastRunText(run({ lastMilliseconds: 12 }, { a: { phase: "failed" } }))).toBe("12 ms, 1 failed");
});

test("says which node is at which step, and what is left", () => {
  const nodes: { [id: string]: NodeRun } = { a: { phase: "done" }, b: { phase: "running", progress: { step: 34, of: 200, secondsLeft: 12.34 } }, c: { phase: "queued" } };
  expect(progressText(run({ phase: "running" }, nodes), (id) => id.toUpperCase())).toBe("1 of 3 nodes · B 34 of 200, 12.3 s left");
  expect(progressText(run({ phase: "running" }), String)).toBe("Starting");
  expect(progressText(run({ phase: "idle" }, nodes), String)).toBeNull();
});
