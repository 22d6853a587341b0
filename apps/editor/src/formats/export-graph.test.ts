import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { emptyGraph, serializeGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { loadGraph, run } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { exportGraph, type ExportOptions } from "./export-graph.ts";
import { readGraphFile } from "./import-graph.ts";
import { writePngText } from "./png-chunks.ts";

/** A picture of 6×4 pixels and one of 5×5, as files that hold them. */
let [wide, square]: [Uint8Array, Uint8Array] = [new Uint8Array(), new Uint8Array()];
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "patchbay-export-"));
  const host = createNodeHost({});
  const picture = (width: number, height: number) => host.encodeImage({ kind: "image", width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256) }, "png");
  [wide, square] = [await picture(6, 4), await picture(5, 5)];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const node = (id: string, type: string, params: { [name: string]: string | number } = {}) => ({ id, type, version: nodes.get(type)!.version, params, position: { x: 0, y: 0 } });
const resized: GraphDocument = {
  ...emptyGraph(),
  title: "Größer & größer",
  nodes: [node("photo", "Image", { file: "in/wide.png" }), node("larger", "Resize", { width: 9 })],
  wires: [{ from: "photo.image", to: "larger.image" }],
  interface: { inputs: [], outputs: [{ name: "picture", node: "larger", port: "image" }] },
};
const listed: GraphDocument = { ...emptyGraph(), title: "Listed", nodes: [node("people", "Images", { file: "Nora=in/wide.png#xywh=1,1,3,2, square.png" })], wires: [], interface: { inputs: [], outputs: [{ name: "images", node: "people", port: "images" }] } };
const foldered: GraphDocument = { ...listed, nodes: [node("people", "Images", { file: "people" })] };

const files = () => createMemoryFiles(new Map([["in/wide.png", wide], ["square.png", square], ["people/Nora/1.png", wide], ["people/Ines/1.png", square], ["g.gallery", new TextEncoder().encode('{"format":"patchbay-gallery"}')]]));
const exported = (document: GraphDocument, options: Partial<ExportOptions> = {}) => exportGraph(document, { registry: nodes, files: files(), form: "self-contained", ...options });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function runFile(file: string) {
  const graph = await loadGraph(new URL(`file://${file}`), { nodes, host: createNodeHost({ graphFolder: path.dirname(file) }) });
  try {
    return (await run(graph, { backend: "reference" })).outputs;
  } finally {
    await graph.dispose();
  }
}

/** Into a folder of its own; the graph's path. */
async function unpacked(zip: Uint8Array, name: string, graphName: string): Promise<string> {
  for (const [file, bytes] of Object.entries(unzipSync(zip))) {
    await mkdir(path.dirname(path.join(folder, name, file)), { recursive: true });
    await writeFile(path.join(folder, name, file), bytes);
  }
  return path.join(folder, name, graphName);
}

