/** What a trainer wants upstream: one feed, and weights that are set to be trainable. */
import { describe, expect, it } from "vitest";
import type { NodeDeclaration } from "../declaration/declaration.ts";
import { createRegistry } from "../declaration/registry.ts";
import type { GraphDocument, Json } from "../document/document.ts";
import type { PortType, TensorType } from "../types/port-type.ts";
import { createInference, inferGraph } from "./infer-graph.ts";

const rows: TensorType = { kind: "tensor", dtype: "float32", shape: ["N", "C"] };
const loss: TensorType = { kind: "tensor", dtype: "float32", shape: [], meaning: "loss" };
const common = { version: 1, group: "Test", doc: "For tests.", params: [] };
const input = (name: string, type: PortType, more = {}) => ({ name, doc: "In.", type, ...more });
const output = (name: string, type: PortType) => ({ name, doc: "Out.", type });

const declarations: NodeDeclaration[] = [
  { ...common, type: "Feed", title: "Batches", role: "feed", inputs: [], outputs: [output("examples", { ...rows, shape: [8, 3] })] },
  { ...common, type: "Source", title: "Source", inputs: [], outputs: [output("y", { ...rows, shape: [8, 3] })] },
  {
    ...common, type: "Layer", title: "Layer", inputs: [input("x", rows)], outputs: [output("y", rows)], trainable: (p) => p.trainable === true,
    params: [{ kind: "boolean", name: "trainable", title: "Trainable", help: "Whether.", default: false }],
  },
  {
    ...common, type: "Pretrained", title: "Pretrained", inputs: [input("x", rows)], outputs: [output("y", rows)], trainable: (p) => (p.trainableLayers as number) > 0,
    params: [{ kind: "number", name: "trainableLayers", title: "Trainable layers", help: "How many.", default: 0, min: 0, max: 9 }],
  },
  { ...common, type: "Relu", title: "Relu", inputs: [input("x", rows)], outputs: [output("y", rows)] },
  { ...common, type: "Loss", title: "Loss", inputs: [input("x", rows), input("other", rows, { optional: true })], outputs: [output("loss", loss)] },
  {
    ...common, type: "Trainer", title: "Trainer", role: "trainer", inputs: [input("loss", loss, { traced: true }), input("predictions", rows, { traced: true, optional: true })],
    outputs: [output("trained", rows)], infer: ({ fed }) => ({ outputs: { trained: fed ?? null } }),
  },
];
const registry = createRegistry<NodeDeclaration>(declarations);

function graph(nodes: { [id: string]: [type: string, params?: { [name: string]: Json }] }, wires: readonly string[]): GraphDocument {
  return {
    format: "patchbay-graph", version: 1,
    nodes: Object.entries(nodes).map(([id, [type, params]]) => ({ id, type, version: 1, params: params ?? {}, position: { x: 0, y: 0 } })),
    wires: wires.map((w) => ({ from: w.split(" -> ")[0]!, to: w.split(" -> ")[1]! })),
    interface: { inputs: [], outputs: [] },
  };
}
const chain = ["f.examples -> a.x", "a.y -> l.x", "l.loss -> t.loss"];
const codes = (document: GraphDocument) => inferGraph(document, registry).diagnostics.map((d) => `${d.code} ${d.node}`);

describe("under a trainer", () => {
  it("one feed and a trainable layer are enough, and the trainer sees what the feed gives", () => {
    const { diagnostics, types } = inferGraph(graph({ f: ["Feed"], a: ["Layer", { trainable: true }], l: ["Loss"], t: ["Trainer"] }, chain), registry);
    expect(diagnostics).toEqual([]);
    expect(types.get("t.trained")).toMatchObject({ shape: [8, 3] });
  });

  it("nothing trainable is named, with what could be and a fix that makes it so", () => {
    const { diagnostics } = inferGraph(graph({ f: ["Feed"], a: ["Layer"], l: ["Loss"], t: ["Trainer"] }, chain), registry);
    expect(diagnostics).toMatchObject([{
      code: "nothing-trainable", node: "t", port: "loss", wire: "l.loss -> t.loss",
      message: "Trainer has no weights to train: “a” could learn, but none is set to be trainable.",
      fix: { changes: [{ kind: "set-param", node: "a", param: "trainable", value: true }] },
    }]);
    const none = graph({ f: ["Feed"], a: ["Relu"], l: ["Loss"], t: ["Trainer"] }, chain);
    expect(inferGraph(none, registry).diagnostics[0]!.message).toContain("no layer with weights");
  });

  it("of a network whose last layers can learn, one is offered", () => {
    const { diagnostics } = inferGraph(graph({ f: ["Feed"], a: ["Pretrained"], l: ["Loss"], t: ["Trainer"] }, chain), registry);
    expect(diagnostics).toMatchObject([{ code: "nothing-trainable", message: "Trainer has no weights to train: “a” could learn, but none is set to be trainable.", fix: { changes: [{ node: "a", param: "trainableLayers", value: 1 }] } }]);
  });

  it("no feed and two feeds are mistakes", () => {
    expect(codes(graph({ f: ["Source"], a: ["Layer", { trainable: true }], l: ["Loss"], t: ["Trainer"] }, ["f.y -> a.x", ...chain.slice(1)]))).toEqual(["no-feed t"]);
    const two = graph({ f: ["Feed"], g: ["Feed"], a: ["Layer", { trainable: true }], l: ["Loss"], t: ["Trainer"] }, [...chain, "g.examples -> l.other"]);
    expect(codes(two)).toEqual(["two-feeds t"]);
    const elsewhere = graph({ f: ["Feed"], g: ["Feed"], a: ["Layer", { trainable: true }], l: ["Loss"], t: ["Trainer"] }, [...chain, "g.examples -> t.predictions"]);
    expect(codes(elsewhere)).toEqual(["two-feeds t"]);
  });

  it("what comes out of a trainer is a result: a second one has its own feed and weights", () => {
    const document = graph(
      { f: ["Feed"], a: ["Layer", { trainable: true }], l: ["Loss"], t: ["Trainer"], b: ["Layer"], m: ["Loss"], u: ["Trainer"] },
      [...chain, "t.trained -> b.x", "b.y -> m.x", "m.loss -> u.loss"],
    );
    expect(codes(document)).toEqual(["no-feed u", "nothing-trainable u"]);
  });

  it("an unknown node upstream may be either, so nothing is claimed", () => {
    expect(codes(graph({ f: ["Mystery"], l: ["Loss"], t: ["Trainer"] }, ["f.y -> l.x", "l.loss -> t.loss"]))).toEqual(["unknown-node-type f"]);
  });

  it("an edit that makes a layer trainable clears the mistake, and back", () => {
    const inference = createInference(registry);
    const set = (trainable: boolean) => inference.update(graph({ f: ["Feed"], a: ["Layer", { trainable }], l: ["Loss"], t: ["Trainer"] }, chain)).diagnostics.map((d) => d.code);
    expect([set(false), set(true), set(false)]).toEqual([["nothing-trainable"], [], ["nothing-trainable"]]);
  });
});
