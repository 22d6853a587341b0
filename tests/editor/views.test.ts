/** What nodes show of what they compute, after real runs: pictures, faces, encodings, distances, people, features, losses; and any value in full. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { GraphDocument } from "@patchbay/graph-core";
import { expect, it } from "vitest";
import type { Download, Locator } from "playwright-core";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { openEditor, type App } from "./app.ts";
import { middleOf, node, openGraph, still } from "./hands.ts";
import { ROOT } from "./site.ts";

const LONG = { timeout: 60_000, interval: 200 };
const viewport = { width: 1800, height: 1200 };

const example = async (name: string): Promise<GraphDocument> => JSON.parse(await readFile(path.join(ROOT, `examples/${name}.json`), "utf8")) as GraphDocument;
const photo = (name: string): Promise<Buffer> => readFile(path.join(ROOT, `node_modules/@vladmandic/face-api/demo/${name}.jpg`));

/** The same graph with some parameters set, and without some wires. */
const changed = (document: GraphDocument, params: { readonly [node: string]: GraphDocument["nodes"][number]["params"] }): GraphDocument => ({
  ...document, nodes: document.nodes.map((n) => (params[n.id] ? { ...n, params: { ...n.params, ...params[n.id] } } : n)),
});

const summary = (app: App, key: string) => app.page.evaluate((k) => (globalThis as unknown as { patchbay: PageHandle }).patchbay.value(k), key);
const picture = (canvas: Locator): Promise<string> => canvas.evaluate((c) => (c as HTMLCanvasElement).toDataURL());

/** Opens a menu of the value's dialog, chooses, and gives the text on the clipboard. */
async function copied(app: App, what: string): Promise<string> {
  await app.dialog().getByRole("button", { name: "Copy", exact: true }).click();
  await app.page.getByRole("menuitem", { name: what }).click();
  return app.page.evaluate(() => navigator.clipboard.readText());
}

async function downloaded(app: App, what: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting = app.page.waitForEvent("download") as Promise<Download>;
  await app.dialog().getByRole("button", { name: "Download", exact: true }).click();
  await app.page.getByRole("menuitem", { name: what }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile((await download.path())!) };
}

/** What the dialog says beside the picture. */
const fact = (app: App, name: string): Promise<string | null> => app.dialog().locator("dl > div").filter({ has: app.page.getByText(name, { exact: true }) }).locator("dd").textContent();

/** NumPy's file: its header, and the numbers after it. */
function readNpy(bytes: Buffer): { header: string; data: Float32Array } {
  const length = bytes.readUInt16LE(8);
  return { header: bytes.toString("latin1", 10, 10 + length), data: new Float32Array(bytes.buffer.slice(bytes.byteOffset + 10 + length, bytes.byteOffset + bytes.length)) };
}

