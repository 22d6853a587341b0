import { describe, expect, it } from "vitest";
import type { NodeDeclaration } from "../declaration/declaration.ts";
import { createRegistry } from "../declaration/registry.ts";
import { hasErrors } from "../diagnostics.ts";
import { formatType } from "../types/format-type.ts";
import { body, graph, node, sampleRegistry as registry } from "../testing/sample-registry.ts";
import { inferGraph } from "./infer-graph.ts";

const found = (document: ReturnType<typeof graph>, facts = {}): string[] =>
  inferGraph(document, registry, { facts }).diagnostics.map((d) => `${d.code} ${d.node ?? ""}${d.port ? `.${d.port}` : ""}`);

const verification = (): ReturnType<typeof graph> =>
  graph(
    [node("photo", "Image", { source: "p.jpg" }), node("reference", "Image"), node("e1", "Encoder"), node("e2", "Encoder"), node("d", "Distance"), node("t", "Threshold")],
    ["photo.image -> e1.image", "reference.image -> e2.image", "e1.encoding -> d.a", "e2.encoding -> d.b", "d.distance -> t.distance"],
  );

describe("types on wires", () => {
  it("infers a verification from picture to decision", () => {
    const { types, inputTypes, diagnostics, order } = inferGraph(verification(), registry, { facts: { "p.jpg": { kind: "image", width: 640, height: 480 } } });
    expect(diagnostics).toEqual([]);
    expect(Object.fromEntries([...types].map(([key, type]) => [key, formatType(type)]))).toMatchInlineSnapshot(`
      {
        "d.a": "float32 [1,128]",
        "d.b": "float32 [1,128]",
        "d.distance": "float32 []",
        "e1.encoding": "float32 [1,128]",
        "e1.image": "float32 [1,480,640,3]",
        "e2.encoding": "float32 [1,128]",
        "e2.image": "float32 [1,H@reference,W@reference,3]",
        "photo.image": "image 640×480",
        "reference.image": "image W@reference×H@reference",
        "t.decision": "decision",
        "t.distance": "number",
      }
    `);
    expect(formatType(inputTypes.get("e1.image")!)).toBe("float32 [1,480,640,3]");
    expect(order.indexOf("photo")).toBeLessThan(order.indexOf("e1"));
  });

  it("names both channel counts on the wire", () => {
    const document = graph([node("p", "Image"), node("c", "Conv", { filters: 16 }), node("rgb", "Rgb")], ["p.image -> c.image", "c.image -> rgb.image"]);
    const { diagnostics } = inferGraph(document, registry);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "channel-mismatch", node: "rgb", port: "image", wire: "c.image -> rgb.image" });
    expect(diagnostics[0]!.message).toMatchInlineSnapshot(`"RGB only takes a tensor [N,H,W,3] at “image”; this wire carries an activation [1,H@p - 2,W@p - 2,16]. 3 channels are needed and 16 arrive."`);
  });

  it("says what an input takes and what the wire carries", () => {
    const document = graph([node("g", "Generated"), node("c", "Conv", { filters: 64 }), node("gram", "Gram"), node("d", "Distance")], ["g.image -> c.image", "c.image -> gram.activation", "gram.gram -> d.a"]);
    const { diagnostics } = inferGraph(document, registry);
    expect(diagnostics.map((d) => d.message)).toMatchInlineSnapshot(`
      [
        "Distance takes an encoding [N,K] at “a”; this wire carries a Gram matrix [64,64]. A Gram matrix cannot stand for an encoding.",
        "Distance needs an encoding [N,K] at “b”, and nothing is connected.",
      ]
    `);
  });

  it("explains by the accepted type that comes nearest", () => {
    const code = (shape: readonly string[]) => ({ kind: "tensor", dtype: "float32", shape } as const);
    const source = (type: string, length: number): NodeDeclaration => ({ type, version: 1, title: type, group: "Test", doc: "", inputs: [], outputs: [{ name: "x", doc: "", type: { kind: "tensor", dtype: "float32", shape: [length] } }], params: [] });
    const compare: NodeDeclaration = { type: "Compare", version: 1, title: "Compare", group: "Test", doc: "", inputs: ["a", "b"].map((name) => ({ name, doc: "", type: [code(["N", "K"]), code(["K"])] })), outputs: [], params: [] };
    const own = createRegistry([source("Two", 2), source("Three", 3), compare]);
    const { diagnostics } = inferGraph(graph([node("p", "Two"), node("q", "Three"), node("c", "Compare")], ["p.x -> c.a", "q.x -> c.b"]), own);
    expect(diagnostics.map((d) => d.message)).toMatchInlineSnapshot(`
      [
        "Compare takes a tensor [N,K] or a tensor [K] at “b”; this wire carries a tensor [3]. Axis 0 must be 2 and is 3. “a” has 2 there: both must agree.",
      ]
    `);
  });

  it("follows types into subgraphs and out of them", () => {
    const inside = body([node("enc", "Encoder")], [], { inputs: [{ name: "photo", node: "enc", port: "image" }, { name: "net", node: "enc", param: "network" }], outputs: [{ name: "code", node: "enc", port: "encoding" }] });
    const document = graph([node("p", "Image"), node("face", "Subgraph", { net: "other-net" }, { graph: inside }), node("d", "Distance")], ["p.image -> face.photo", "face.code -> d.a", "face.code -> d.b"]);
    const { types, diagnostics, flat } = inferGraph(document, registry);
    expect(diagnostics).toEqual([]);
    expect(types.get("face.code")).toMatchObject({ network: "other-net" });
    expect(formatType(types.get("face.photo")!)).toBe("float32 [1,H@p,W@p,3]");
    expect(flat.wires[0]).toMatchObject({ fromNode: "p", toNode: "face/enc", drawn: "p.image -> face.photo" });
  });
});

