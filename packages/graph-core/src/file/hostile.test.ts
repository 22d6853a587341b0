import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GraphDocument } from "../document/document.ts";
import { inferGraph } from "../infer/infer-graph.ts";
import { arbitraryGraph } from "../testing/arbitrary-graph.ts";
import { createRandom } from "../testing/random-edits.ts";
import { sampleRegistry as registry } from "../testing/sample-registry.ts";
import regressions from "./hostile-regressions.json" with { type: "json" };
import { parseGraph, type ParseResult } from "./parse-graph.ts";
import { serializeGraph } from "./serialize-graph.ts";

const file = (parts: object): object => ({ format: "patchbay-graph", version: 1, nodes: [], wires: [], ...parts });
const node = (id: unknown, more = {}): object => ({ id, type: "Conv", version: 1, params: {}, ...more });
const codes = ({ diagnostics }: ParseResult): string[] => diagnostics.map((d) => d.code);

/** Whatever comes in: no exception, a bounded list, and a document that is valid by itself. */
function survives(source: unknown): ParseResult {
  const result = parseGraph(source, { registry });
  expect(result.diagnostics.length).toBeLessThanOrEqual(201);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  if (result.document) {
    const again = parseGraph(serializeGraph(result.document), { registry });
    expect(again.diagnostics.filter((d) => d.severity === "error" && d.code !== "migration-failed")).toEqual([]);
    expect(again.document).toEqual(result.document);
    inferGraph(result.document, registry);
  } else expect(result.diagnostics.some((d) => d.severity === "error")).toBe(true);
  return result;
}

describe("hostile files", () => {
  it.each(regressions.texts.map((text) => [text.slice(0, 60), text]))("%s", (_, text) => void survives(text));

  it.each(regressions.seeds)("seed %i", (seed) => void survives(damaged(seed)));

  it("survives arbitrary values in every place of a real graph", () => {
    fc.assert(
      fc.property(arbitraryGraph, fc.integer(), fc.array(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }), { minLength: 1, maxLength: 6 }), (document, seed, things) => {
        survives(replaceSome(document, seed, things));
      }),
      { numRuns: 100 },
    );
  });

  it("survives text cut, doubled and swapped at any place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        survives(damaged(seed));
      }),
      { numRuns: 100 },
    );
  });
});

const SAMPLE = serializeGraph({
  ...(file({}) as GraphDocument),
  nodes: ["a", "b", "c"].map((id) => ({ id, type: "Threshold", version: 1, params: { tau: 0.5, list: [1, 2] }, position: { x: 0, y: 0 } })),
  wires: [{ from: "a.decision", to: "b.distance" }],
  interface: { inputs: [{ name: "t", node: "a", param: "tau" }], outputs: [] },
});
const SNIPPETS = ["__proto__", "1e999", "-", '"', "{", "}", "[", "]", "null", ":", ",", "\u0000", "constructor", "999999", "\\u"];

function damaged(seed: number): string {
  const random = createRandom(seed);
  let text = SAMPLE;
  for (let i = random.below(5); i >= 0; i--) {
    const [from, to] = [random.below(text.length), random.below(text.length)].sort((a, b) => a - b) as [number, number];
    if (random.chance(0.3)) text = text.slice(0, from) + text.slice(to);
    else if (random.chance(0.4)) text = text.slice(0, to) + text.slice(from);
    else text = text.slice(0, from) + random.pick(SNIPPETS)! + text.slice(from + random.below(4));
  }
  return text;
}

function replaceSome(value: unknown, seed: number, things: readonly unknown[]): unknown {
  const random = createRandom(seed);
  const visit = (item: unknown): unknown => {
    if (random.chance(0.04)) return random.pick(things);
    if (Array.isArray(item)) return item.map(visit);
    if (item === null || typeof item !== "object") return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [random.chance(0.02) ? "__proto__" : key, key === "format" || key === "version" ? inner : visit(inner)]));
  };
  return visit(value);
}

