import { createRegistry, emptyGraph, type Diagnostic } from "@patchbay/graph-core";
import { expect, test } from "vitest";
import { allProblems, countText, nodeOf, problemGroups } from "./problem-groups.ts";

const inner = { id: "encoder", type: "Encoder", version: 1, params: {}, position: { x: 0, y: 0 } };
const graph = { ...emptyGraph(), nodes: [{ id: "siamese", type: "Subgraph", version: 1, params: {}, position: { x: 0, y: 0 }, title: "Siamese", graph: { nodes: [inner], wires: [], interface: { inputs: [], outputs: [] } } }] };
const problem = (severity: Diagnostic["severity"], fields: Partial<Diagnostic>): Diagnostic => ({ code: "x", severity, message: "A sentence.", ...fields });

test("groups with errors stand first, and so do errors inside a group", () => {
  const groups = problemGroups([problem("warning", { node: "a" }), problem("warning", { node: "siamese/encoder" }), problem("error", { node: "siamese/encoder", message: "Worse." }), problem("info", {})], graph, createRegistry([]));
  expect(groups.map((g) => [g.title, g.problems.map((d) => d.severity)])).toEqual([["Siamese › encoder", ["error", "warning"]], ["a", ["warning"]], ["The graph", ["info"]]]);
});

test("a wire's problem belongs to the node that it leads to", () => {
  expect(nodeOf({ code: "x", severity: "error", message: "", wire: "outer/a.out -> outer/b.in" })).toBe("outer/b");
});

test("a sentence that inference and the run both say stands once", () => {
  const a = problem("error", { node: "a" });
  expect(allProblems([a], [{ ...a, code: "y" }, problem("error", { node: "b" }), problem("error", { node: "b" })])).toHaveLength(2);
  expect(allProblems([a], [])).toEqual([a]);
});

test("notes are not counted", () => {
  expect([[], [problem("info", {})], [problem("warning", {})], [problem("warning", {}), problem("error", {})]].map(countText)).toEqual(["No problems", "No problems", "1 problem", "2 problems"]);
});
