import { describe, expect, it } from "vitest";
import { inferGraph } from "../infer/infer-graph.ts";
import { body, graph, imageType, node, sampleRegistry as registry } from "../testing/sample-registry.ts";
import { flattenGraph } from "./flatten-graph.ts";

const photo = node("p", "Image", { source: "p.jpg" });
const facts = { "p.jpg": { kind: "image" as const, width: 8, height: 6 } };
const reroute = (id: string, more = {}) => node(id, "Reroute", {}, more);

describe("nodes that only pass on what arrives", () => {
  it("are not there for whatever runs the graph, and the wires beyond them name what was drawn", () => {
    const flat = flattenGraph(graph([photo, reroute("a"), reroute("b"), node("r", "Resize")], ["p.image -> a.in", "a.out -> b.in", "b.out -> r.image"]), registry);
    expect(flat.nodes.map((n) => n.id)).toEqual(["p", "r"]);
    expect(flat.wires).toMatchObject([{ fromKey: "p.image", toKey: "r.image", drawn: "b.out -> r.image" }]);
    expect(flat.diagnostics).toEqual([]);
  });

  it("have the type of what arrives at both ends, so that wires can show it", () => {
    const { types, inputTypes, diagnostics } = inferGraph(graph([photo, reroute("a"), node("v", "Viewer")], ["p.image -> a.in", "a.out -> v.values"]), registry, { facts });
    expect(diagnostics).toEqual([]);
    expect(types.get("a.in")).toEqual(imageType(8, 6));
    expect(types.get("a.out")).toEqual(imageType(8, 6));
    expect(inputTypes.get("a.in")).toEqual(imageType(8, 6));
    expect([...types.keys()]).toContain("a.out");
  });

  it("give a subgraph's input the type of what arrives behind it", () => {
    const inside = body([reroute("a"), node("r", "Resize")], ["a.out -> r.image"], { inputs: [{ name: "in", node: "a", port: "in" }], outputs: [{ name: "out", node: "a", port: "out" }] });
    const { types, diagnostics } = inferGraph(graph([photo, node("s", "Subgraph", {}, { graph: inside })], ["p.image -> s.in"]), registry, { facts });
    expect(diagnostics).toEqual([]);
    expect(types.get("s.in")).toEqual(imageType(8, 6));
    expect(types.get("s.out")).toEqual(imageType(8, 6));
    expect(types.get("s/a.in")).toEqual(imageType(8, 6));
  });

  it("put a mismatch on the last wire, where it is read", () => {
    const { diagnostics } = inferGraph(graph([photo, reroute("a"), node("d", "Gram")], ["p.image -> a.in", "a.out -> d.activation"]), registry, { facts });
    expect(diagnostics).toMatchObject([{ code: "wrong-type", wire: "a.out -> d.activation" }]);
  });

  it("say who is left without a wire when nothing arrives", () => {
    const { diagnostics } = inferGraph(graph([reroute("a"), node("r", "Resize")], ["a.out -> r.image"]), registry);
    expect(diagnostics.map((d) => d.message)).toEqual(["Resize needs an image at “image”, and nothing is connected to “a”."]);
  });

  it("end circles among themselves, and do not hide those through computing nodes", () => {
    const circle = flattenGraph(graph([reroute("a"), reroute("b"), node("r", "Resize")], ["a.out -> b.in", "b.out -> a.in", "b.out -> r.image"], { inputs: [{ name: "x", node: "a", port: "in" }] }), registry);
    expect(circle.wires).toEqual([]);
    expect(circle.silenced.get("r.image")).toMatchObject({ reason: "open" });
    expect(flattenGraph(graph([node("r", "Resize"), reroute("a")], ["r.image -> a.in", "a.out -> r.image"]), registry).diagnostics.map((d) => d.code)).toEqual(["cycle"]);
  });

  it("pass the graph's own input on to all that read it, also out of a subgraph", () => {
    const inside = body([reroute("a"), node("r", "Resize")], ["a.out -> r.image"], { inputs: [{ name: "in", node: "a", port: "in" }], outputs: [{ name: "out", node: "a", port: "out" }] });
    const document = graph([node("s", "Subgraph", {}, { graph: inside }), node("q", "Resize")], ["s.out -> q.image"], { inputs: [{ name: "picture", node: "s", port: "in", doc: "Any." }] });
    expect(flattenGraph(document, registry).inputs).toEqual([
      { name: "picture", node: "s/r", port: "image", doc: "Any." },
      { name: "picture", node: "q", port: "image", doc: "Any." },
    ]);
    expect(inferGraph(document, registry).diagnostics).toEqual([]);
  });

  it("lead a muted subgraph's picture through", () => {
    const inside = body([reroute("a"), node("r", "Resize"), reroute("b")], ["a.out -> r.image", "r.image -> b.in"], { inputs: [{ name: "in", node: "a", port: "in" }], outputs: [{ name: "out", node: "b", port: "out" }] });
    const document = graph([photo, node("s", "Subgraph", {}, { graph: inside, muted: true }), node("v", "Viewer")], ["p.image -> s.in", "s.out -> v.values"]);
    expect(flattenGraph(document, registry).wires.map((w) => w.fromKey)).toEqual(["p.image"]);
  });

  it("report a second wire and ports that are not there", () => {
    const { diagnostics } = flattenGraph(graph([photo, node("g", "Image"), reroute("a")], ["p.image -> a.in", "g.image -> a.in", "p.image -> a.more"]), registry);
    expect(diagnostics.map((d) => [d.code, d.wire])).toEqual([["too-many-wires", "g.image -> a.in"], ["unknown-port", "p.image -> a.more"]]);
  });
});
