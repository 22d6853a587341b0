import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph } from "../testing/arbitrary-graph.ts";
import { graph, node } from "../testing/sample-registry.ts";
import { parseGraph } from "./parse-graph.ts";
import { serializeGraph } from "./serialize-graph.ts";

describe("the text of a graph", () => {
  it("is read back as the same graph", () => {
    fc.assert(
      fc.property(arbitraryGraph, (document) => {
        expect(parseGraph(serializeGraph(document))).toEqual({ document, diagnostics: [] });
      }),
      { numRuns: 80 },
    );
  });

  it("does not depend on the order of keys", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
    };
    fc.assert(
      fc.property(arbitraryGraph, (document) => {
        expect(serializeGraph(reversed(document) as typeof document)).toBe(serializeGraph(document));
      }),
      { numRuns: 50 },
    );
  });

  it("changes in one line when one parameter or position does", () => {
    const nodes = [node("a", "Image", { source: "a.jpg" }), node("b", "Resize", { width: 3, height: 4 })];
    const lines = (document: ReturnType<typeof graph>): string[] => serializeGraph(document).split("\n");
    const before = lines(graph(nodes, ["a.image -> b.image"]));
    const moved = lines(graph([{ ...nodes[0]!, position: { x: 7, y: 0 } }, nodes[1]!], ["a.image -> b.image"]));
    const set = lines(graph([nodes[0]!, node("b", "Resize", { width: 5, height: 4 })], ["a.image -> b.image"]));
    expect(moved.filter((line) => !before.includes(line))).toEqual(['      "position": { "x": 7, "y": 0 },']);
    expect(set.filter((line) => !before.includes(line))).toEqual(['      "params": { "height": 4, "width": 5 }']);
    const wired = lines(graph(nodes, ["a.image -> b.image", "a.image -> b.other"]));
    expect(wired).toContain('    { "from": "a.image", "to": "b.other" }');
  });

  it("refuses numbers that JSON cannot hold", () => {
    expect(() => serializeGraph(graph([node("a", "Conv", { kernel: NaN })]))).toThrow("NaN");
  });
});
