/** Finding a node type and putting it into the graph: the library, and the palette wherever it opens. */
import { describe, expect, it } from "vitest";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { openEditor, type App } from "./app.ts";
import { boxOf, graph, grip, node, openGraph } from "./hands.ts";
import { dragFromLibrary, middleOf, middleOfWire, onScreen, pastOf, portPlace, pull, typesOf, wire, wiresOf, type Point } from "./wiring.ts";

const search = (app: App) => app.page.getByRole("searchbox", { name: "Search nodes" });
const entries = (app: App) => app.region("Node library").locator("[data-node-type]");
const shownTypes = (app: App): Promise<string[]> => entries(app).evaluateAll((all) => all.map((e) => e.getAttribute("data-node-type")!));
const palette = (app: App) => app.dialog("Add a node");
const offers = (app: App): Promise<string[]> => palette(app).getByRole("option").locator(".pb-palette-title").allTextContents();
/** How far a node's top left corner is from a place of the window. */
const distance = async (app: App, id: string, at: Point): Promise<number> => {
  const { x, y } = await boxOf(app.node(id));
  return Math.hypot(x - at.x, y - at.y);
};
const CHAIN = graph(
  [node("paint", "Pattern", 0, 0, { width: 64, height: 48 }), node("out", "ImageOutput", 640, 0), node("flat", "Constant", 0, 420), node("v", "ValueOutput", 640, 420)],
  ["paint.image -> out.image"],
);

describe("the library", () => {
  it("lists every node in groups with a line of help, and finds it by other names and half-typed words", async () => {
    const app = await openEditor();
    const library = app.region("Node library");
    const groups = await library.locator("h3 button").evaluateAll((all) => all.map((e) => [e.childNodes[1]!.textContent, Number(e.querySelector(".pb-library-count")!.textContent)] as const));
    expect(groups.map(([title]) => title)).toEqual(expect.arrayContaining(["Sources", "Images", "Faces", "Encoders", "Layers", "Style", "Outputs"]));
    const all = await shownTypes(app);
    expect(groups.reduce((sum, [, count]) => sum + count, 0)).toBe(all.length);
    expect(all.length).toBeGreaterThan(35);
    const help = await entries(app).locator(".pb-library-help").allTextContents();
    expect(help.length).toBe(all.length);
    for (const [i, line] of help.entries()) expect(line.length, all[i]).toBeGreaterThan(10);
    expect(await library.getByRole("button", { name: "Resize" }).getAttribute("aria-description")).toMatch(/^Resizes a picture/);
    await library.getByRole("button", { name: "Sources" }).click();
    await expect.poll(async () => (await shownTypes(app)).includes("Pattern")).toBe(false);
    await library.getByRole("button", { name: "Sources" }).click();

    for (const [words, first] of [["relu", "Activation"], ["embedding", "Encoder"], ["similarity", "Distance"], ["thumbnail", "Resize"], ["fully connected", "Dense"], ["max pool", "Pool"], ["ekg", "Signal"], ["photo", "Image"], ["gram", "GramMatrix"], ["face det", "FaceDetector"]] as const) {
      await search(app).fill(words);
      await expect.poll(async () => (await shownTypes(app))[0], { message: words }).toBe(first);
    }
    await search(app).fill("embedding");
    await expect.poll(() => entries(app).first().textContent()).toContain("found by “embedding”");
    await search(app).fill("qqxx");
    await expect.poll(() => library.textContent()).toContain("No node is called that.");
    await app.press("Escape");
    await expect.poll(() => search(app).inputValue()).toBe("");
    // By keyboard: down to an entry, Enter adds it.
    await search(app).fill("resize");
    await expect.poll(async () => (await shownTypes(app))[0]).toBe("Resize");
    await app.press("ArrowDown");
    await app.press("Enter");
    await expect.poll(() => typesOf(app)).toEqual(["Resize"]);
  });

  it("drags a node to the canvas, and onto a wire that it fits", async () => {
    const app = await openEditor();
    await openGraph(app, CHAIN);
    const place = await onScreen(app, { x: 380, y: 260 });
    await dragFromLibrary(app, "Constant", place);
    await app.page.mouse.up();
    await expect.poll(() => typesOf(app)).toEqual(["Pattern", "ImageOutput", "Constant", "ValueOutput", "Constant"]);
    const { x, y, width } = await boxOf(app.node("constant"));
    expect([Math.abs(x + width / 2 - place.x), Math.abs(y - place.y)].every((d) => d < 30)).toBe(true);
    expect([await pastOf(app), (await app.state()).selected]).toEqual([1, ["constant"]]);

    await dragFromLibrary(app, "Resize", await middleOfWire(wire(app, "paint.image", "out.image")));
    await expect.poll(() => wire(app, "paint.image", "out.image").locator(".pb-wire").getAttribute("data-drop")).toBe("true");
    await app.page.mouse.up();
    await expect.poll(() => wiresOf(app)).toEqual(["paint.image -> resize.image", "resize.image -> out.image"]);
    expect(await pastOf(app)).toBe(2);
    await app.button("Undo").click();
    await expect.poll(() => wiresOf(app)).toEqual(["paint.image -> out.image"]);
    // One that does not fit is put down beside the wire, which does not light up.
    await dragFromLibrary(app, "Distance", await middleOfWire(wire(app, "paint.image", "out.image")));
    expect(await wire(app, "paint.image", "out.image").locator(".pb-wire").getAttribute("data-drop")).toBeNull();
    await app.page.mouse.up();
    await expect.poll(() => typesOf(app)).toContain("Distance");
    expect(await wiresOf(app)).toEqual(["paint.image -> out.image"]);
  });
});

