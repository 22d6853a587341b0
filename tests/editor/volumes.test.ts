/** Volumes in the page: a scan that is dropped is known before it runs, and its three planes are moved through by pointer and by keys. */
import { expect, it } from "vitest";
import type { Locator } from "playwright-core";
import { gzipped, niftiFile } from "../../packages/nodes/src/volumes/test-volume-files.ts";
import { openEditor } from "./app.ts";
import { graph, node, openGraph } from "./hands.ts";

const picture = (canvas: Locator): Promise<string> => canvas.evaluate((c) => (c as HTMLCanvasElement).toDataURL());

it("a dropped NIfTI file has its shape on the wire before anything runs; it runs", async () => {
  const app = await openEditor();
  await openGraph(app, graph([node("v", "Volume", 0, 0), node("o", "ValueOutput", 500, 0)], ["v.volume -> o.value"]));
  const bytes = await gzipped(niftiFile({ dims: [6, 5, 4], values: Array.from({ length: 120 }, (_, i) => i) }));
  await app.drop(app.node("v").locator(".pb-node-title"), [{ name: "scan.nii.gz", type: "application/gzip", bytes }], { x: 10, y: 5 });
  await expect.poll(async () => (await app.document()).nodes.find((n) => n.id === "v")?.params["file"]).toBe("scan.nii.gz");
  await expect.poll(() => app.region("Canvas").innerText(), { timeout: 30_000 }).toContain("[1,4,5,6,1]");
  await app.run();
  await app.node("v").getByRole("button", { name: "Volume: slice 3 of 4, 6 by 5. Open large" }).waitFor();
});

it("planes follow pointer and keys; contrast and another volume over it", async () => {
  const app = await openEditor({ viewport: { width: 1500, height: 1000 } });
  const size = { depth: 24, height: 24, width: 24, lesions: 6 };
  await openGraph(app, graph([node("a", "Volume", 0, 0, size), node("b", "Volume", 400, 0, { ...size, seed: 2, noise: 0 }), node("c", "Volume", 800, 0, { depth: 9 })]));
  await app.run();
  const coronal = app.node("a").getByRole("img", { name: /Coronal slice 13 of 24/ });
  await coronal.waitFor();
  expect(await app.node("a").locator(".pb-plane").count()).toBe(2);

  await app.node("a").locator(".pb-node-title").click();
  await app.press("i");
  const dialog = app.dialog();
  const axial = dialog.getByRole("application", { name: /Axial slice 13 of 24/ });
  await axial.waitFor();
  const here = dialog.locator(".pb-volume-here");
  expect(await here.innerText()).toContain("[12, 12, 12]");
  await axial.focus();
  for (const key of ["ArrowRight", "ArrowUp", "PageUp"]) await app.press(key);
  await expect.poll(() => here.innerText()).toContain("[13, 11, 13]");
  // The sliders beside the planes say the same, and move them.
  const sagittal = dialog.getByRole("slider", { name: "Sagittal slice" });
  expect(await sagittal.getAttribute("aria-valuetext")).toBe("14 of 24");
  await sagittal.focus();
  await app.press("Home");
  await expect.poll(() => here.innerText()).toContain("[13, 11, 0]");
  // The right lower corner of the coronal plane: foot and left.
  const plane = dialog.getByRole("application", { name: /Coronal slice/ });
  const box = (await plane.boundingBox())!;
  await plane.click({ position: { x: box.width - 2, y: box.height - 2 } });
  await expect.poll(() => here.innerText()).toContain("[0, 11, 23]");
  await plane.click({ position: { x: box.width / 2, y: box.height / 2 } });

  const canvas = dialog.getByRole("application", { name: /Axial slice/ }).locator("canvas");
  const plain = await picture(canvas);
  await dialog.getByRole("button", { name: "Usual values" }).click();
  await expect.poll(() => picture(canvas)).not.toBe(plain);
  await dialog.getByRole("button", { name: "All values" }).click();
  await expect.poll(() => picture(canvas)).toBe(plain);
  const over = dialog.getByRole("combobox", { name: "Over it" });
  expect(await over.locator("option").allInnerTexts()).toEqual(["Nothing", "Volume: volume"]);
  await over.selectOption({ index: 1 });
  await expect.poll(() => picture(canvas)).not.toBe(plain);
  await dialog.getByRole("slider", { name: "Opacity of what lies over it" }).waitFor();
});
