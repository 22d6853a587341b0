import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, arbitraryJson } from "../testing/arbitrary-graph.ts";
import { body, graph, node } from "../testing/sample-registry.ts";
import type { GraphDocument } from "../document/document.ts";
import { canonicalJson } from "./canonical-json.ts";
import { hashGraph, hashNode, sha256Hex } from "./content-hash.ts";

describe("canonical JSON", () => {
  it("is the same for every order of keys and parses to the same value", () => {
    fc.assert(
      fc.property(arbitraryJson, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        const reversed = JSON.parse(text, (_, inner: unknown) => (inner !== null && typeof inner === "object" && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).reverse()) : inner)) as typeof value;
        expect(canonicalJson(reversed)).toBe(text);
      }),
    );
  });

  it("refuses what JSON cannot hold", () => expect(() => canonicalJson([Infinity])).toThrow("Infinity"));
});

describe("content hashes", () => {
  it("are SHA-256", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256Hex(new Uint8Array([97, 98, 99]))).toBe(sha256Hex("abc"));
  });

  it("do not see positions, texts, comments or the order of nodes", () => {
    fc.assert(
      fc.property(arbitraryGraph, (document) => {
        const looks: GraphDocument = { ...document, title: "other", nodes: [...document.nodes].reverse().map((n) => ({ ...n, position: { x: 1, y: 2 }, title: "t", comment: "c", collapsed: !n.collapsed })) };
        delete looks.comments;
        delete looks.description;
        expect(hashGraph(looks)).toBe(hashGraph(document));
      }),
      { numRuns: 50 },
    );
  });

  it("see everything that changes what is computed", () => {
    const base = graph([node("a", "Cost"), node("b", "Cost"), node("t", "Total")], ["a.loss -> t.terms", "b.loss -> t.terms"]);
    const others: GraphDocument[] = [
      { ...base, wires: [...base.wires].reverse() },
      { ...base, wires: base.wires.slice(1) },
      { ...base, nodes: [node("a", "Cost", { x: 1 }), ...base.nodes.slice(1)] },
      { ...base, nodes: [node("a", "Cost", {}, { muted: true }), ...base.nodes.slice(1)] },
      { ...base, nodes: [node("a", "Cost", {}, { version: 9 }), ...base.nodes.slice(1)] },
      { ...base, interface: { inputs: [], outputs: [{ name: "o", node: "t", port: "loss" }] } },
    ];
    expect(new Set([base, ...others].map(hashGraph)).size).toBe(others.length + 1);
  });

  it("of a node take in what is inside it, and not its id", () => {
    const inside = (kernel: number): ReturnType<typeof node> => node("s", "Subgraph", {}, { graph: body([node("c", "Conv", { kernel })]) });
    expect(hashNode(inside(3))).not.toBe(hashNode(inside(5)));
    expect(hashNode({ ...inside(3), id: "other" })).toBe(hashNode(inside(3)));
  });
});
