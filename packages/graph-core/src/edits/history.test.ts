import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, randomChange } from "../testing/random-edits.ts";
import { graph, node, sampleRegistry as registry } from "../testing/sample-registry.ts";
import { applyChanges } from "./apply-changes.ts";
import { createHistory, endGesture, historyLabels, recordChanges, redo, undo } from "./history.ts";

const small = (): ReturnType<typeof graph> => graph([node("a", "Image"), node("b", "Resize")], ["a.image -> b.image"]);

describe("history", () => {
  it("goes back and forth through any edits to exactly the same documents", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const random = createRandom(seed);
        let history = createHistory(small());
        const documents = [history.document];
        for (let i = 0; i < 60; i++) {
          const gesture = random.chance(0.4) ? `drag ${random.below(3)}` : undefined;
          const before = history.past.length;
          history = recordChanges(history, [randomChange(random, history.document)], { registry, ...(gesture ? { gesture } : {}) }).history;
          if (history.past.length > before) documents.push(history.document);
          else documents[documents.length - 1] = history.document;
        }
        for (let i = documents.length - 2; i >= 0; i--) {
          history = undo(history);
          expect(history.document).toEqual(documents[i]);
        }
        expect(undo(history)).toBe(history);
        for (let i = 1; i < documents.length; i++) {
          history = redo(history);
          expect(history.document).toEqual(documents[i]);
        }
        expect(redo(history)).toBe(history);
      }),
      // 1: a gesture that replaced a node, its inside, and the node again
      { numRuns: 20, examples: [[1]] },
    );
  });

  it("keeps one small entry for a whole drag", () => {
    let history = createHistory(small());
    for (let x = 1; x <= 100; x++) history = recordChanges(history, [{ kind: "move-nodes", positions: { a: { x, y: 0 } } }], { gesture: "drag-7" }).history;
    expect(historyLabels(history)).toEqual({ undo: ["Move"], redo: [] });
    expect(history.past[0]!.patches.length).toBeLessThanOrEqual(2);
    expect(undo(history).document).toEqual(small());
    expect(redo(undo(history)).document.nodes[0]!.position).toEqual({ x: 100, y: 0 });
  });

  it("starts anew when the gesture has ended, and drops what was undone when something else is done", () => {
    const move = (history: ReturnType<typeof createHistory>, x: number): typeof history => recordChanges(history, [{ kind: "move-nodes", positions: { a: { x, y: 0 } } }], { gesture: "drag" }).history;
    let history = move(endGesture(move(createHistory(small()), 1)), 2);
    expect(history.past).toHaveLength(2);
    history = move(undo(history), 3);
    expect(historyLabels(history)).toEqual({ undo: ["Move", "Move"], redo: [] });
    expect(history.document.nodes[0]!.position.x).toBe(3);
  });

  it("keeps no entry for a change that was refused or altered nothing", () => {
    const history = createHistory(small());
    const refused = recordChanges(history, [{ kind: "remove-nodes", ids: ["nobody"] }]);
    expect(refused.history).toBe(history);
    expect(refused.diagnostics).toMatchObject([{ code: "no-such-node", node: "nobody" }]);
    expect(recordChanges(history, [{ kind: "connect", wire: { from: "a.image", to: "b.image" } }]).history).toBe(history);
  });

  it("forgets the oldest entries beyond its limit", () => {
    let history = createHistory(small(), { limit: 3 });
    for (let i = 0; i < 5; i++) history = recordChanges(history, [{ kind: "set-document", fields: { title: `t${i}` } }]).history;
    expect(history.past).toHaveLength(3);
  });
});

describe("changes", () => {
  const document = small();
  it("leave the given document alone and share what they do not touch", () => {
    const { document: next } = applyChanges(document, [{ kind: "set-param", node: "b", param: "width", value: 12 }]);
    expect(document.nodes[1]!.params).toEqual({});
    expect(next.nodes[1]!.params).toEqual({ width: 12 });
    expect(next.nodes[0]).toBe(document.nodes[0]);
    expect(next.wires).toBe(document.wires);
    expect(applyChanges(next, [{ kind: "set-param", node: "b", param: "width", value: undefined }]).document).toEqual(document);
  });

  it("replace the wire on a port that takes one and add to one that takes many", () => {
    const two = graph([node("a", "Image"), node("b", "Image"), node("r", "Resize"), node("v", "Viewer")], ["a.image -> r.image", "a.image -> v.values"]);
    const wire = (to: string): Parameters<typeof applyChanges>[1] => [{ kind: "connect", wire: { from: "b.image", to } }];
    expect(applyChanges(two, wire("r.image"), { registry }).document.wires).toEqual([{ from: "a.image", to: "v.values" }, { from: "b.image", to: "r.image" }]);
    expect(applyChanges(two, wire("v.values"), { registry }).document.wires).toHaveLength(3);
  });

  it("carry wires, interface and frames along when a node is renamed", () => {
    const framed = { ...graph([node("a", "Image"), node("ab", "Resize")], ["a.image -> ab.image"], { inputs: [{ name: "photo", node: "a", param: "source" }] }), comments: [{ id: "f", text: "", position: { x: 0, y: 0 }, nodes: ["a", "ab"] }] };
    const { document: next } = applyChanges(framed, [{ kind: "rename-node", node: "a", to: "photo" }]);
    expect(next.wires).toEqual([{ from: "photo.image", to: "ab.image" }]);
    expect(next.interface.inputs).toEqual([{ name: "photo", node: "photo", param: "source" }]);
    expect(next.comments![0]!.nodes).toEqual(["photo", "ab"]);
  });

  it("make pasted ids unique and keep the wires among what is pasted", () => {
    const { document: next } = applyChanges(document, [{ kind: "insert", body: document, offset: { x: 10, y: 5 } }]);
    expect(next.nodes.map((n) => n.id)).toEqual(["a", "b", "a-2", "b-2"]);
    expect(next.nodes[2]!.position).toEqual({ x: 10, y: 5 });
    expect(next.wires[1]).toEqual({ from: "a-2.image", to: "b-2.image" });
  });

  it("refuse what is no plain data and what would break ids", () => {
    const codes = (...changes: Parameters<typeof applyChanges>[1]): string[] => applyChanges(document, changes).diagnostics.map((d) => d.code);
    expect(codes({ kind: "set-param", node: "b", param: "width", value: NaN })).toEqual(["not-finite"]);
    expect(codes({ kind: "set-param", node: "b", param: "__proto__", value: {} })).toEqual(["reserved-name"]);
    expect(codes({ kind: "add-node", node: node("x.y", "Image") })).toEqual(["bad-id"]);
    expect(codes({ kind: "add-node", node: node("a", "Image") })).toEqual(["duplicate-id"]);
    expect(codes({ kind: "rename-node", node: "a", to: "b" })).toEqual(["duplicate-id"]);
    expect(codes({ kind: "connect", wire: { from: "a.image", to: "nobody.image" } })).toEqual(["no-such-node"]);
    expect(codes({ kind: "move-nodes", positions: { a: { x: Infinity, y: 0 } } })).toEqual(["bad-position"]);
    expect(codes({ kind: "remove-nodes", ids: ["a"], scope: ["b"] })).toEqual(["no-such-node"]);
    expect(codes({ kind: "explode" } as never)).toEqual(["unknown-change"]);
  });
});
