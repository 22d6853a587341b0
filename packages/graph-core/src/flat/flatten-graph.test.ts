import { describe, expect, it } from "vitest";
import type { GraphBody } from "../document/document.ts";
import { body, graph, node, sampleRegistry as registry } from "../testing/sample-registry.ts";
import { flattenGraph } from "./flatten-graph.ts";

const chain = (length: number, more = {}): ReturnType<typeof graph> =>
  graph(
    Array.from({ length }, (_, i) => node(`n${i}`, "Conv", {}, more)),
    Array.from({ length: length - 1 }, (_, i) => `n${i}.image -> n${i + 1}.image`),
  );

describe("flattening", () => {
  it("orders a chain of 20,000 nodes, given in reverse, without exhausting the stack", () => {
    const long = chain(20_000);
    const flat = flattenGraph({ ...long, nodes: [...long.nodes].reverse() }, registry);
    expect(flat.order[0]).toBe("n0");
    expect(flat.order.at(-1)).toBe("n19999");
    expect(flat.diagnostics).toEqual([]);
  });

  it("finds the one circle of 20,000 nodes and names a few of them", () => {
    const long = chain(20_000);
    const flat = flattenGraph({ ...long, wires: [...long.wires, { from: "n19999.image", to: "n0.image" }] }, registry);
    expect(flat.order).toEqual([]);
    expect(flat.diagnostics).toHaveLength(1);
    expect(flat.diagnostics[0]!.message.length).toBeLessThan(300);
  });

  it("reports separate circles separately, and none for nodes that only lie behind one", () => {
    const nodes = ["a", "b", "c", "d", "e"].map((id) => node(id, "Conv"));
    const flat = flattenGraph(graph(nodes, ["a.image -> b.image", "b.image -> a.image", "b.image -> c.image", "d.image -> d.image", "c.image -> e.image"]), registry);
    expect(flat.diagnostics.map((d) => d.message)).toEqual([
      "“d” feeds itself. A graph has no circles: remove the wire.",
      "These nodes feed each other in a circle: a → b → a. A graph has no circles: remove one of the wires between them.",
    ].reverse());
  });

  it("passes through a chain of 20,000 muted nodes, each of them read by somebody", () => {
    const muted = chain(10_000, { muted: true });
    const readers = muted.nodes.map((n) => node(`reader-${n.id}`, "Conv"));
    const document = { ...muted, nodes: [node("p", "Generated"), ...muted.nodes, ...readers], wires: [{ from: "p.image", to: "n0.image" }, ...muted.wires, ...muted.nodes.map((n) => ({ from: `${n.id}.image`, to: `reader-${n.id}.image` }))] };
    const flat = flattenGraph(document, registry);
    expect(flat.wires).toHaveLength(10_000);
    expect(new Set(flat.wires.map((w) => w.fromKey))).toEqual(new Set(["p.image"]));
  });

  it("gives up on muted nodes that feed each other", () => {
    const document = graph([node("a", "Conv", {}, { muted: true }), node("b", "Conv", {}, { muted: true }), node("c", "Conv")], ["a.image -> b.image", "b.image -> a.image", "b.image -> c.image"]);
    const flat = flattenGraph(document, registry);
    expect(flat.wires).toEqual([]);
    expect([...flat.silenced.keys()]).toEqual(["c.image"]);
  });

  it("resolves nested interfaces: ports, parameters set from outside, and outputs", () => {
    const inner = body([node("conv", "Conv", { kernel: 7, filters: 4 })], [], {
      inputs: [{ name: "x", node: "conv", port: "image" }, { name: "size", node: "conv", param: "kernel" }],
      outputs: [{ name: "y", node: "conv", port: "image" }],
    });
    const outer = body([node("inner", "Subgraph", { size: 5 }, { graph: inner })], [], {
      inputs: [{ name: "picture", node: "inner", port: "x" }, { name: "kernel", node: "inner", param: "size" }],
      outputs: [{ name: "layer", node: "inner", port: "y" }],
    });
    const document = graph([node("g", "Generated"), node("outer", "Subgraph", { kernel: 3 }, { graph: outer }), node("v", "Viewer")], ["g.image -> outer.picture", "outer.layer -> v.values"], {
      inputs: [{ name: "k", node: "outer", param: "kernel" }],
      outputs: [{ name: "result", node: "outer", port: "layer", doc: "The layer." }],
    });
    const flat = flattenGraph(document, registry);
    expect(flat.diagnostics).toEqual([]);
    expect(flat.byId.get("outer/inner/conv")!.params).toEqual({ kernel: 3, filters: 4 });
    expect(flat.inputs).toEqual([{ name: "k", node: "outer/inner/conv", param: "kernel" }]);
    expect(flat.outputs).toEqual([{ name: "result", node: "outer/inner/conv", port: "image", doc: "The layer." }]);
    expect(flat.order).toEqual(["g", "outer/inner/conv", "v"]);
    expect(flat.outputAliases.get("outer.layer")).toBe("outer/inner/conv.image");
  });

  it("lets one interface input set several things", () => {
    const document = graph([node("a", "Conv"), node("b", "Conv")], [], { inputs: [{ name: "k", node: "a", param: "kernel" }, { name: "k", node: "b", param: "kernel" }] });
    expect(flattenGraph(document, registry).inputs.map((e) => e.node)).toEqual(["a", "b"]);
  });

  it("bypasses a muted subgraph from its first fitting input to its output", () => {
    const inside = body([node("r", "Resize")], [], { inputs: [{ name: "in", node: "r", port: "image" }], outputs: [{ name: "out", node: "r", port: "image" }] });
    const document = graph([node("p", "Image"), node("s", "Subgraph", {}, { graph: inside, muted: true }), node("e", "Encoder")], ["p.image -> s.in", "s.out -> e.image"]);
    const flat = flattenGraph(document, registry);
    expect(flat.nodes.map((n) => n.id)).toEqual(["p", "e"]);
    expect(flat.wires[0]).toMatchObject({ fromKey: "p.image", toKey: "e.image", drawn: "s.out -> e.image" });
  });

  it("reports wires, interface entries and parameters that lead to nothing", () => {
    const inside: GraphBody = { ...body([node("r", "Resize")]), interface: { inputs: [{ name: "x", node: "ghost", port: "image" }], outputs: [] } };
    const document = graph([node("p", "Image"), node("s", "Subgraph", { speed: 1 }, { graph: inside }), node("t", "Subgraph")], ["p.image -> s.y", "s.z -> p.q", "p.image -> ghost.in"], {
      outputs: [{ name: "o", node: "s", port: "nothing" }],
    });
    expect(flattenGraph(document, registry).diagnostics.map((d) => d.code).sort()).toEqual([
      "broken-interface",
      "broken-interface",
      "dangling-wire",
      "empty-subgraph",
      "unknown-param",
      "unknown-port",
      "unknown-port",
    ]);
  });

  it("stays finite when interfaces multiply at every level", () => {
    let inside = body([node("t", "Total")], [], { inputs: [{ name: "a", node: "t", port: "terms" }, { name: "b", node: "t", port: "terms" }] });
    for (let i = 0; i < 30; i++) {
      const inputs = ["a", "b"].flatMap((outer) => ["a", "b"].map((inner) => ({ name: outer, node: "s", port: inner })));
      inside = body([node("s", "Subgraph", {}, { graph: inside })], [], { inputs });
    }
    const document = graph([node("c", "Cost"), node("s", "Subgraph", {}, { graph: inside })], ["c.loss -> s.a"]);
    expect(flattenGraph(document, registry).diagnostics.map((d) => d.code)).toContain("too-many-wires");
  });
});
