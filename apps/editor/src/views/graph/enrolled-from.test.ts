import { inferGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { enrolledFrom } from "./enrolled-from.ts";

const recognition = JSON.parse(readFileSync(new URL("../../../../../examples/face-recognition.json", import.meta.url), "utf8")) as GraphDocument;
const flatOf = (document: GraphDocument) => inferGraph(document, nodes).flat;

it("finds the pictures behind a gallery, and behind what enrols into it", () => {
  for (const id of ["enrol", "gallery"]) expect(enrolledFrom(flatOf(recognition), id)).toMatchObject({ node: "people", spec: { name: "file" }, value: expect.stringContaining("Nora=") });
});

it("finds none where a gallery file is read instead, nor where no list leads to it", () => {
  const chosen = { ...recognition, nodes: recognition.nodes.map((n) => (n.id === "gallery" ? { ...n, params: { file: "team.json" } } : n)) };
  expect(enrolledFrom(flatOf(chosen), "gallery")).toBeNull();
  expect(enrolledFrom(flatOf(chosen), "enrol")?.node).toBe("people");
  expect(enrolledFrom(flatOf({ ...recognition, wires: recognition.wires.filter((w) => w.from !== "people.images") }), "gallery")).toBeNull();
});
