import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GraphBody, GraphDocument } from "../document/document.ts";
import { flattenGraph } from "../flat/flatten-graph.ts";
import { createRandom, randomGraph } from "../testing/random-edits.ts";
import { graph, node, sampleRegistry as registry } from "../testing/sample-registry.ts";
import { applyChanges } from "./apply-changes.ts";

/** What a graph means, with ids read through `rename`: nodes, what arrives at each port in order, and the interface. */
function meaning(document: GraphDocument, rename: (id: string) => string = (id) => id): unknown {
  const flat = flattenGraph(document, registry);
  const arriving: { [port: string]: string[] } = {};
  for (const wire of flat.wires) (arriving[`${rename(wire.toNode)}.${wire.toPort}`] ??= []).push(`${rename(wire.fromNode)}.${wire.fromPort}`);
  const text = (value: unknown): string => JSON.stringify(value);
  return {
    nodes: flat.nodes.map((n) => ({ id: rename(n.id), type: n.type, params: n.params })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    arriving,
    inputs: flat.inputs.map((e) => text([e.name, rename(e.node), e.param, e.port])).sort(),
    outputs: flat.outputs.map((e) => text([e.name, rename(e.node), e.port])).sort(),
  };
}

/** A body with everything sorted that has no order, so that two can be compared. */
function sorted(body: GraphBody): unknown {
  const byTarget = [...body.wires].sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0));
  const text = (value: object): string => JSON.stringify(value, Object.keys(value).sort());
  return {
    nodes: [...body.nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    wires: byTarget,
    inputs: body.interface.inputs.map(text).sort(),
    outputs: body.interface.outputs.map(text).sort(),
  };
}

describe("groups", () => {
  it("keep what the graph means, whatever is grouped", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const random = createRandom(seed);
        const document = randomGraph(random, 80);
        const ids = document.nodes.filter(() => random.chance(0.4)).map((n) => n.id);
        if (ids.length === 0) return;
        const { document: grouped, diagnostics } = applyChanges(document, [{ kind: "group", ids, id: "the-group" }]);
        expect(diagnostics).toEqual([]);
        expect(meaning(grouped, (id) => id.replace(/^the-group\//, ""))).toEqual(meaning(document));
        const { document: back } = applyChanges(grouped, [{ kind: "ungroup", id: "the-group" }]);
        expect(sorted(back)).toEqual(sorted(document));
      }),
      { numRuns: 60 },
    );
  });

  it("keep what the graph means inside other groups", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const random = createRandom(seed);
        const document = randomGraph(random, 80);
        const outer = document.nodes.filter(() => random.chance(0.6)).map((n) => n.id);
        const inner = outer.filter(() => random.chance(0.5));
        if (inner.length === 0) return;
        const nested = applyChanges(document, [
          { kind: "group", ids: outer, id: "outer" },
          { kind: "group", ids: inner, id: "inner", scope: ["outer"] },
        ]);
        expect(nested.diagnostics).toEqual([]);
        expect(meaning(nested.document, (id) => id.replace(/^outer\//, "").replace(/^inner\//, ""))).toEqual(meaning(document));
        const halfway = applyChanges(nested.document, [{ kind: "ungroup", id: "outer" }]).document;
        expect(meaning(halfway, (id) => id.replace(/^inner\//, ""))).toEqual(meaning(document));
      }),
      { numRuns: 40 },
    );
  });

  it("keep the order of wires at a port that takes many", () => {
    const document = graph(
      [node("a", "Cost"), node("b", "Cost"), node("c", "Cost"), node("d", "Cost"), node("t", "Total")],
      ["a.loss -> t.terms", "b.loss -> t.terms", "c.loss -> t.terms", "d.loss -> t.terms"],
    );
    const { document: grouped } = applyChanges(document, [{ kind: "group", ids: ["b", "t"], id: "g" }]);
    const inside = grouped.nodes.find((n) => n.id === "g")!.graph!;
    expect(inside.interface.inputs).toEqual([
      { name: "terms", node: "t", port: "terms", at: 0 },
      { name: "t-terms", node: "t", port: "terms" },
    ]);
    const flat = flattenGraph(grouped, registry);
    expect(flat.wires.map((w) => w.fromNode)).toEqual(["a", "g/b", "c", "d"]);
  });

  it("become a node with ports and parameters, which its own interface follows", () => {
    const document = graph([node("p", "Image"), node("e", "Encoder"), node("v", "Viewer")], ["p.image -> e.image", "e.encoding -> v.values"], {
      inputs: [{ name: "network", node: "e", param: "network" }],
      outputs: [{ name: "code", node: "e", port: "encoding" }],
    });
    const { document: grouped } = applyChanges(document, [{ kind: "group", ids: ["e"], id: "face", title: "Face" }]);
    expect(grouped.interface).toEqual({ inputs: [{ name: "network", node: "face", param: "network" }], outputs: [{ name: "code", node: "face", port: "encoding" }] });
    expect(grouped.wires).toEqual([
      { from: "p.image", to: "face.image" },
      { from: "face.encoding", to: "v.values" },
    ]);
    const set = applyChanges(grouped, [{ kind: "set-param", node: "face", param: "network", value: "other-net" }]).document;
    expect(flattenGraph(set, registry).byId.get("face/e")!.params).toEqual({ network: "other-net" });
    const back = applyChanges(set, [{ kind: "ungroup", id: "face" }]).document;
    expect(back.nodes.find((n) => n.id === "e")!.params).toEqual({ network: "other-net" });
    const emptied = applyChanges(set, [{ kind: "remove-nodes", ids: ["e"], scope: ["face"] }]).document;
    expect(emptied.wires).toEqual([]);
    expect(emptied.interface).toEqual({ inputs: [], outputs: [] });
    expect(emptied.nodes.find((n) => n.id === "face")!.params).toEqual({});
  });

  it("are refused where they would lose something", () => {
    const document = graph([node("a", "Conv"), node("b", "Conv")]);
    const codes = (changes: Parameters<typeof applyChanges>[1]): string[] => applyChanges(document, changes).diagnostics.map((d) => d.code);
    expect(codes([{ kind: "group", ids: ["a", "nobody"], id: "g" }])).toEqual(["no-such-node"]);
    expect(codes([{ kind: "group", ids: [], id: "g" }])).toEqual(["empty-group"]);
    expect(codes([{ kind: "group", ids: ["a"], id: "b" }])).toEqual(["duplicate-id"]);
    expect(codes([{ kind: "ungroup", id: "a" }])).toEqual(["not-a-group"]);
    const muted = [{ kind: "group", ids: ["a"], id: "g" }, { kind: "set-node", node: "g", fields: { muted: true } }, { kind: "ungroup", id: "g" }] as const;
    expect(codes([...muted])).toEqual(["muted-group"]);
  });
});