describe("located mistakes, all at once", () => {
  it("names node, pointer and wire of each", () => {
    const { document, diagnostics } = parseGraph(
      file({
        nodes: [node("a"), node("a"), node("b.c"), node("ok", { params: { kernel: NaN, deep: { x: Infinity } }, wobble: 1 })],
        wires: [{ from: "a.image", to: "ok.image" }, { from: "a.image", to: "ok.image" }, { from: "ghost.image", to: "spook.image" }, { from: "ok.image", to: "ok.image" }, "a -> b"],
        interface: { inputs: [{ name: "k", node: "ghost", param: "kernel" }, { name: "both", node: "a", param: "kernel", port: "image" }], outputs: [{ name: "o", node: "a", port: "image" }, { name: "o", node: "ok", port: "image" }] },
        extra: true,
      }),
      { registry },
    );
    expect(document!.nodes.map((n) => n.id)).toEqual(["a", "ok"]);
    expect(document!.nodes[1]!.params).toEqual({ deep: {} });
    expect(document!.wires).toEqual([{ from: "a.image", to: "ok.image" }]);
    expect(diagnostics.map(({ code, severity, node, port, wire, pointer }) => [code, severity, node, port, wire, pointer].map((x) => x ?? "–").join(" | "))).toMatchInlineSnapshot(`
      [
        "not-finite | error | – | – | – | /nodes/3/params/kernel",
        "not-finite | error | – | – | – | /nodes/3/params/deep/x",
        "duplicate-id | error | a | – | – | /nodes/1/id",
        "bad-id | error | – | – | – | /nodes/2/id",
        "unknown-field | warning | ok | – | – | /nodes/3/wobble",
        "duplicate-wire | error | – | – | a.image -> ok.image | /wires/1",
        "dangling-wire | error | – | – | ghost.image -> spook.image | /wires/2",
        "too-many-wires | error | ok | image | ok.image -> ok.image | /wires/3",
        "bad-wire | error | – | – | – | /wires/4",
        "broken-interface | error | – | – | – | /interface/inputs/0",
        "bad-interface | error | a | – | – | /interface/inputs/1",
        "duplicate-interface | error | ok | – | – | /interface/outputs/1",
        "unknown-field | warning | – | – | – | /extra",
      ]
    `);
  });

  it("says so when nothing was given", () => expect(parseGraph(undefined).diagnostics.map((d) => d.code)).toEqual(["not-a-graph"]));
  it("says that a wire's ends are both missing in one sentence", () => {
    const { diagnostics } = parseGraph(file({ wires: [{ from: "ghost.image", to: "spook.image" }] }));
    expect(diagnostics.map((d) => d.message)).toEqual(["The wire from “ghost.image” to “spook.image” is left out. There is no node “ghost”. There is no node “spook”."]);
  });

  it("points at the line of a syntax error", () => {
    const { document, diagnostics } = parseGraph('{\n  "format": nope\n}');
    expect(document).toBeNull();
    expect(diagnostics[0]!.message).toMatch(/not JSON.*line 2/);
  });

  it("keeps unknown node types and their parameters as they are", () => {
    const raw = node("m", { type: "FromAnotherProgram", version: 7, params: { a: { b: [1, "x"] } } });
    expect(parseGraph(file({ nodes: [raw] }), { registry })).toMatchObject({ document: { nodes: [raw] }, diagnostics: [] });
  });

  it("does not share anything with what it was given", () => {
    const params = { list: [1] };
    const { document } = parseGraph(file({ nodes: [node("a", { params })] }));
    params.list.push(2);
    expect(document!.nodes[0]!.params).toEqual({ list: [1] });
  });

  it("sums up what is beyond two hundred mistakes", () => {
    const { diagnostics } = parseGraph(file({ nodes: Array.from({ length: 1000 }, () => node("no good")) }));
    expect(diagnostics).toHaveLength(201);
    expect(diagnostics.at(-1)).toMatchObject({ code: "more-mistakes", message: "The file has 800 more mistakes like these." });
  });

  it("survives getters that throw, circles and things that are no data", () => {
    expect(codes(survives(file({ nodes: [{ get id(): string { throw new Error("boo"); } }] })))).toEqual(["unreadable"]);
    const circle: { [key: string]: unknown } = file({}) as never;
    circle.nodes = [circle];
    expect(codes(survives(circle))).toEqual(["too-deep"]);
    expect(codes(survives(file({ nodes: [node("a", { params: { f: () => 1, s: Symbol("s"), n: 1n } })] })))).toEqual(["not-json", "not-json", "not-json"]);
  });
});

describe("limits", () => {
  const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  it.each<[string, unknown, string]>([
    ["a million brackets", nested(1_000_000), "too-deep"],
    ["a million open braces", '{"a":'.repeat(1_000_000), "too-deep"],
    ["three million values", `[${"0,".repeat(3_000_000)}0]`, "too-large"],
    ["forty million characters", " ".repeat(40_000_000), "too-large"],
    ["a hundred thousand nodes", file({ nodes: Array.from({ length: 100_000 }, (_, i) => node(`n${i}`)) }), "too-large"],
    ["a million wires to nowhere", file({ wires: Array.from({ length: 250_000 }, () => ({ from: "a.b", to: "c.d" })) }), "too-large"],
  ])("stop %s", (_, source, code) => {
    expect(codes(parseGraph(source, { registry }))).toContain(code);
  });

  it("stop graphs nested too deep and keep what is above", () => {
    let inside: object = file({});
    for (let i = 0; i < 30; i++) inside = file({ nodes: [node("s", { type: "Subgraph", graph: inside })] });
    const { document, diagnostics } = parseGraph(inside);
    expect(diagnostics.filter((d) => d.code === "too-deep")).toHaveLength(1);
    expect(document!.nodes[0]!.graph!.nodes[0]!.id).toBe("s");
  });

  it("can be set by the caller", () => {
    expect(codes(parseGraph(file({ nodes: [node("a"), node("b")] }), { limits: { nodes: 1 } }))).toEqual(["too-large"]);
  });

  it("let a chain of 20,000 nodes through, read and inferred", () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => node(`n${i}`, { params: { stride: 2 } }));
    const wires = Array.from({ length: 19_999 }, (_, i) => ({ from: `n${i}.image`, to: `n${i + 1}.image` }));
    const { document, diagnostics } = parseGraph(JSON.stringify(file({ nodes, wires })), { registry });
    expect(diagnostics).toEqual([]);
    expect(inferGraph(document!, registry).diagnostics.map((d) => d.code)).toEqual(["missing-input"]);
  });
});
