import { emptyGraph } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { bundleOf, keepBundle, missingText } from "./bundles.ts";
import { exportGraph } from "./export-graph.ts";
import { makeShareLink } from "./share-link.ts";

const file = (path: string, text: string) => ({ path, file: new Blob([text]) });
const MODEL = JSON.stringify({ format: "graph-model", weightsManifest: [{ paths: ["group1-shard1of2.bin", "group1-shard2of2.bin"], weights: [] }] });
const text = async (files: ReturnType<typeof createMemoryFiles>, path: string) => new TextDecoder().decode((await files.read(path))!);

describe("files that belong together", () => {
  it("a model and its shards are kept in one folder, under the names that it uses", async () => {
    const bundle = await bundleOf([file("nets/group1-shard2of2.bin", "two"), file("nets/model.json", MODEL), file("nets/group1-shard1of2.bin", "one")]);
    expect(bundle).toMatchObject({ kind: "network", missing: [] });
    const files = createMemoryFiles();
    await files.add("nets/other.txt", new Uint8Array(3));
    expect(await keepBundle(files, bundle!)).toBe("nets-2/model.json");
    expect([await text(files, "nets-2/group1-shard1of2.bin"), await text(files, "nets-2/group1-shard2of2.bin")]).toEqual(["one", "two"]);
  });

  it("a list brings the pictures that it names, wherever they lie, and tells which did not come", async () => {
    const bundle = await bundleOf([file("pairs.csv", "a,b,same\nNora/1.jpg,Nora/2.jpg,yes\nNora/1.jpg,Ines/1.jpg,no\n"), file("1.jpg", "loose"), file("Nora/2.jpg", "second")]);
    expect(bundle).toMatchObject({ kind: "dataset", beside: [{ name: "Nora/1.jpg" }, { name: "Nora/2.jpg" }], missing: ["Ines/1.jpg"] });
    const alone = await bundleOf([file("pairs.csv", "x.png,cat")]);
    expect(missingText(alone!)).toContain("“x.png”, which did not come along");
    expect(await keepBundle(createMemoryFiles(), alone!)).toBe("pairs.csv");
  });

  it("leads out of no folder", async () => {
    const files = createMemoryFiles();
    const bundle = await bundleOf([file("list.csv", "../secret.png,a\nfine.png,b"), file("secret.png", "x"), file("fine.png", "y")]);
    await keepBundle(files, bundle!);
    expect(await files.paths()).toEqual(["list/fine.png", "list/list.csv"]);
  });

  it("go along when a graph is exported, in a zip; a link leaves them out and says so", async () => {
    const files = createMemoryFiles();
    for (const [path, content] of [["net/model.json", MODEL], ["net/group1-shard1of2.bin", "one"], ["net/group1-shard2of2.bin", "two"], ["people/a/1.png", "x"], ["list.csv", "a.png,b"], ["a.png", "y"], ["other.png", "z"]] as const) await files.add(path, new TextEncoder().encode(content));
    const node = (id: string, type: string, file: string) => ({ id, type, version: 1, params: { file }, position: { x: 0, y: 0 } });
    const document = { ...emptyGraph(), title: "Mine", nodes: [node("n", "Network", "net/model.json"), node("d", "Dataset", "people"), node("l", "Dataset", "list.csv")] };
    const made = await exportGraph(document, { registry: nodes, files, form: "self-contained", packages: false, encodings: false });
    expect([made.kind, made.missing]).toEqual(["zip", []]);
    expect(Object.keys(unzipSync(made.bytes)).sort()).toEqual(["a.png", "list.csv", "mine.json", "net/group1-shard1of2.bin", "net/group1-shard2of2.bin", "net/model.json", "people/a/1.png"]);
    const { notes } = await makeShareLink(document, { registry: nodes, files, page: "http://localhost/" });
    expect(notes).toEqual(["“net/model.json” is not in the link.", "“people” is not in the link.", "“list.csv” is not in the link."]);
  });

  it("numbers, galleries and graphs are none", async () => {
    expect(await bundleOf([file("beat.csv", "0\n1\n"), file("graph.json", '{"format":"patchbay-graph"}'), file("bad.json", '{"weightsManifest":'), file("net.onnx", "")])).toBeNull();
  });
});