it("shows a verification: pictures, boxes, strips, the gauge between both faces; and its values in full", async () => {
  const app = await openEditor({ example: "face-verification", viewport });
  // The chosen file is seen before anything has run.
  await app.node("photo").getByRole("button", { name: "Photo: sample1.jpg. Open large" }).locator("img").waitFor();
  expect(await app.node("photo-faces").getByRole("button", { name: /Open large/ }).count()).toBe(0);
  await app.run();

  await app.node("photo-faces").getByRole("button", { name: /: 3 faces\. Open large/ }).waitFor();
  await expect.poll(() => app.node("photo-faces").locator(".pb-face-box").count()).toBe(3);
  await expect.poll(() => app.node("photo-faces").locator(".pb-faces-list li").count()).toBe(3);
  await app.node("photo-encoding").getByRole("img", { name: "Encoding of 128 numbers" }).waitFor();

  const distance = (await summary(app, "distance.distance"))!.tensor!.mean;
  expect(distance).toBeGreaterThan(0.3);
  expect(distance).toBeLessThan(0.6);
  const gauge = app.node("distance");
  await gauge.getByRole("img", { name: `Distance ${distance.toFixed(2)}, threshold 0.60: same person` }).waitFor();
  for (const face of ["First face", "Second face"]) await gauge.getByRole("img", { name: face }).waitFor();
  expect(await picture(gauge.getByRole("img", { name: "First face" }))).not.toBe(await picture(gauge.getByRole("img", { name: "Second face" })));
  await expect.poll(() => app.node("threshold").locator(".pb-decision").innerText()).toContain("Same person");

  // τ stands on the gauge as it is set, without another run.
  const { runs } = await app.state();
  const threshold = app.node("threshold").getByRole("spinbutton", { name: "Threshold" });
  await threshold.focus();
  await threshold.fill("0.3");
  await threshold.press("Enter");
  await gauge.getByRole("img", { name: `Distance ${distance.toFixed(2)}, threshold 0.30: different people` }).waitFor();
  await app.node("threshold").getByText("changed since").waitFor();
  expect((await app.state()).runs).toBe(runs);
  await app.button("Undo").click();
  await gauge.getByRole("img", { name: /threshold 0\.60: same person/ }).waitFor();

  // Large: zoomed by button, wheel and key, and laid over the picture that it was made of.
  await app.node("photo-faces").getByRole("button", { name: /Open large/ }).click();
  const viewer = app.dialog("Face detector");
  const scale = async (): Promise<number> => Number.parseInt(await viewer.locator(".pb-viewer-scale").innerText(), 10);
  await expect.poll(scale).toBeLessThan(100);
  const fitted = await scale();
  await viewer.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(scale).toBeGreaterThan(fitted * 1.4);
  await viewer.getByRole("button", { name: "Fit the window" }).click();
  await expect.poll(scale).toBe(fitted);
  await viewer.locator(".pb-stage").hover();
  await app.page.mouse.wheel(0, -400);
  await expect.poll(scale).toBeGreaterThan(fitted);
  await app.press("1");
  await expect.poll(scale).toBe(100);
  await expect.poll(() => viewer.locator(".pb-stage-pixel").innerText()).toMatch(/x \d+, y \d+ · \d+ \d+ \d+/);
  await viewer.getByLabel("Compare with").selectOption({ label: "Photo (photo)" });
  const border = viewer.getByRole("slider", { name: "Border between Photo (photo) and Face detector" });
  await border.focus();
  await app.press("Home");
  const after = await picture(viewer.locator(".pb-stage canvas"));
  await app.press("End");
  await expect.poll(() => picture(viewer.locator(".pb-stage canvas"))).not.toBe(after);
  await app.press("Escape");
  await viewer.waitFor({ state: "detached" });

  // A wire under the pointer says what it carries; chosen, it offers all of it.
  const at = await middleOf(app, "photo-encoding.encoding -> distance.a");
  await app.page.mouse.move(at.x, at.y);
  await expect.poll(() => app.page.locator(".pb-wire-tip").innerText()).toMatch(/float32 \[1,128\][\s\S]*mean/);
  await app.page.mouse.click(at.x, at.y);
  await app.page.locator(".pb-wire-tip").waitFor({ state: "detached" });
  await app.region("Canvas").getByRole("button", { name: "Inspect value" }).and(app.page.locator("[data-wire-inspect]")).click();
  await app.dialog("Encoder: encoding").waitFor();
  expect(await fact(app, "shape")).toBe("1 × 128");
  const { min, mean, max, histogram } = (await summary(app, "photo-encoding.encoding"))!.tensor!;
  const saved = await downloaded(app, "Download NumPy (.npy)");
  expect(saved.name).toMatch(/\.npy$/);
  const { header, data } = readNpy(saved.bytes);
  expect(header).toContain("'shape': (1, 128)");
  expect(data).toHaveLength(128);
  expect(Math.min(...data)).toBeCloseTo(min, 6);
  expect(Math.max(...data)).toBeCloseTo(max, 6);
  expect(data.reduce((sum, x) => sum + x, 0) / 128).toBeCloseTo(mean, 6);
  expect(Number((await fact(app, "mean"))!.replace("−", "-"))).toBeCloseTo(mean, 4);
  expect(Number((await fact(app, "highest"))!)).toBeCloseTo(max, 4);
  expect(await app.dialog().getByRole("img", { name: /^Histogram from/ }).locator("rect").count()).toBe(histogram.length);
  const csv = await downloaded(app, "Download CSV");
  expect(csv.bytes.toString().trim().split(/[\n,]/).map(Number).filter((x) => Math.abs(x - data[5]!) < 1e-6).length).toBeGreaterThan(0);
  await app.dialog().getByRole("tab", { name: "Numbers" }).click();
  expect(Number((await app.dialog().getByRole("gridcell").first().innerText()).replace("−", "-"))).toBeCloseTo(data[0]!, 4);
  await app.press("Escape");

  // The other encoding from its node; both together give the distance on the gauge.
  await app.node("reference-encoding").getByRole("button", { name: "Inspect value" }).click();
  await app.dialog("Encoder: encoding").waitFor();
  const other = (JSON.parse(await copied(app, "Copy as JSON")) as { data: number[][] }).data[0]!;
  expect(Math.sqrt(other.reduce((sum, x, i) => sum + (x - data[i]!) ** 2, 0))).toBeCloseTo(distance, 4);
}, 180_000);

