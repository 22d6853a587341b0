/** What is dropped on the canvas or pasted into it becomes what it stands for: a picture, a network, a folder, a graph. */
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { serializeGraph } from "@patchbay/graph-core";
import { Builder } from "@patchbay/runtime/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programToOnnx } from "../../packages/runtime/src/onnx/index.ts";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { openEditor, type App } from "./app.ts";
import { boxOf, command, DISTANCE, graph, node, nodeOf, openGraph, view } from "./hands.ts";
import { pngOf } from "./pictures.ts";
import { drawWire, dropPaths, middleOf, notices, onScreen, pastOf, typesOf, wiresOf, type Point } from "./wiring.ts";

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "patchbay-drop-"));
  await mkdir(at("people/Nora"), { recursive: true });
  await mkdir(at("people/Ines"));
  await mkdir(at("texts"));
  // Means of the three colours: the smallest encoder there is.
  const b = new Builder();
  await writeFile(at("means.onnx"), programToOnnx(b.build({ out: b.mean(b.input("pixels", { dtype: "float32", shape: [1, 3, 8, 8] }), [2, 3]) })));
  await writeFile(at("red.png"), pngOf(1));
  for (const name of ["people/Nora/1.png", "people/Nora/2.png", "people/Ines/1.png"]) await writeFile(at(name), pngOf(name.length));
  for (const name of ["texts/readme.txt", "letter.txt"]) await writeFile(at(name), "Dear reader");
  await writeFile(at("beat.csv"), "0\n1\n0\n-1\n");
  await writeFile(at("people.csv"), "red.png,Nora\npeople/Ines/1.png,Ines\n");
  await writeFile(at("model.json"), JSON.stringify({ format: "graph-model", weightsManifest: [{ paths: ["shard.bin"], weights: [] }] }));
  await writeFile(at("shard.bin"), new Uint8Array(8));
  await writeFile(at("far.json"), serializeGraph(DISTANCE));
  await writeFile(at("broken.json"), '{"format":"patchbay-graph","version":1,"nodes":[');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In the middle of the canvas, where an empty one has its hints. */
const middle = (app: App): Promise<Point> => middleOf(app.region("Canvas"));
const value = (app: App, key: string) => app.page.evaluate((name) => (globalThis as unknown as { patchbay: PageHandle }).patchbay.value(name), key);
/** Where a node's title is, close to which it was dropped. */
const near = async (app: App, id: string, place: Point): Promise<number> => {
  const { x, y, width } = await boxOf(app.node(id));
  return Math.hypot(x + width / 2 - place.x, y + 20 - place.y);
};

/** As a program that copies pictures does it. */
const copyPicture = (app: App, bytes: Uint8Array): Promise<void> =>
  app.page.evaluate(async (base64) => navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: "image/png" }) })]), Buffer.from(bytes).toString("base64"));
const copyText = (app: App, text: string): Promise<void> => app.page.evaluate((words) => navigator.clipboard.writeText(words), text);

describe("files", () => {
  it("a picture becomes an Image node, an ONNX file a Network, and on an Encoder its file; a folder is a list of people, a table a Signal", async () => {
    const app = await openEditor();
    const place = await middle(app);
    await dropPaths(app, [at("red.png")], place);
    await expect.poll(() => typesOf(app)).toEqual(["Image"]);
    expect((await nodeOf(app, "image")).params).toEqual({ file: "red.png" });
    expect(await near(app, "image", place)).toBeLessThan(60);
    await expect.poll(() => app.node("image").locator("img, canvas").count()).toBeGreaterThan(0);

    await dropPaths(app, [at("means.onnx")], { x: place.x + 320, y: place.y });
    await expect.poll(() => typesOf(app)).toEqual(["Image", "Network"]);
    expect((await nodeOf(app, "network")).params).toEqual({ file: "means.onnx" });
    await app.run();
    expect(await value(app, "network.network")).toMatchObject({ kind: "network" });

    await dropPaths(app, [at("people")], { x: place.x - 200, y: place.y - 300 });
    await expect.poll(() => typesOf(app)).toEqual(["Image", "Network", "Images"]);
    expect((await nodeOf(app, "images")).params).toEqual({ file: "people" });
    await app.run();
    expect((await value(app, "images.images"))).toMatchObject({ kind: "images" });

    await dropPaths(app, [at("beat.csv"), at("letter.txt")], { x: place.x - 100, y: place.y + 300 });
    await expect.poll(() => typesOf(app)).toEqual(["Image", "Network", "Images", "Signal"]);
    await expect.poll(() => notices(app).allTextContents().then(String)).toContain("“letter.txt” is nothing that a graph can use");
    // One step for each drop.
    expect(await pastOf(app)).toBe(4);
    await app.button("Undo").click();
    await expect.poll(() => typesOf(app)).toEqual(["Image", "Network", "Images"]);
  });

  it("a network dropped on an Encoder is its file, and encodes", async () => {
    const app = await openEditor();
    await openGraph(app, graph([node("photo", "Image", 0, 0), node("encoder", "Encoder", 320, 0)]));
    await dropPaths(app, [at("red.png")], await middleOf(app.node("photo")));
    await dropPaths(app, [at("means.onnx")], await middleOf(app.node("encoder")));
    await expect.poll(async () => (await nodeOf(app, "encoder")).params).toEqual({ network: "onnx-file", file: "means.onnx" });
    await drawWire(app, "photo.image", "encoder.image");
    await expect.poll(() => wiresOf(app)).toEqual(["photo.image -> encoder.image"]);
    await app.run();
    expect((await value(app, "encoder.encoding"))?.tensor?.shape).toEqual([1, 3]);
  });

  it("a model comes with its shards, a list with its pictures", async () => {
    const app = await openEditor();
    const place = await middle(app);
    await dropPaths(app, [at("people.csv"), at("red.png"), at("people/Ines/1.png")], place);
    await expect.poll(() => typesOf(app)).toEqual(["Dataset"]);
    expect((await nodeOf(app, "dataset")).params).toEqual({ file: "people/people.csv" });
    await app.button("Undo").click();
    await dropPaths(app, [at("model.json"), at("shard.bin")], place);
    await expect.poll(() => typesOf(app)).toEqual(["Network"]);
    expect((await nodeOf(app, "network")).params).toEqual({ file: "model/model.json" });
  });

  it("dropped on a node they are its file; beside the canvas they land on it; what cannot be used is said", async () => {
    const app = await openEditor();
    await openGraph(app, graph([node("photo", "Image", 0, 0), node("small", "Resize", 320, 0)]));
    await dropPaths(app, [at("red.png")], await middleOf(app.node("photo")));
    await expect.poll(async () => (await nodeOf(app, "photo")).params).toEqual({ file: "red.png" });
    expect(await typesOf(app)).toEqual(["Image", "Resize"]);
    await dropPaths(app, [at("red.png")], await middleOf(app.node("small")));
    await expect.poll(() => notices(app).allTextContents().then(String)).toContain("takes no file; drop it beside the node.");
    await dropPaths(app, [at("texts")], await onScreen(app, { x: 0, y: -120 }));
    await expect.poll(() => notices(app).allTextContents().then(String)).toContain("The folder “texts” holds no pictures");
    await dropPaths(app, [at("broken.json")], await onScreen(app, { x: 0, y: -120 }));
    await expect.poll(() => notices(app).allTextContents().then(String)).toContain("“broken.json” cannot be opened.");
    expect(await pastOf(app)).toBe(1);
    // A file on the toolbar: the browser would show it in the place of the page.
    await dropPaths(app, [at("red.png")], await middleOf(app.page.getByRole("textbox", { name: "Graph title" })));
    await expect.poll(() => typesOf(app)).toEqual(["Image", "Resize", "Image"]);
    await dropPaths(app, [at("beat.csv")], await middleOf(app.region("Node library")));
    await expect.poll(() => typesOf(app)).toEqual(["Image", "Resize", "Image", "Signal"]);
    expect(app.page.url()).toContain(app.url);
  });
});

