import { readFileSync } from "node:fs";
import { parseGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { describe, expect, it } from "vitest";
import { createEditor } from "../model/editor.ts";
import { graphSignature, nodeSignatures } from "./node-signatures.ts";

const example = (name: string): GraphDocument => parseGraph(readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8"), { registry: nodes }).document!;

function changedBy(name: string, act: (editor: ReturnType<typeof createEditor>) => void): string[] {
  const editor = createEditor({ registry: nodes, document: example(name) });
  const before = nodeSignatures(editor.store.getState().inference.flat);
  act(editor);
  const after = nodeSignatures(editor.store.getState().inference.flat);
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id)).sort();
}

describe("what a node's values depend on", () => {
  it("does not change with positions, titles and comments", () => {
    expect(changedBy("face-verification", (e) => void e.edit([{ kind: "move-nodes", positions: { threshold: { x: 1, y: 2 } } }, { kind: "set-node", node: "threshold", fields: { title: "τ", comment: "c" } }]))).toEqual([]);
  });

  it("changes at a node and after it, and is as before when the change is undone", () => {
    const editor = createEditor({ registry: nodes, document: example("face-verification") });
    const signature = (): number => graphSignature(editor.store.getState().inference.flat);
    const before = signature();
    editor.edit([{ kind: "set-param", node: "threshold", param: "threshold", value: 0.41 }]);
    const changed = signature();
    editor.undo();
    expect([changed === before, signature()]).toEqual([false, before]);
  });

  it("reaches into an optimisation: its nodes show what they give for the painted picture", () => {
    const document = example("style-transfer");
    const other: GraphDocument = { ...document, nodes: document.nodes.map((n) => (n.id === "total" ? { ...n, params: { ...n.params, strength: 0.123 } } : n)) };
    const changed = changedBy("style-transfer", (e) => e.follow(other));
    expect(changed).toEqual(expect.arrayContaining(["total", "paint", "picture", "generated", "generated-features", "content-cost"]));
    expect(changed).not.toContain("content-features");
    expect(changed).not.toContain("style-features");
  });
});