describe("the palette", () => {
  it("opens on double click, on Space and on /, and puts the node where one points", async () => {
    const app = await openEditor();
    const canvas = await boxOf(app.region("Canvas"));
    const place = { x: canvas.x + 140, y: canvas.y + 140 };
    await app.page.mouse.dblclick(place.x, place.y);
    await palette(app).waitFor();
    expect((await offers(app)).length).toBeGreaterThan(35);
    await app.page.keyboard.type("brush");
    await expect.poll(async () => (await offers(app))[0]).toBe("Pattern");
    await app.press("Enter");
    await expect.poll(() => typesOf(app)).toEqual(["Pattern"]);
    expect(await distance(app, "pattern", { x: place.x - 124, y: place.y - 20 })).toBeLessThan(20);
    for (const [key, x] of [["Space", 420], ["Slash", 700]] as const) {
      await app.page.mouse.move(canvas.x + x, canvas.y + 420);
      await app.press(key);
      await palette(app).waitFor();
      // The key that opened it is not typed into it.
      expect(await palette(app).getByRole("combobox").inputValue()).toBe("");
      await app.page.keyboard.type("resize");
      await expect.poll(async () => (await offers(app))[0]).toBe("Resize");
      await app.press("Enter");
      await palette(app).waitFor({ state: "detached" });
      const id = key === "Space" ? "resize" : "resize-2";
      await expect.poll(() => app.node(id).count()).toBe(1);
      expect(await distance(app, id, { x: canvas.x + x - 124, y: canvas.y + 400 })).toBeLessThan(20);
    }
    // What was used last comes first; a word that nothing has is said; Escape and a press beside it change nothing.
    await app.press("Space");
    await expect.poll(async () => (await offers(app)).slice(0, 2)).toEqual(["Resize", "Pattern"]);
    await app.page.keyboard.type("qqxx");
    await expect.poll(() => palette(app).textContent()).toContain("No node is called “qqxx”.");
    await app.press("Escape");
    await palette(app).waitFor({ state: "detached" });
    await app.page.mouse.dblclick(canvas.x + 140, canvas.y + 600);
    await palette(app).waitFor();
    await app.page.mouse.click(canvas.x + 750, canvas.y + 60);
    await palette(app).waitFor({ state: "detached" });
    expect([await pastOf(app), (await typesOf(app)).length]).toEqual([3, 3]);
  });

  it("a wire dropped on empty canvas asks for what fits there, in both directions, and connects it in one step", async () => {
    const app = await openEditor();
    await openGraph(app, CHAIN);
    const place = await onScreen(app, { x: 380, y: 240 });
    await pull(app, await portPlace(app, "paint.image", "output"), place);
    await app.page.mouse.up();
    await palette(app).waitFor();
    expect(await palette(app).textContent()).toContain("Takes an image of 64×48 from Pattern.");
    const fit = await offers(app);
    expect(fit).toEqual(expect.arrayContaining(["Resize", "Crop", "Face detector", "Image output"]));
    for (const not of ["Distance", "Pattern", "Threshold", "Gram matrix"]) expect(fit).not.toContain(not);
    await app.page.keyboard.type("resi");
    await expect.poll(async () => (await offers(app))[0]).toBe("Resize");
    await app.press("Enter");
    await expect.poll(() => wiresOf(app)).toEqual(["paint.image -> out.image", "paint.image -> resize.image"]);
    // Its port is where the wire was let go.
    const made = await portPlace(app, "resize.image", "input");
    expect(Math.hypot(made.x - place.x, made.y - place.y)).toBeLessThan(16);
    expect(await pastOf(app)).toBe(1);
    await app.button("Undo").click();
    await expect.poll(async () => [(await typesOf(app)).length, await wiresOf(app)]).toEqual([4, ["paint.image -> out.image"]]);

    // From an input: what could give it.
    const back = await onScreen(app, { x: 480, y: 330 });
    await pull(app, await portPlace(app, "v.value", "input"), back);
    await app.page.mouse.up();
    await palette(app).waitFor();
    expect(await palette(app).textContent()).toContain("Goes into Value output");
    await app.page.keyboard.type("distance");
    await expect.poll(async () => (await offers(app))[0]).toBe("Distance");
    await app.press("Enter");
    await expect.poll(() => wiresOf(app)).toContain("distance.distance -> v.value");
    const end = await portPlace(app, "distance.distance", "output");
    expect(Math.hypot(end.x - back.x, end.y - back.y)).toBeLessThan(30);
    expect(await pastOf(app)).toBe(1);
    // Let go over nothing, and then nothing chosen: nothing happened.
    await pull(app, await portPlace(app, "paint.image", "output"), place);
    await app.page.mouse.up();
    await palette(app).waitFor();
    await app.press("Escape");
    await palette(app).waitFor({ state: "detached" });
    expect(await pastOf(app)).toBe(1);
  });

  it("works inside a subgraph, and puts a node between the ends of a wire", async () => {
    const inner = graph([node("a", "L2Normalise", 0, 0), node("b", "L2Normalise", 400, 0)], ["a.y -> b.x"]);
    const app = await openEditor();
    await openGraph(app, graph(
      [node("k", "Constant", 0, 0, { values: [3, 4] }), { ...node("sub", "Subgraph", 400, 0), graph: { nodes: inner.nodes, wires: inner.wires, interface: { inputs: [{ name: "x", node: "a", port: "x" }], outputs: [{ name: "y", node: "b", port: "y" }] } } } as never],
      ["k.value -> sub.x"],
    ));
    await grip(app, "sub").dblclick();
    await app.node("b").waitFor();
    const inside = async () => (await app.document()).nodes.find((n) => n.id === "sub")!.graph!;
    await expect.poll(async () => (await boxOf(app.node("b"))).width).toBeGreaterThan(100);
    const { x, y } = await middleOf(wire(app, "a.y", "b.x"));
    await app.page.mouse.click(x, y);
    await app.press("Shift+KeyA");
    await palette(app).waitFor();
    await expect.poll(() => palette(app).textContent()).toContain("Fits between");
    await app.page.keyboard.type("normalise");
    await expect.poll(() => offers(app)).toContain("L2 normalise");
    await palette(app).getByRole("option").filter({ hasText: "L2 normalise" }).click();
    await expect.poll(async () => (await inside()).wires.map((w) => `${w.from} -> ${w.to}`).sort()).toEqual(["a.y -> l2-normalise.x", "l2-normalise.y -> b.x"]);
    expect([await pastOf(app), await typesOf(app)]).toEqual([1, ["Constant", "Subgraph"]]);
    await app.run();
    expect((await app.page.evaluate(() => (globalThis as unknown as { patchbay: PageHandle }).patchbay.value("sub/l2-normalise.y")))?.tensor?.shape).toEqual([2]);
  });
});