describe("graphs", () => {
  it("a graph's JSON opens it, also on the hints of an empty canvas; a PNG of the canvas brings it back, with its files", async () => {
    const app = await openEditor();
    await app.page.getByText("Draw a pipeline").waitFor();
    await dropPaths(app, [at("far.json")], await middle(app));
    await expect.poll(async () => (await app.document()).title).toBe("Far apart");
    expect(await app.document()).toMatchObject({ nodes: DISTANCE.nodes, wires: DISTANCE.wires });
    await expect.poll(() => app.nodes.count()).toBe(5);

    await dropPaths(app, [at("red.png")], await onScreen(app, { x: 0, y: -150 }));
    await expect.poll(() => app.nodes.count()).toBe(6);
    const kept = await app.document();
    await command(app, "Export…");
    await app.page.getByRole("tab", { name: "Picture" }).click();
    const [download] = await Promise.all([app.page.waitForEvent("download"), app.dialog("Export").getByRole("button", { name: "Download" }).click()]);
    const bytes = await readFile(await download.path());
    await writeFile(at("canvas.png"), bytes);
    await app.press("Escape");

    // In another profile: nothing of it is there but the picture.
    const other = await openEditor();
    await dropPaths(other, [at("canvas.png")], await middle(other));
    await expect.poll(() => other.document()).toEqual(kept);
    await other.run();
    expect((await value(other, "d.distance"))?.tensor?.mean).toBeCloseTo(6.974, 2);
    expect(await value(other, "image.image")).not.toBeNull();
  });
});

describe("the clipboard", () => {
  it("a picture is pasted as an Image node, under the pointer or from the menu; text as nodes", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    const place = await onScreen(app, { x: 320, y: 420 });
    await app.page.mouse.move(place.x, place.y);
    await copyPicture(app, pngOf(7));
    await app.press("$mod+KeyV");
    await expect.poll(() => typesOf(app)).toContain("Image");
    expect((await nodeOf(app, "image")).params["file"]).toMatch(/\.png$/);
    expect(await near(app, "image", place)).toBeLessThan(60 * (await view(app)).zoom + 60);
    await app.button("Undo").click();
    await expect.poll(() => typesOf(app)).not.toContain("Image");
    await command(app, "Paste");
    await expect.poll(() => typesOf(app)).toContain("Image");

    // A part of a graph, as text: new names, wires among them kept.
    await app.node("c1").locator(".pb-node-title").click();
    await app.node("l").locator(".pb-node-title").click({ modifiers: ["Shift"] });
    await app.press("$mod+KeyC");
    await expect.poll(() => app.page.evaluate(() => navigator.clipboard.readText())).toContain('"Constant"');
    await app.page.mouse.move(place.x, place.y);
    await app.press("$mod+KeyV");
    await expect.poll(async () => (await app.document()).wires.length).toBe(5);
    expect(await wiresOf(app)).toContain("c1-2.value -> l-2.x");
    expect([...(await app.state()).selected].sort()).toEqual(["c1-2", "l-2"]);

    await copyText(app, "Dear reader");
    await app.press("$mod+KeyV");
    expect((await app.document()).wires.length).toBe(5);
    // A whole graph as text: its nodes come to those that are there.
    await copyText(app, serializeGraph(graph([node("only", "Pattern", 0, 0)])));
    await app.press("$mod+KeyV");
    await expect.poll(() => typesOf(app)).toContain("Pattern");
    expect(await app.document()).toMatchObject({ title: "Far apart" });
  });
});
