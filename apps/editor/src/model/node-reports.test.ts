import type { Diagnostic } from "@patchbay/graph-core";
import { expect, it } from "vitest";
import { problemsOf, runOfSubgraph } from "./node-reports.ts";
import type { NodeRun } from "./run-state.ts";

const error = (node: string, message: string): Diagnostic => ({ code: "x", severity: "error", message, node });
const state = (drawn: { [node: string]: readonly Diagnostic[] }, problems: readonly Diagnostic[], notices: readonly Diagnostic[] = []) => ({ problemsByNode: new Map(Object.entries(drawn)), run: { problems, notices } as never });
const running = (nodes: { [node: string]: NodeRun }) => ({ run: { nodes: new Map(Object.entries(nodes)) } as never });

it("joins what the drawing shows with what the last run told, each sentence once, and gives the same list again", () => {
  const both = state({ a: [error("a", "drawn")], b: [error("b", "b")] }, [error("a", "drawn"), error("a", "ran"), error("s/in/deep", "inside")]);
  expect(problemsOf(both, "a").map((d) => d.message)).toEqual(["drawn", "ran"]);
  expect(problemsOf(both, "a")).toBe(problemsOf(both, "a"));
  expect(problemsOf(both, "b")).toBe(both.problemsByNode.get("b"));
  for (const flat of ["s", "s/in", "s/in/deep"]) expect(problemsOf(both, flat).map((d) => d.message)).toEqual(["inside"]);
  expect(problemsOf(both, "s/i")).toEqual([]);
  const warned = state({}, [error("a", "ran")], [{ ...error("a", "collapsed"), severity: "warning" }]);
  expect(problemsOf(warned, "a").map((d) => d.message)).toEqual(["ran", "collapsed"]);
  expect(problemsOf(warned, "a")).toBe(problemsOf(warned, "a"));
});

it("takes a subgraph's nodes together", () => {
  const phases = (...list: NodeRun["phase"][]) => runOfSubgraph(running({ other: { phase: "failed" }, ...Object.fromEntries(list.map((phase, i) => [`s/${i}`, { phase, milliseconds: 5 }])) }), "s");
  expect(phases()).toBeUndefined();
  expect(phases("cached", "cached")?.phase).toBe("cached");
  expect(phases("cached", "done")).toEqual({ phase: "done", milliseconds: 10 });
  expect(phases("queued", "queued")?.phase).toBe("queued");
  expect(phases("done", "queued")?.phase).toBe("running");
  expect(phases("done", "failed", "queued")?.phase).toBe("failed");
});