describe("exported graphs", () => {
  it("self-contained JSON computes what the one with files beside it computes", async () => {
    await mkdir(path.join(folder, "beside/in"), { recursive: true });
    await writeFile(path.join(folder, "beside/graph.json"), serializeGraph(resized));
    await writeFile(path.join(folder, "beside/in/wide.png"), wide);
    const made = await exported(resized);
    expect(made).toMatchObject({ kind: "json", name: "großer-großer.json", notes: [], missing: [] });
    await mkdir(path.join(folder, "alone"));
    await writeFile(path.join(folder, "alone/graph.json"), made.bytes);
    const [a, b] = [await runFile(path.join(folder, "beside/graph.json")), await runFile(path.join(folder, "alone/graph.json"))];
    expect(a["picture"]).toMatchObject({ shape: [1, 6, 9, 3] });
    expect(b).toEqual(a);
  });

  it("by reference they name their files and say which", async () => {
    const made = await exported(resized, { form: "reference" });
    expect(JSON.parse(text(made.bytes))).toEqual(JSON.parse(serializeGraph(resized)));
    expect(made.missing).toEqual(["in/wide.png"]);
  });

  it("lists and folders of pictures go into a zip that runs where it is unpacked", async () => {
    const list = await exported(listed);
    expect(list).toMatchObject({ kind: "zip", name: "listed.zip", files: 2 });
    const a = await runFile(await unpacked(list.bytes, "list", list.graphName));
    expect(a["images"]).toMatchObject({ items: [{ label: "Nora", image: { width: 3, height: 2 } }, { image: { width: 5, height: 5 } }] });
    const people = await exported(foldered);
    const b = await runFile(await unpacked(people.bytes, "people", people.graphName));
    expect(b["images"]).toMatchObject({ items: [{ label: "Ines" }, { label: "Nora" }] });
  });

  it("takes package pictures along only when asked", async () => {
    const document: GraphDocument = { ...listed, nodes: [node("a", "Image", { file: "npm:pack/a.png" }), node("b", "Images", { file: "Nora=npm:pack/a.png#xywh=0,0,2,2" })] };
    const readPackage = async () => square;
    expect(await exported(document, { readPackage })).toMatchObject({ kind: "json", notes: [] });
    const made = await exported(document, { readPackage, packages: true });
    expect(Object.keys(unzipSync(made.bytes)).sort()).toEqual(["listed.json", "packages/pack/a.png"]);
    expect(text(unzipSync(made.bytes)["listed.json"]!)).toContain("Nora=packages/pack/a.png#xywh=0,0,2,2");
  });

  it("never holds encodings unless asked", async () => {
    const embedded = `data:application/json;base64,${btoa('{"format":"patchbay-gallery","entries":[{"encoding":"SECRET"}]}')}`;
    const document: GraphDocument = { ...emptyGraph(), nodes: [node("a", "Gallery", { file: "g.gallery" }), node("b", "Gallery", { file: embedded })] };
    for (const form of ["self-contained", "zip", "reference"] as const) {
      const made = await exported(document, { form });
      const whole = made.kind === "zip" ? Object.values(unzipSync(made.bytes)).map(text).join() : text(made.bytes);
      expect(whole).not.toContain("base64");
      expect(whole).not.toContain("patchbay-gallery");
      expect(made.notes.join()).toContain("encodings of faces");
    }
    expect(text((await exported(document, { encodings: true })).bytes).match(/base64/g)).toHaveLength(2);
  });
});

describe("imported graphs", () => {
  it("come back from JSON, zip and PNG with their files", async () => {
    const json = readGraphFile((await exported(resized)).bytes, "graph.json", nodes);
    if (!json || !("document" in json)) throw new Error("not read");
    expect(json.document).toMatchObject({ title: resized.title, wires: resized.wires });
    const zip = readGraphFile((await exported(foldered)).bytes, "graph.zip", nodes);
    if (!zip || !("document" in zip)) throw new Error("not read");
    expect(zip.document).toEqual(foldered);
    expect([...zip.files.keys()].sort()).toEqual(["people/Ines/1.png", "people/Nora/1.png"]);
    const png = readGraphFile(writePngText(square, "patchbay-graph", serializeGraph(resized)), "picture.png", nodes);
    expect(png && "document" in png && png.document).toEqual(resized);
    expect(readGraphFile(square, "picture.png", nodes)).toBeNull();
  });

  it("keep large embedded pictures as files, so that not every edit writes them", async () => {
    const big = Uint8Array.from([0xff, 0xd8, ...new Uint8Array(20_000)]);
    const made = await exportGraph(resized, { registry: nodes, files: createMemoryFiles(new Map([["in/wide.png", big]])), form: "self-contained" });
    const read = readGraphFile(made.bytes, "graph.json", nodes);
    if (!read || !("document" in read)) throw new Error("not read");
    expect(read.document.nodes[0]!.params).toEqual({ file: "photo.jpg" });
    expect([...read.files.get("photo.jpg")!]).toEqual([...big]);
  });

  it("refuse ways out of the zip's folder, and damaged or empty zips, with a sentence", async () => {
    const graph = new TextEncoder().encode(serializeGraph(resized));
    const sly = readGraphFile(zipSync({ "a/graph.json": graph, "a/../../etc/passwd": graph, "/abs.png": wide, "a/in/wide.png": wide, "a\\b.png": wide }), "x.zip", nodes);
    if (!sly || !("document" in sly)) throw new Error("not read");
    expect([...sly.files.keys()]).toEqual(["in/wide.png"]);
    for (const bytes of [zipSync({ "a.txt": graph.subarray(0, 3) }), Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3), zipSync({ "graph.json": graph }).subarray(0, 60)]) {
      const read = readGraphFile(bytes, "x.zip", nodes);
      expect(read && "problem" in read && read.problem).toMatch(/\.$/);
    }
  });

  it("opens every example as it is", async () => {
    for (const name of ["style-transfer", "face-recognition", "triplet-loss"]) {
      const bytes = await readFile(new URL(`../../../../examples/${name}.json`, import.meta.url));
      const read = readGraphFile(bytes, `${name}.json`, nodes);
      expect(read).toMatchObject({ losses: [] });
    }
  });
});
