import { describe, expect, it, test } from "vitest";
import { applied, graph, node, registry, typed, wiresOf } from "../testing/small-graph.ts";
import { addNode, kebabCase } from "./add-node.ts";
import { connectChoice } from "./connect-choice.ts";
import { healingChanges } from "./healing.ts";
import { insertExisting, insertOnWire } from "./insert-on-wire.ts";

const AT = { x: 10, y: 20 };
const photo = node("p", "Pattern");
const type = (name: string) => registry.get(name)!;

test("ids are made from types as files are named, and made unique", () => {
  expect(["Conv2D", "FeatureExtractor", "L2Normalise", "OnnxEncoder", "Image", "PCAEncoder", "…"].map(kebabCase)).toEqual(["conv-2d", "feature-extractor", "l2-normalise", "onnx-encoder", "image", "pca-encoder", "node"]);
  const first = addNode(graph([]), type("Conv2D"), { x: 0.4, y: 1.6 });
  const document = applied(graph([]), first.changes);
  expect(document.nodes[0]).toMatchObject({ id: "conv-2d", position: { x: 0, y: 2 } });
  expect(addNode(document, type("Conv2D"), AT).id).toBe("conv-2d-2");
});

describe("a node on a wire", () => {
  const document = graph([photo, node("v", "ImageOutput")], ["p.image -> v.image"]);

  it("takes what flowed there, and gives it on", () => {
    const made = insertOnWire(document, [], registry, typed(document), document.wires[0]!, type("Resize"), AT)!;
    expect(wiresOf(applied(document, made.changes)).sort()).toEqual(["p.image -> resize.image", "resize.image -> v.image"]);
  });

  it("may be a reroute on any wire, and is refused where it does not fit", () => {
    const made = insertOnWire(document, [], registry, typed(document), document.wires[0]!, type("Reroute"), AT)!;
    expect(wiresOf(applied(document, made.changes)).sort()).toEqual(["p.image -> reroute.in", "reroute.out -> v.image"]);
    expect(insertOnWire(document, [], registry, typed(document), document.wires[0]!, type("Distance"), AT)).toBeNull();
  });

  it("keeps its place among the wires of a port that takes many", () => {
    const costs = graph([node("a", "ContentCost"), node("b", "TotalVariation"), node("c", "StyleCost"), node("t", "TestSum")], ["a.loss -> t.terms", "b.loss -> t.terms", "c.loss -> t.terms"]);
    const made = insertOnWire(costs, [], registry, typed(costs), costs.wires[1]!, type("Reroute"), AT)!;
    const after = applied(costs, made.changes);
    expect(after.wires.filter((wire) => wire.to === "t.terms").map((wire) => wire.from)).toEqual(["a.loss", "reroute.out", "c.loss"]);
    // And healing puts it back where it was.
    const healed = applied(after, healingChanges(after, [], registry, typed(after), ["reroute"]));
    expect(healed.wires.filter((wire) => wire.to === "t.terms").map((wire) => wire.from)).toEqual(["a.loss", "b.loss", "c.loss"]);
  });

  it("may be one that is there, unless it is wired into the graph already", () => {
    const two = graph([photo, node("v", "ImageOutput"), node("r", "Resize"), node("used", "Resize"), node("w", "ImageOutput")], ["p.image -> v.image", "used.image -> w.image"]);
    expect(wiresOf(applied(two, insertExisting(two, [], registry, typed(two), two.wires[0]!, "r")!)).sort()).toEqual(["p.image -> r.image", "r.image -> v.image", "used.image -> w.image"]);
    expect(insertExisting(two, [], registry, typed(two), two.wires[0]!, "used")).toBeNull();
    expect(insertExisting(two, [], registry, typed(two), two.wires[0]!, "p")).toBeNull();
  });

  it("works inside a subgraph", () => {
    const inside = graph([photo, node("v", "ImageOutput")], ["p.image -> v.image"]);
    const outer = graph([node("s", "Subgraph", {}, { graph: { nodes: inside.nodes, wires: inside.wires, interface: inside.interface } })]);
    const made = insertOnWire(outer, ["s"], registry, typed(outer), inside.wires[0]!, type("Crop"), AT)!;
    const after = applied(outer, made.changes.map((change) => ({ ...change, scope: ["s"] })));
    expect(after.nodes[0]!.graph!.wires).toHaveLength(2);
  });
});

describe("healing", () => {
  it("connects what ran through a row of removed nodes", () => {
    const document = graph([photo, node("r", "Resize"), node("c", "Crop"), node("v", "ImageOutput"), node("w", "ImageOutput")], ["p.image -> r.image", "r.image -> c.image", "c.image -> v.image", "r.image -> w.image"]);
    expect(wiresOf(applied(document, healingChanges(document, [], registry, typed(document), ["r", "c"]))).sort()).toEqual(["p.image -> v.image", "p.image -> w.image"]);
  });

  it("leaves a gap where nothing fits", () => {
    const document = graph([photo, node("n", "FaceDetector"), node("a", "FaceAlign")], ["p.image -> n.image", "n.faces -> a.faces"]);
    expect(wiresOf(applied(document, healingChanges(document, [], registry, typed(document), ["n"])))).toEqual([]);
  });

  it("takes the first input that fits, and follows reroutes without a type", () => {
    const document = graph([node("x", "Mystery"), node("r", "Reroute"), node("v", "ValueOutput")], ["x.out -> r.in", "r.out -> v.value"]);
    expect(wiresOf(applied(document, healingChanges(document, [], registry, typed(document), ["r"])))).toEqual(["x.out -> v.value"]);
  });

  it("does not hang on a circle", () => {
    const document = graph([node("a", "Resize"), node("b", "Resize"), node("v", "ImageOutput")], ["a.image -> b.image", "b.image -> a.image", "b.image -> v.image"]);
    expect(wiresOf(applied(document, healingChanges(document, [], registry, typed(document), ["a", "b"])))).toEqual([]);
  });
});

describe("the node chosen for a dropped wire", () => {
  const document = graph([photo, node("d", "Distance")]);

  it("is connected by the port that fits best, standing to the right of an output", () => {
    const wire = { end: { node: "p", port: "image" }, side: "output" as const, type: typed(document).types.get("p.image")! };
    const made = connectChoice(document, [], registry, typed(document), type("Resize"), { at: { x: 400, y: 300 }, wire });
    const after = applied(document, made.changes);
    expect(wiresOf(after)).toEqual(["p.image -> resize.image"]);
    expect(after.nodes.at(-1)!.position).toEqual({ x: 400, y: 250 });
  });

  it("stands to the left of an input", () => {
    const wire = { end: { node: "d", port: "a" }, side: "input" as const, type: type("Distance").inputs[0]!.type };
    const after = applied(document, connectChoice(document, [], registry, typed(document), type("Encoder"), { at: { x: 400, y: 300 }, wire }, { width: 200 }).changes);
    expect(wiresOf(after)).toEqual(["encoder.encoding -> d.a"]);
    expect(after.nodes.at(-1)!.position.x).toBe(200);
  });
});
