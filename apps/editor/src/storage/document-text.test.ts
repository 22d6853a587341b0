import { applyChanges, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { documentText, sharedDocument } from "./document-text.ts";

const example = (): GraphDocument => JSON.parse(readFileSync(new URL("../../../../examples/face-recognition.json", import.meta.url), "utf8")) as GraphDocument;

it("is the document, before and after edits", () => {
  const document = example();
  expect(JSON.parse(documentText(document))).toEqual(document);
  const moved = applyChanges(document, [{ kind: "move-nodes", positions: { photo: { x: 5, y: 6 } } }, { kind: "set-document", fields: { title: "“T”" } }], { registry: nodes }).document;
  expect(JSON.parse(documentText(moved))).toEqual(moved);
  expect(documentText(moved)).not.toBe(documentText(document));
});

it("shares what is equal with the document before", () => {
  const [before, after] = [example(), example()];
  const next = sharedDocument(before, { ...after, nodes: after.nodes.map((node) => (node.id === "photo" ? { ...node, position: { x: 1, y: 1 } } : node)) });
  expect(next.nodes.filter((node, i) => node !== before.nodes[i]).map((node) => node.id)).toEqual(["photo"]);
  expect(next.wires).toBe(before.wires);
  expect(sharedDocument(before, after).nodes).toBe(before.nodes);
});