it("shows people as a grid and as ranked candidates, and enrols at the gallery by drop and by camera", async () => {
  const app = await openEditor({ viewport, allow: /Failed to load resource/ });
  const people = "Nora=npm:@vladmandic/face-api/demo/sample3.jpg#xywh=950,80,500,560, Ines=npm:@vladmandic/face-api/demo/sample3.jpg#xywh=470,280,420,420";
  await openGraph(app, changed(await example("face-recognition"), { people: { file: people } }));
  const names = () => app.node("gallery").locator(".pb-people-name").allInnerTexts();
  const list = async () => String((await app.document()).nodes.find((n) => n.id === "people")!.params["file"]);
  await app.run();
  await expect.poll(names).toEqual(["Nora", "Ines"]);
  await expect.poll(() => app.node("gallery").locator(".pb-people canvas").count()).toBe(2);

  const candidates = app.node("recognise").locator(".pb-distances li:not(.pb-distances-tau)");
  await expect.poll(() => app.node("recognise").locator(".pb-identity b").innerText()).toBe("Nora");
  await expect.poll(() => candidates.locator(".pb-distances-name").allInnerTexts()).toEqual(["Nora", "Ines"]);
  const [nearest, next] = (await candidates.locator(".pb-distances-number").allInnerTexts()).map(Number);
  expect(nearest).toBeLessThan(0.5);
  expect(next).toBeGreaterThan(0.5);

  // Dropped on the gallery: they join the list that feeds it, in one step, and are seen there at once.
  const past = (await app.state()).past;
  await app.drop(app.node("gallery").getByRole("group", { name: "Enrol people" }), [{ name: "Mara.jpg", type: "image/jpeg", bytes: await photo("sample6") }], { x: 40, y: 20 });
  await expect.poll(names, LONG).toEqual(["Nora", "Ines", "Mara"]);
  expect(await list()).toContain("Mara.jpg");
  expect((await app.state()).past).toBe(past + 1);
  await app.idle();
  await app.button("Undo").click();
  await expect.poll(list).toBe(people);

  // With the camera, by name; a test picture has no face, and the node that looks for one says so.
  await app.node("enrol").getByRole("button", { name: "Enrol with the camera" }).click();
  const camera = app.dialog("Enrol with the camera");
  await camera.getByRole("textbox", { name: "Person’s name" }).or(camera.getByRole("combobox", { name: "Person’s name" })).fill("Zoe");
  await camera.getByRole("button", { name: "Take the photo" }).click();
  await camera.getByRole("img", { name: "The photo that was taken" }).waitFor();
  await camera.getByRole("button", { name: "Use this photo" }).click();
  await expect.poll(list).toMatch(/Ines=.*, Zoe=\S+\.jpg$/);
  await app.idle();
  await app.button("Undo").click();
  await expect.poll(list).toBe(people);
}, 180_000);

