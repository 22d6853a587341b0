/** What React Flow is given to draw: few new objects for few changes, drags held apart, moves as one step. */
import { emptyGraph, type GraphDocument, type GraphNode } from "@patchbay/graph-core";
import { nodes as registry } from "@patchbay/nodes";
import { describe, expect, it } from "vitest";
import { createEditor } from "../../model/editor.ts";
import { sameWires } from "../hooks/use-settled-wires.ts";
import { createFlow } from "./create-flow.ts";
import { isCard } from "./flow-types.ts";

const node = (id: string, type: string, x: number, more: Partial<GraphNode> = {}): GraphNode => ({ id, type, version: 1, params: {}, position: { x, y: 0 }, ...more });
const DOCUMENT: GraphDocument = {
  ...emptyGraph(),
  nodes: [node("photo", "Pattern", 0, { params: { width: 640, height: 480 } }), node("size", "Resize", 400), node("what", "Mystery", 800)],
  wires: [{ from: "photo.image", to: "size.image" }, { from: "size.image", to: "what.in" }],
  comments: [{ id: "frame", text: "Two", position: { x: 380, y: -40 }, size: { width: 300, height: 300 }, nodes: ["size"] }],
};

/** Four nodes after each other, this often. */
function chains(count: number): GraphDocument {
  const each = Array.from({ length: count }, (_, i) => ({
    nodes: [node(`photo${i}`, "Pattern", 0, { params: { width: 640, height: 480 } }), node(`a${i}`, "Resize", 400), node(`b${i}`, "Resize", 800), node(`c${i}`, "Resize", 1200)],
    wires: [{ from: `photo${i}.image`, to: `a${i}.image` }, { from: `a${i}.image`, to: `b${i}.image` }, { from: `b${i}.image`, to: `c${i}.image` }],
  }));
  return { ...emptyGraph(), nodes: each.flatMap((chain) => chain.nodes), wires: each.flatMap((chain) => chain.wires) };
}

function open() {
  const editor = createEditor({ registry, document: DOCUMENT });
  const flow = createFlow(editor);
  flow.follow();
  const of = (id: string) => flow.store.getState().nodes.find((n) => n.id === id)!;
  return { editor, flow, of, document: () => editor.store.getState().history.document };
}

describe("what React Flow draws", () => {
  it("keeps every object that an edit did not touch", () => {
    const { editor, flow, of } = open();
    const before = flow.store.getState();
    const [photo, size] = [of("photo"), of("size")];
    editor.edit([{ kind: "set-param", node: "photo", param: "width", value: 320 }]);
    expect(of("size")).toBe(size);
    expect(of("photo")).not.toBe(photo);
    const after = flow.store.getState();
    expect(after.wires[0]!.data!.label).toBe("image 320×480");
    expect(after.wires[1]!.data!.label).not.toBe(before.wires[1]!.data!.label);
    editor.setUi({ snap: false });
    expect(flow.store.getState()).toBe(after);
    editor.select({ nodes: ["size"] });
    expect(of("size")).toMatchObject({ selected: true });
    expect(of("photo")).toBe(after.nodes.find((n) => n.id === "photo"));
  });

  it("draws of 1,000 nodes the edited one again, and only the wires whose type changed", () => {
    const editor = createEditor({ registry, document: chains(250) });
    const flow = createFlow(editor);
    flow.follow();
    const before = flow.store.getState();
    let told = 0;
    flow.store.subscribe(() => told++);
    editor.edit([{ kind: "set-param", node: "photo7", param: "width", value: 320 }]);
    const after = flow.store.getState();
    expect(before.nodes).toHaveLength(1000);
    expect(after.nodes.filter((n, i) => n !== before.nodes[i]).map((n) => n.id)).toEqual(["photo7"]);
    const changed = after.wires.filter((wire, i) => wire !== before.wires[i]).map((wire) => wire.id);
    expect(changed).toContain("photo7.image -> a7.image");
    expect(changed.every((id) => /^(photo|a|b|c)7\./.test(id))).toBe(true);
    expect(after.wires.filter((wire) => flow.facts.getState().get(wire.id) !== wire.data)).toEqual([]);
    expect(told).toBe(1);
    // Which wires there are is what it was: React Flow need not be told at once.
    expect(sameWires(before.wires, after.wires)).toBe(true);
    editor.edit([{ kind: "disconnect", wire: { from: "photo7.image", to: "a7.image" } }]);
    expect(sameWires(after.wires, flow.store.getState().wires)).toBe(false);
  });

  it("gives a node of an unknown type the ports that its wires name", () => {
    const { of } = open();
    const what = of("what");
    expect(isCard(what) && what.data.ports.inputs.map((p) => p.name)).toEqual(["in"]);
    expect(what.handles).toHaveLength(1);
  });

  it("holds a drag apart from the document, and commits it as one step", () => {
    const { editor, flow, of, document } = open();
    flow.onNodesChange([{ type: "position", id: "photo", position: { x: 8, y: 16 }, dragging: true }]);
    flow.onNodesChange([{ type: "position", id: "photo", position: { x: 24, y: 48 }, dragging: false }]);
    expect(of("photo").position).toEqual({ x: 24, y: 48 });
    expect(document().nodes[0]!.position).toEqual({ x: 0, y: 0 });
    flow.commit();
    expect(document().nodes[0]!.position).toEqual({ x: 24, y: 48 });
    expect(editor.store.getState().history.past.map((step) => step.label)).toEqual(["Move"]);
    editor.undo();
    expect(of("photo").position).toEqual({ x: 0, y: 0 });
  });

  it("moves the nodes of a frame along, and lets nodes join and leave by being moved", () => {
    const { flow, of, document } = open();
    flow.onNodesChange([{ type: "position", id: "comment:frame", position: { x: 480, y: -40 } }]);
    expect(of("size").position).toEqual({ x: 500, y: 0 });
    flow.commit();
    expect(document().nodes[1]!.position).toEqual({ x: 500, y: 0 });
    expect(document().comments![0]!.nodes).toEqual(["size"]);
    flow.onNodesChange([{ type: "position", id: "size", position: { x: 1400, y: 0 } }]);
    flow.commit();
    expect(document().comments![0]!.nodes).toEqual([]);
    flow.onNodesChange([{ type: "position", id: "photo", position: { x: 520, y: 0 } }]);
    flow.commit();
    expect(document().comments![0]!.nodes).toEqual(["photo"]);
  });

  it("puts everything back where nothing may be edited", () => {
    const { editor, flow, of } = open();
    editor.setReadOnly("Another tab edits this graph.");
    flow.onNodesChange([{ type: "position", id: "photo", position: { x: 24, y: 48 } }]);
    flow.commit();
    expect(of("photo").position).toEqual({ x: 0, y: 0 });
  });
});
