/** Datasets from folders and lists, splits of every size, and a sentence for whatever is missing. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { GraphDocument, Json } from "@patchbay/graph-core";
import { GraphError, loadGraph, run } from "@patchbay/runtime";
import type { DatasetValue, TableValue } from "@patchbay/runtime/node-api";
import { array, assert, double, integer, nat, property } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDefaultHost } from "../../../runtime/src/host/default-node.ts";
import { nodes } from "../index.ts";
import { holdOut } from "./hold-out.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "dataset-"));
  const host = await createDefaultHost({});
  for (const [person, count] of Object.entries({ amy: 3, ben: 2, cleo: 2, dan: 1 })) {
    await mkdir(path.join(folder, "people", person), { recursive: true });
    for (let i = 0; i < count; i++) {
      const [width, height] = [4 + i, 6];
      const data = new Uint8Array(width * height * 3).fill(person.charCodeAt(0));
      await writeFile(path.join(folder, "people", person, `${i}.png`), await host.encodeImage({ kind: "image", width, height, data }, "png"));
    }
  }
  await mkdir(path.join(folder, "single", "amy"), { recursive: true });
  await mkdir(path.join(folder, "single", "ben"), { recursive: true });
  for (const person of ["amy", "ben"]) await writeFile(path.join(folder, "single", person, "1.png"), await host.encodeImage({ kind: "image", width: 2, height: 2, data: new Uint8Array(12) }, "png"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(params: { [name: string]: Json }, list?: string) {
  if (list !== undefined) await writeFile(path.join(folder, "list.csv"), list);
  const document: GraphDocument = {
    format: "patchbay-graph", version: 1, wires: [],
    nodes: [{ id: "data", type: "Dataset", version: 1, params: { width: 4, height: 4, ...params }, position: { x: 0, y: 0 } }],
    interface: { inputs: [], outputs: [{ name: "dataset", node: "data", port: "dataset" }, { name: "table", node: "data", port: "table" }] },
  };
  const graph = await loadGraph(document, { nodes, host: await createDefaultHost({ graphFolder: folder }) });
  try {
    const { outputs, notices } = await run(graph, { backend: "reference" });
    return { dataset: outputs["dataset"] as DatasetValue, table: (outputs["table"] as TableValue).rows, notices };
  } finally {
    await graph.dispose();
  }
}
const failure = async (params: { [name: string]: Json }, list?: string) => {
  const error: unknown = await read(params, list).then(() => undefined, (e: unknown) => e);
  if (!(error instanceof GraphError)) throw new Error(`no sentence, but ${String(error)}`);
  return error.diagnostics.map((d) => `${d.code}: ${d.message}`).join("\n");
};

describe("a folder with one folder a person", () => {
  it("gives every picture at one size, with its person", async () => {
    const { dataset, table } = await read({ file: "people", holdOut: 0 });
    expect(dataset.classes).toEqual(["amy", "ben", "cleo", "dan"]);
    expect(table).toEqual([["amy", 3, 0], ["ben", 2, 0], ["cleo", 2, 0], ["dan", 1, 0]]);
    expect(dataset.names[1]).toBe("amy/1.png");
    expect(dataset.data.length).toBe(8 * 48);
    expect(dataset.data[0]).toBe("a".charCodeAt(0));
  });
  it("holds out whole people", async () => {
    const { dataset } = await read({ file: "people", holdOut: 0.5 });
    const parts = dataset.classes.map((_, c) => new Set([...dataset.labels].flatMap((l, i) => (l === c ? [dataset.heldOut[i]] : []))).size);
    expect(parts).toEqual([1, 1, 1, 1]);
  });
  it("says what is missing", async () => {
    expect(await failure({ file: "single" })).toBe("no-pairs: Nobody has two photos: 2 classes hold one example each. Learning who is the same needs two photos or more of at least one person; put a person's photos into one folder.");
    expect(await failure({ file: "people", split: "stratified" })).toBe("one-example: “dan” has one example, which cannot be both learned from and held out: add examples, or hold out whole people.");
    expect(await failure({ file: "people/amy" })).toMatch(/^no-labels: The folder “people\/amy” holds pictures but no folders/);
    expect(await failure({ file: "nowhere" })).toMatch(/nowhere/);
    expect(await failure({ file: "" })).toMatch(/^no-file:/);
  });
});

describe("a list", () => {
  it("of files and classes, with headings, quotes and semicolons", async () => {
    const { dataset } = await read({ file: "list.csv", holdOut: 0 }, 'file;label\r\n"people/amy/0.png";Ann\r\npeople/amy/1.png;Ann\r\npeople/ben/0.png;B;en\r\n'.replace("B;en", '"B;en"'));
    expect([dataset.classes, [...dataset.labels], dataset.names]).toEqual([["Ann", "B;en"], [0, 0, 1], ["people/amy/0.png", "people/amy/1.png", "people/ben/0.png"]]);
  });
  it("of pairs: files of one person become one class, over other files too", async () => {
    const { dataset } = await read({ file: "list.csv", holdOut: 0 }, "people/amy/0.png,people/amy/1.png,yes\npeople/amy/1.png,people/amy/2.png,1\npeople/amy/0.png,people/ben/0.png,No\npeople/ben/0.png,people/ben/1.png,same");
    expect(dataset.classes).toEqual(["people/amy/0", "people/ben/0"]);
    expect([...dataset.labels]).toEqual([0, 0, 0, 1, 1]);
    expect(dataset.pairs).toEqual([{ a: 0, b: 1, same: true }, { a: 1, b: 2, same: true }, { a: 0, b: 3, same: false }, { a: 3, b: 4, same: true }]);
  });
  it("of triplets, and warns of those that the split tears apart", async () => {
    const { dataset, notices } = await read({ file: "list.csv", holdOut: 0.5 }, "anchor,positive,negative\npeople/amy/0.png,people/amy/1.png,people/ben/0.png\npeople/ben/0.png,people/ben/1.png,people/cleo/0.png\npeople/cleo/0.png,people/cleo/1.png,people/dan/0.png");
    expect(dataset.triplets).toHaveLength(3);
    expect(dataset.triplets![1]).toEqual({ anchor: 2, positive: 3, negative: 4 });
    expect(notices.map((n) => n.code)).toEqual(["split-crosses"]);
  });
  it("says which line, which files, and what contradicts", async () => {
    expect(await failure({ file: "list.csv" }, "people/amy/0.png,Ann\npeople/amy/1.png\n")).toBe("list-malformed: Line 2 of “list.csv” is not “file,class” as the lines before it: people/amy/1.png");
    expect(await failure({ file: "list.csv", holdOut: 0 }, "a.png,A\nb.png,A\npeople/amy/0.png,A\n")).toMatch(/^files-unread: 2 of 3 pictures cannot be read: “a.png” and “b.png”\. Of the first: .*a\.png/);
    expect(await failure({ file: "list.csv" }, "people/amy/0.png,people/amy/1.png,yes\npeople/amy/1.png,people/amy/2.png,yes\npeople/amy/2.png,people/amy/0.png,no")).toMatch(/^pairs-contradict: “list\.csv” says of “people\/amy\/2\.png” and “people\/amy\/0\.png”/);
    expect(await failure({ file: "list.csv" }, "")).toMatch(/^list-malformed: The list “list\.csv” names no pictures/);
    expect(await failure({ file: "list.csv" }, "people/amy/0.png,A\npeople/amy/0.png,B")).toBe("list-malformed: “people/amy/0.png” is listed as “A” and as “B”.");
  });
  it("that the caller names brings the pictures beside it, and none from elsewhere", async () => {
    await writeFile(path.join(folder, "given.csv"), "people/amy/0.png,A\npeople/amy/1.png,A\n");
    await writeFile(path.join(folder, "people", "up.csv"), "../people/amy/0.png,A\n../single/amy/1.png,A\n");
    const graph = await loadGraph({ format: "patchbay-graph", version: 1, wires: [], nodes: [{ id: "data", type: "Dataset", version: 1, params: { holdOut: 0 }, position: { x: 0, y: 0 } }], interface: { inputs: [{ name: "list", node: "data", param: "file" }], outputs: [{ name: "dataset", node: "data", port: "dataset" }] } }, { nodes });
    const given = (list: string) => run(graph, { backend: "reference", inputs: { list: path.join(folder, list) } });
    expect(((await given("people/up.csv").then(() => undefined, (e: unknown) => e)) as GraphError).diagnostics[0]).toMatchObject({ code: "read-refused" });
    expect(((await given("given.csv")).outputs["dataset"] as DatasetValue).names).toHaveLength(2);
    await graph.dispose();
  });
  it("whose picture changed is read again, though the list is the same", async () => {
    await writeFile(path.join(folder, "list.csv"), "x0.png,A\nx1.png,A\n");
    const host = await createDefaultHost({ graphFolder: folder });
    const paint = async (value: number) => { for (const n of ["x0.png", "x1.png"]) await writeFile(path.join(folder, n), await host.encodeImage({ kind: "image", width: 4, height: 4, data: new Uint8Array(48).fill(value) }, "png")); };
    await paint(1);
    const graph = await loadGraph({ format: "patchbay-graph", version: 1, wires: [], nodes: [{ id: "data", type: "Dataset", version: 1, params: { file: "list.csv", width: 4, height: 4, holdOut: 0 }, position: { x: 0, y: 0 } }], interface: { inputs: [], outputs: [{ name: "dataset", node: "data", port: "dataset" }] } }, { nodes, host });
    const first = (await run(graph, { backend: "reference" })).outputs["dataset"] as DatasetValue;
    await paint(2);
    const second = (await run(graph, { backend: "reference" })).outputs["dataset"] as DatasetValue;
    await graph.dispose();
    expect([first.data[0], second.data[0]]).toEqual([1, 2]);
  });
});

describe("holding out", () => {
  it("whole people leaves both parts with two people and a pair of one person, whatever the numbers", () => {
    assert(property(array(integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 12 }).filter((n) => n.filter((k) => k > 1).length >= 2), double({ min: 0.01, max: 0.9, noNaN: true }), nat(), (sizes, share, seed) => {
      const labels = Int32Array.from(sizes.flatMap((n, c) => Array.from({ length: n }, () => c)));
      const held = holdOut(labels, sizes.map(String), { share, by: "identity", seed });
      for (const part of [0, 1]) {
        const people = sizes.map((_, c) => labels.filter((l, i) => l === c && held[i] === part).length);
        expect(people.filter((n) => n > 0).length).toBeGreaterThanOrEqual(2);
        expect(Math.max(...people)).toBeGreaterThanOrEqual(2);
        people.forEach((n, c) => expect([0, sizes[c]]).toContain(n));
      }
    }));
  });
  it("some of every class leaves each class on both sides", () => {
    const labels = Int32Array.from([0, 0, 0, 0, 1, 1, 2, 2, 2]);
    const held = holdOut(labels, ["a", "b", "c"], { share: 0.25, by: "stratified", seed: 3 });
    expect([0, 1, 2].map((c) => labels.filter((l, i) => l === c && held[i] === 1).length)).toEqual([1, 1, 1]);
  });
});
