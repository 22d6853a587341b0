/** Parameters as people set them: on the node and in the inspector, by slider, by typing, by file; with their documentation. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import type { Json } from "@patchbay/graph-core";
import { openEditor, type App } from "./app.ts";
import { boxOf, drag, dragBy, graph, grip, node, nodeOf, openGraph, selectNodes } from "./hands.ts";
import { pngOf } from "./pictures.ts";
import { ROOT } from "./site.ts";

const viewport = { width: 1600, height: 1000 };
const param = async (app: App, id: string, name: string): Promise<Json | undefined> => (await nodeOf(app, id)).params[name];
const past = async (app: App): Promise<number> => (await app.state()).past;
const row = (app: App, name: string) => app.region("Inspector").locator(`.pb-param[data-param="${name}"]`);

it("sets numbers by slider, by dragging on the node and by typing, with units, limits and a way back", async () => {
  const app = await openEditor({ example: "face-verification", viewport });
  await selectNodes(app, "threshold");
  const inspected = row(app, "threshold");

  // One drag of the slider is one step, however often the value changed.
  const track = await boxOf(inspected.locator(".pb-number-slider"));
  const thumb = await boxOf(inspected.getByRole("slider", { name: "Threshold" }));
  const from = { x: thumb.x + thumb.width / 2, y: thumb.y + thumb.height / 2 };
  await drag(app, from, { x: track.x + track.width * 0.8, y: from.y });
  await expect.poll(() => past(app)).toBe(1);
  const dragged = Number(await param(app, "threshold", "threshold"));
  expect(dragged).toBeGreaterThan(0.7);
  await expect.poll(() => app.node("threshold").getByRole("spinbutton", { name: "Threshold" }).inputValue()).toBe(String(dragged));
  await app.button("Undo").click();
  await expect.poll(() => param(app, "threshold", "threshold")).not.toBe(dragged);
  expect(await past(app)).toBe(0);

  // So is a drag over the number on the node.
  const bar = app.node("threshold").getByRole("spinbutton", { name: "Threshold" });
  await dragBy(app, bar, 30, 0);
  await expect.poll(() => past(app)).toBe(1);
  expect(Number(await param(app, "threshold", "threshold"))).toBeGreaterThan(0.6);
  await app.button("Undo").click();

  // Typed, as a calculation; the arrow keys; and back to the default.
  const entry = inspected.getByRole("spinbutton", { name: "Threshold" });
  await entry.fill("1/4 + 20 %");
  await entry.press("Enter");
  await expect.poll(() => param(app, "threshold", "threshold")).toBeCloseTo(0.45, 9);
  await entry.press("ArrowUp");
  await expect.poll(async () => Number(await param(app, "threshold", "threshold"))).toBeGreaterThan(0.45);
  await inspected.getByRole("button", { name: "Reset threshold to 0.6" }).click();
  await expect.poll(() => param(app, "threshold", "threshold")).toBeUndefined();
  await expect.poll(() => inspected.getByRole("button", { name: /^Reset/ }).count()).toBe(0);
  // Help stands under it, and what an input of the graph sets is said.
  expect(await inspected.innerText()).toMatch(/largest distance/i);
  expect(await inspected.innerText()).toContain("Set by input “threshold”.");

  // Units, limits and what is no number.
  await selectNodes(app, "photo-chip");
  const size = row(app, "size");
  const pixels = size.getByRole("spinbutton", { name: "Size, in px" });
  expect(await pixels.getAttribute("aria-valuetext")).toBe("150 px");
  expect(await size.locator(".pb-number-unit").innerText()).toBe("px");
  const [least, most] = [await pixels.getAttribute("aria-valuemin"), await pixels.getAttribute("aria-valuemax")];
  await pixels.fill(String(Number(most) + 1));
  await pixels.press("Enter");
  await expect.poll(() => size.locator(".pb-problem-text").first().innerText()).toMatch(new RegExp(`${least}\\D+${most}`));
  await size.getByRole("button", { name: "Use the default" }).click();
  await expect.poll(() => param(app, "photo-chip", "size")).toBeUndefined();
  await pixels.fill("many");
  await pixels.press("Enter");
  expect(await size.getByRole("alert").innerText()).toBe("“many” is not a number, nor a calculation such as 1/3.");
  await pixels.press("Escape");
  await pixels.fill("2 * 48 px");
  await pixels.press("Enter");
  await expect.poll(() => param(app, "photo-chip", "size")).toBe(96);
  // Seen along the wire at once, before anything runs.
  await expect.poll(() => app.region("Inspector").innerText()).toContain("96,96,3");

  // Given to the graph as an input, and taken back.
  const inputs = async (): Promise<string[]> => ((await app.document()).interface?.inputs ?? []).map((i) => `${i.node}.${i.param}`);
  expect(await inputs()).not.toContain("photo-chip.size");
  await size.getByRole("button", { name: "Expose size as an input of the graph" }).click();
  await expect.poll(inputs).toContain("photo-chip.size");
  await size.getByRole("button", { name: /no longer expose it/ }).click();
  await expect.poll(inputs).not.toContain("photo-chip.size");

  // What the node does, its formula set, and a reference that is there.
  await selectNodes(app, "distance");
  const doc = app.region("Inspector");
  await doc.getByRole("group", { name: "Formula" }).locator("math").first().waitFor();
  const [tab] = await Promise.all([app.context.waitForEvent("page"), doc.getByRole("link", { name: /in the reference/ }).click()]);
  await tab.waitForLoadState("domcontentloaded");
  expect(new URL(tab.url()).hash).toBe("#distance");
  expect(await tab.locator("#distance").count()).toBe(1);
  expect(await tab.title()).toMatch(/node reference/i);
  await tab.close();
}, 120_000);

it("takes pictures by choosing, dropping, from the samples, and lets them go; sets layers, choices and what was wrong", async () => {
  const app = await openEditor({ viewport });
  await openGraph(app, graph(
    [
      node("photo", "Image", 0, 0), node("broken", "Resize", 340, 0, { width: -5 }), node("style", "FeatureExtractor", 680, 0, { layers: ["c0", "c3"] }), node("made", "FeatureExtractor", 680, 420, { layers: ["c0", "c3"] }),
      node("cost", "StyleCost", 1020, 0),
    ],
    ["photo.image -> broken.image", "broken.image -> style.image", "broken.image -> made.image", "style.activations -> cost.style", "made.activations -> cost.generated"],
  ));
  await selectNodes(app, "photo");
  const file = row(app, "file");
  const value = () => param(app, "photo", "file");
  const png = (seed: number): Buffer => pngOf(seed, 24);

  const [chooser] = await Promise.all([app.page.waitForEvent("filechooser"), file.getByRole("button", { name: "Choose…", exact: true }).click()]);
  await chooser.setFiles({ name: "first.png", mimeType: "image/png", buffer: png(1) });
  await expect.poll(value).toBe("first.png");
  await expect.poll(() => file.locator(".pb-file-size").innerText()).toBe("24 × 24");
  await app.drop(file.locator(".pb-drop"), [{ name: "second.png", type: "image/png", bytes: png(2) }], { x: 30, y: 20 });
  await expect.poll(value).toBe("second.png");
  // On the node too; a text is no picture, and that is said.
  await app.drop(app.node("photo").locator(".pb-file-row"), [{ name: "third.png", type: "image/png", bytes: png(3) }], { x: 20, y: 8 });
  await expect.poll(value).toBe("third.png");
  await app.drop(app.node("photo").locator(".pb-file-row"), [{ name: "words.txt", type: "text/plain", bytes: new TextEncoder().encode("words") }], { x: 20, y: 8 });
  await app.text("“words.txt” is not a picture.").waitFor();
  expect(await value()).toBe("third.png");
  await file.getByRole("button", { name: "Samples" }).click();
  await app.page.getByRole("button", { name: "Sample 2" }).click();
  await expect.poll(value).toMatch(/sample2\.jpg$/);
  await expect.poll(() => app.node("photo").locator(".pb-view img").count()).toBe(1);
  await file.getByRole("button", { name: "Clear file" }).click();
  await expect.poll(value).toBeUndefined();
  for (const name of [/sample2/, /third/, /second/, /first/]) {
    await app.button("Undo").click();
    await expect.poll(value).toMatch(name);
  }

  // Photographed: a file of this machine, as any other.
  await file.getByRole("button", { name: "Camera" }).click();
  await app.dialog("Take a photo").getByRole("button", { name: "Take the photo" }).click();
  await app.dialog("Take a photo").getByRole("button", { name: "Use this photo" }).click();
  await expect.poll(value).toMatch(/webcam.*\.jpg$/);

  // A value that cannot be is said in a sentence, with the edit that mends it.
  await selectNodes(app, "broken");
  await expect.poll(() => row(app, "width").innerText()).toMatch(/-5|−5/);
  await row(app, "width").getByRole("button", { name: "Use the default" }).click();
  await expect.poll(() => param(app, "broken", "width")).toBeUndefined();
  await expect.poll(() => row(app, "width").getByRole("button", { name: "Use the default" }).count()).toBe(0);
  // Choices; what then has no meaning is not shown.
  expect(await row(app, "height").count()).toBe(0);
  await row(app, "mode").getByRole("combobox").or(row(app, "mode").getByRole("radiogroup")).first().waitFor();
  const list = row(app, "mode").getByRole("combobox");
  if (await list.count()) await list.selectOption("exact");
  else await row(app, "mode").getByText("Exact size", { exact: true }).click();
  await row(app, "height").waitFor();
  expect(await param(app, "broken", "mode")).toBe("exact");

  // Layers: those that the network has, searched, chosen in its order.
  await selectNodes(app, "style");
  await row(app, "layers").getByRole("button", { name: "Layers: Choose layers…" }).click();
  const picker = app.page.getByRole("dialog", { name: "Layers" });
  await picker.getByRole("checkbox").first().waitFor();
  const known = await picker.getByRole("checkbox").count();
  expect(known).toBeGreaterThan(5);
  await picker.getByRole("searchbox", { name: "Search layers" }).fill("c1");
  await expect.poll(() => picker.getByRole("checkbox").count()).toBeLessThan(known);
  await picker.getByRole("checkbox", { name: /^c1\b/ }).first().click();
  await expect.poll(() => param(app, "style", "layers")).toEqual(["c0", "c1", "c3"]);
  await app.press("Escape");
  await row(app, "layers").getByRole("button", { name: "Remove c0" }).click();
  await expect.poll(() => param(app, "style", "layers")).toEqual(["c1", "c3"]);

  // A switch on the node, and the rest of them one click away.
  await app.press("Escape");
  await app.node("cost").getByRole("button", { name: /^\+\d+ more$/ }).or(grip(app, "cost")).first().click();
  await expect.poll(async () => (await app.state()).selected).toEqual(["cost"]);
  expect(await readFile(path.join(ROOT, "docs/nodes.md"), "utf8")).toContain(await app.region("Inspector").locator(".pb-doc > p").first().innerText().then((text) => text.slice(0, 40)));
}, 120_000);