it("shows features, Gram matrices, and an optimisation as it goes on", async () => {
  const app = await openEditor({ viewport });
  const style = changed(await example("style-transfer"), { painting: { width: 96, height: 72 }, "content-size": { width: 64 }, "style-size": { width: 64 }, paint: { steps: 5000, parametrisation: "pixels" } });
  await openGraph(app, { ...style, nodes: [...style.nodes, node("layer", "Conv2D", 1056, 1300, { filters: 8 }), node("gram", "GramMatrix", 1408, 1400)], wires: [...style.wires, { from: "style-size.image", to: "layer.input" }, { from: "layer.output", to: "gram.activations" }] });
  await app.button("Run").click();

  // Every step further: another picture, more steps, the time that is left.
  const paint = app.node("paint");
  const step = async (): Promise<number> => Number(/step (\d+) of 5000/.exec(await paint.innerText())?.[1] ?? 0);
  await expect.poll(step, LONG).toBeGreaterThan(3);
  const preview = paint.getByRole("button", { name: /The picture after \d+ steps\. Open large/ });
  const [early, first] = [await step(), await picture(preview.locator("canvas"))];
  await expect.poll(step, LONG).toBeGreaterThan(early + 3);
  expect(await picture(preview.locator("canvas"))).not.toBe(first);
  expect(await paint.innerText()).toMatch(/step \d+ of 5000 · [\d.]+ m?s each · .+ left/);
  expect(Number(await paint.getByRole("progressbar").getAttribute("aria-valuenow"))).toBeGreaterThan(early);

  // A curve for each term, on a logarithmic axis until one does not want it.
  const legend = paint.locator("figure li button span");
  await expect.poll(async () => (await legend.allInnerTexts()).sort()).toEqual(["Content cost", "Style cost", "Total", "Total variation"]);
  const axis = paint.getByRole("button", { name: "log axis" });
  expect(await axis.getAttribute("aria-pressed")).toBe("true");
  await axis.click();
  await expect.poll(() => axis.getAttribute("aria-pressed")).toBe("false");
  const total = async (): Promise<number> => Number(/Total ([\d.e−-]+)/.exec((await paint.locator("figure").getAttribute("aria-label")) ?? "")?.[1]?.replace("−", "-"));
  const before = await total();
  await expect.poll(total, LONG).toBeLessThan(before * 0.98);
  await app.node("style-cost").getByText(/% of the first|of the first/).waitFor();

  await app.button("Stop").click();
  await app.idle();
  // What was reached stands.
  await paint.getByRole("button", { name: /Open large/ }).first().waitFor();

  // The picture that it was made of, at one place beside it.
  await paint.getByRole("button", { name: /Open large/ }).first().click();
  const viewer = app.dialog("Pixel optimizer");
  await viewer.getByLabel("Compare with").selectOption({ label: "Resize (content-size)" });
  await viewer.getByRole("slider", { name: /Border between/ }).waitFor();
  await app.press("Escape");

  // To its end, of which every node has something to show.
  const steps = paint.getByRole("spinbutton", { name: "Steps" });
  await steps.focus();
  await steps.fill("4");
  await steps.press("Enter");
  await app.run();

  // Features: layers to choose from, their channels as pictures, in pages.
  const maps = app.node("style-features");
  await maps.getByRole("tab", { name: "c3" }).click();
  await maps.getByRole("button", { name: /^Channel 0 of c3, \d+ by \d+\. Open large/ }).waitFor();
  await maps.getByRole("button", { name: "Next channels" }).click();
  await maps.getByRole("button", { name: /^Channel 12 of c3/ }).waitFor();
  await maps.getByText(/channels 12–23 of \d+/).waitFor();

  const [rows, columns] = (await summary(app, "gram.gram"))!.tensor!.shape;
  expect(rows).toBe(columns);
  await app.node("gram").getByRole("button", { name: new RegExp(`as a heat map of ${rows} rows and ${columns} columns`) }).waitFor();
  await still(app);
}, 180_000);