describe("all mistakes at once", () => {
  it("finds missing inputs, unknown types, unknown ports and wrong parameters in one go", () => {
    const document = graph(
      [node("p", "Imag"), node("r", "Resize", { width: 0, hight: 3, height: "tall" }), node("d", "Distance", { metric: "cosin" })],
      ["p.image -> r.image", "r.picture -> d.a", "r.image -> d.c"],
    );
    expect(found(document)).toEqual([
      "unknown-port r.picture",
      "unknown-node-type p",
      "out-of-range r",
      "wrong-param r",
      "unknown-param r",
      "wrong-param d",
      "missing-input d.b",
      "unknown-port d.c",
    ]);
  });

  it("names the nodes on a cycle and offers to open it", () => {
    const document = graph([node("a", "Conv"), node("b", "Conv"), node("c", "Conv")], ["a.image -> b.image", "b.image -> a.image", "b.image -> c.image"]);
    const { diagnostics, order } = inferGraph(document, registry);
    expect(order).toEqual([]);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "cycle", node: "a", wire: "b.image -> a.image" });
    expect(diagnostics[0]!.message).toContain("a → b → a");
    expect(diagnostics[0]!.fix!.changes).toEqual([{ kind: "disconnect", wire: { from: "b.image", to: "a.image" } }]);
  });

  it("refuses encodings of two networks side by side, and a gallery of another network", () => {
    const pair = verification();
    const other = { ...pair, nodes: pair.nodes.map((n) => (n.id === "e2" ? { ...n, params: { network: "other-net" } } : n)) };
    expect(found(other)).toEqual(["network-mismatch d.b"]);
    const gallery = graph(
      [node("p", "Image"), node("e", "Encoder"), node("g", "Gallery", { network: "other-net" }), node("r", "Recognise")],
      ["p.image -> e.image", "e.encoding -> r.encoding", "g.gallery -> r.gallery"],
    );
    const { diagnostics } = inferGraph(gallery, registry);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]!.message).toContain("“face-128”");
    expect(diagnostics[0]!.message).toContain("“other-net”");
  });

  it("wants exactly one variable under an optimiser", () => {
    const two = graph(
      [node("g", "Generated"), node("h", "Generated"), node("c", "Cost"), node("o", "Optimiser")],
      ["g.image -> c.target", "h.image -> c.generated", "c.loss -> o.loss"],
    );
    expect(found(two)).toEqual(["two-variables o.loss"]);
    const none = graph([node("p", "Image"), node("c", "Cost"), node("o", "Optimiser")], ["p.image -> c.target", "p.image -> c.generated", "c.loss -> o.loss"]);
    expect(found(none)).toEqual(["no-variable o.loss"]);
    const inARow = graph(
      [node("g", "Generated"), node("c", "Cost"), node("o", "Optimiser"), node("h", "Generated"), node("c2", "Cost"), node("o2", "Optimiser")],
      ["g.image -> c.target", "g.image -> c.generated", "c.loss -> o.loss", "o.image -> c2.target", "h.image -> c2.generated", "c2.loss -> o2.loss"],
    );
    expect(found(inARow)).toEqual([]);
  });

  it("passes a value through a muted node, and says so where nothing fits", () => {
    const through = graph([node("p", "Image"), node("r", "Resize", {}, { muted: true }), node("e", "Encoder")], ["p.image -> r.image", "r.image -> e.image"]);
    const inference = inferGraph(through, registry);
    expect(inference.diagnostics).toEqual([]);
    expect(formatType(inference.types.get("r.image")!)).toBe("image W@p×H@p");
    const not = graph([node("p", "Image"), node("e", "Encoder", {}, { muted: true }), node("d", "Distance")], ["p.image -> e.image", "e.encoding -> d.a", "e.encoding -> d.b"]);
    const { diagnostics } = inferGraph(not, registry);
    expect(diagnostics.map((d) => d.code)).toEqual(["missing-input", "missing-input"]);
    expect(diagnostics[0]!.message).toContain("“e” is muted");
  });

  it("finds no mistake where lengths are merely unknown", () => {
    const document = graph([node("p", "Image"), node("q", "Image"), node("c", "Cost")], ["p.image -> c.target", "q.image -> c.generated"]);
    expect(hasErrors(inferGraph(document, registry).diagnostics)).toBe(false);
    const shorter = graph([node("p", "Image"), node("k", "Conv", { filters: 3 }), node("c", "Cost")], ["p.image -> c.target", "p.image -> k.image", "k.image -> c.generated"]);
    const { diagnostics } = inferGraph(shorter, registry);
    expect(diagnostics.map((d) => d.message)).toMatchInlineSnapshot(`
      [
        "Content cost takes a tensor [N,H,W,C] at “generated”; this wire carries an activation [1,H@p - 2,W@p - 2,3]. The height must be H@p and is H@p - 2. “target” has H@p there: both must agree.",
      ]
    `);
  });
});
