import { serializeGraph } from "@patchbay/graph-core";
import { describe, expect, it } from "vitest";
import { applied, graph, node, registry, wiresOf } from "../testing/small-graph.ts";
import { copySelection, parseFragment } from "./fragment.ts";
import { duplicateChanges, pasteChanges } from "./paste.ts";

const at = (x: number, y: number) => ({ position: { x, y } });
const document = graph(
  [node("p", "Image", { file: "faces/nora.jpg" }, at(0, 0)), node("r", "Resize", { width: 96 }, at(300, 0)), node("v", "ImageOutput", {}, at(600, 0)), node("t", "TotalCost")],
  ["p.image -> r.image", "r.image -> v.image"],
  { comments: [{ id: "f", text: "Pair", position: { x: -20, y: -60 }, size: { width: 700, height: 400 }, color: "blue", nodes: ["p", "r"] }] },
);
const select = (nodes: string[], comments: string[] = []) => ({ nodes: new Set(nodes), comments: new Set(comments) });

describe("copying and pasting", () => {
  it("brings nodes, the wires between them and their frame to another graph, with files by path", () => {
    const text = copySelection(document, select([], ["f"]))!;
    const pasted = pasteChanges(text, { x: 1000, y: 500 }, graph([]), registry)!;
    const after = applied(graph([]), pasted.changes);
    expect(wiresOf(after)).toEqual(["p.image -> r.image"]);
    expect(after.nodes[0]!.params).toEqual({ file: "faces/nora.jpg" });
    expect(after.comments).toMatchObject([{ id: "f", text: "Pair", nodes: ["p", "r"] }]);
    expect(pasted.selection).toEqual({ nodes: ["p", "r"], comments: ["f"] });
    // Its middle is where it was asked to be: the frame is 700 wide.
    expect(after.comments![0]!.position.x).toBe(650);
    expect(after.nodes[1]!.position.x - after.nodes[0]!.position.x).toBe(300);
  });

  it("makes ids unique, also in frames, and leaves wires to what was not copied behind", () => {
    const text = copySelection(document, select(["r", "v"], ["f"]))!;
    const pasted = pasteChanges(text, { x: 0, y: 0 }, document, registry)!;
    const after = applied(document, pasted.changes);
    expect(pasted.selection.nodes).toEqual(["p-2", "r-2", "v-2"]);
    expect(wiresOf(after)).toEqual(["p.image -> r.image", "r.image -> v.image", "p-2.image -> r-2.image", "r-2.image -> v-2.image"]);
    expect(after.comments![1]).toMatchObject({ id: "f-2", nodes: ["p-2", "r-2"] });
  });

  it("takes a whole graph too, and nothing else", () => {
    expect(pasteChanges(serializeGraph(document), { x: 0, y: 0 }, graph([]), registry)!.selection.nodes).toHaveLength(4);
    for (const text of ["", "hello", "{}", '{"format":"patchbay-fragment"', '{"format":"patchbay-fragment","nodes":[]}', "[1,2]", '{"format":"other","nodes":[{"id":"a"}]}'])
      expect(parseFragment(text, registry), text).toBeNull();
  });

  it("keeps node types that nobody knows, and drops what is broken", () => {
    const part = parseFragment(JSON.stringify({ format: "patchbay-fragment", version: 1, nodes: [node("m", "Mystery", { x: 1 }), { id: "no type" }], wires: [{ from: "m.a", to: "ghost.b" }] }), registry)!;
    expect(part.nodes.map((n) => n.type)).toEqual(["Mystery"]);
    expect(applied(graph([]), pasteChanges(JSON.stringify({ format: "patchbay-fragment", version: 1, ...part }), { x: 0, y: 0 }, graph([]), registry)!.changes).wires).toEqual([]);
  });

  it("has nothing to copy where nothing is selected", () => {
    expect(copySelection(document, select([]))).toBeNull();
    expect(duplicateChanges(document, select([]), registry)).toBeNull();
  });
});

describe("duplicating", () => {
  it("leaves wires from outside alone unless they are wanted", () => {
    const bare = applied(document, duplicateChanges(document, select(["r"]), registry)!.changes);
    expect(bare.wires).toHaveLength(2);
    expect(bare.nodes.at(-1)).toMatchObject({ id: "r-2", params: { width: 96 }, position: { x: 332, y: 32 } });
    const wired = applied(document, duplicateChanges(document, select(["r"]), registry, { wires: true })!.changes);
    expect(wiresOf(wired)).toEqual([...wiresOf(document), "p.image -> r-2.image"]);
  });
});
