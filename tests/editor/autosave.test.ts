/** What was edited, looked at and computed is there again, without anybody having saved it; and a browser without room loses nothing and says so. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import type { GraphDocument } from "@patchbay/graph-core";
import { openEditor, type App } from "./app.ts";
import { command, dragBy, DISTANCE, grip, node, graph, openGraph, view } from "./hands.ts";
import { pngOf } from "./pictures.ts";

const reopened = async (app: App): Promise<void> => {
  await app.page.reload();
  await app.ready();
};

it("is reopened as it was left: the graph, the view, dropped pictures and results", async () => {
  const app = await openEditor();
  await openGraph(app, graph([node("photo", "Image", 0, 0), node("small", "Resize", 320, 0, { width: 32 }), node("out", "ImageOutput", 640, 0)], ["photo.image -> small.image", "small.image -> out.image"], { title: "Kept" }));
  const photo = (await grip(app, "photo").boundingBox())!;
  const canvas = (await app.region("Canvas").boundingBox())!;
  await app.drop(app.region("Canvas"), [{ name: "me.png", type: "image/png", bytes: pngOf(7, 96) }], { x: photo.x + 30 - canvas.x, y: photo.y + 60 - canvas.y });
  await expect.poll(async () => (await app.document()).nodes[0]!.params["file"]).toBe("me.png");
  await app.run();
  await dragBy(app, grip(app, "small"), 40, 120);
  await app.page.getByRole("textbox", { name: "Graph title" }).fill("Kept well");
  await app.press("Enter");
  // The view: moved by the wheel, one panel closed, the other left open.
  await app.page.mouse.move(canvas.x + 300, canvas.y + 500);
  await app.page.mouse.wheel(140, 90);
  await app.button("Node library").click();
  await app.region("Node library").waitFor({ state: "detached" });
  await app.saved();
  const mark = app.page.locator("[data-saved-revision]");
  await expect.poll(async () => Number(await mark.getAttribute("data-saved-revision"))).toBe((await app.state()).revision);
  const [document, looked] = [await app.document(), await view(app)];
  expect(document.title).toBe("Kept well");
  const wanted = await app.page.evaluate(() => window.patchbay!.value("out.image")!.thumbnail?.width);
  // The card of a graph shows what came out of it last, as soon as that is kept.
  await command(app, "Open graph…");
  await app.dialog("Graphs").locator("[data-open] img.pb-graph-result").waitFor();
  await app.press("Escape");

  await reopened(app);
  expect(await app.document()).toEqual(document);
  expect(await view(app)).toEqual(looked);
  expect(await app.region("Node library").count()).toBe(0);
  expect(await app.region("Inspector").isVisible()).toBe(true);
  await expect.poll(() => app.page.evaluate(() => window.patchbay!.value("out.image")?.thumbnail?.width)).toEqual(wanted);
  await app.node("out").locator("canvas, img").first().waitFor();
  // The dropped picture itself: it can be run again.
  await app.run();
  expect(await app.page.evaluate(() => window.patchbay!.value("small.image")!.thumbnail?.width)).toEqual(wanted);
});

it("stores the last edit of a page that goes away at once", async () => {
  const app = await openEditor();
  await openGraph(app, DISTANCE);
  await app.saved();
  await grip(app, "v").click();
  await app.page.evaluate(() => {
    // A page that is so busy that no timer fires any more before it is left.
    addEventListener("keydown", () => {
      window.setTimeout = (() => 0) as unknown as typeof setTimeout;
      window.requestAnimationFrame = () => 0;
      queueMicrotask(() => location.assign("/docs/nodes.html"));
    }, true);
  });
  const address = app.page.url();
  await app.press("Delete");
  await app.page.waitForURL(/nodes\.html/);
  await app.page.goto(address);
  await app.ready();
  expect((await app.document()).nodes.map(({ id }) => id)).toEqual(["c1", "c2", "l", "d"]);
});

it("keeps several graphs by name: made, opened, copied, renamed, deleted and brought back", async () => {
  const app = await openEditor();
  await openGraph(app, DISTANCE);
  await command(app, "New graph");
  await expect.poll(async () => (await app.document()).nodes.length).toBe(0);
  await app.page.getByRole("textbox", { name: "Graph title" }).fill("Second");
  await app.press("Enter");
  await app.press("KeyN");
  await app.press("Escape");
  await expect.poll(async () => (await app.document()).comments?.length).toBe(1);
  const cards = app.dialog("Graphs").getByRole("list", { name: "Graphs" }).locator(".pb-graph-name");
  const choose = async (title: string, item: string): Promise<void> => {
    await app.button(`More for ${title}`).click();
    await app.page.getByRole("menuitem", { name: item, exact: true }).click();
  };
  await command(app, "Open graph…");
  // Edited last comes first.
  await expect.poll(() => cards.allTextContents()).toEqual(["Second", "Far apart", "Untitled graph"]);
  await choose("Far apart", "Duplicate");
  await expect.poll(() => cards.allTextContents()).toEqual(["Far apart copy", "Second", "Far apart", "Untitled graph"]);
  await choose("Far apart copy", "Rename");
  await app.page.getByRole("textbox", { name: "Name of the graph" }).fill("Third");
  await app.press("Enter");
  await expect.poll(() => cards.allTextContents()).toContain("Third");
  await app.button("Open Third").click();
  await expect.poll(async () => (await app.document()).title).toBe("Third");
  expect((await app.document()).nodes).toEqual(DISTANCE.nodes);
  await app.dialog("Graphs").waitFor({ state: "detached" });

  // Another one is deleted, and the open one is; both come back.
  await command(app, "Open graph…");
  await choose("Second", "Delete");
  await expect.poll(() => cards.allTextContents()).toEqual(["Third", "Far apart", "Untitled graph"]);
  await app.page.locator(".pb-notice", { hasText: "“Second” is in the trash" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => cards.allTextContents()).toContain("Second");
  await choose("Third", "Delete");
  await expect.poll(async () => (await app.document()).title).not.toBe("Third");
  await app.page.locator(".pb-notice", { hasText: "“Third” is in the trash" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await app.document()).title).toBe("Third");
  expect((await app.document()).nodes).toEqual(DISTANCE.nodes);
  await choose("Far apart", "Delete");
  await app.dialog("Graphs").getByText("Trash (1)").click();
  await app.button("Restore Far apart").click();
  await expect.poll(() => cards.allTextContents()).toContain("Far apart");
  await app.press("Escape");

  // Each by its address, and the one opened last without any.
  await app.page.goto(app.url);
  await app.ready();
  expect((await app.document()).title).toBe("Third");
  await app.page.goBack();
  await app.ready();
});

it("without room says so, keeps the last save, offers the export, and saves again when there is room", async () => {
  const quota = async (page: Page, quotaSize?: number): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(inject("editorUrl")).origin, ...(quotaSize === undefined ? {} : { quotaSize }) });
  };
  // Before the browser looks for the first time how much room there is: it looks again only when that is used up.
  const app = await openEditor({ allow: /Quota/, before: (page) => quota(page, 40e6) });
  await openGraph(app, DISTANCE);
  await app.saved();
  const address = app.page.url();
  await fillUp(app, quota);
  await grip(app, "v").click();
  await expect.poll(async () => (await app.state()).selected).toEqual(["v"]);
  await app.press("Delete");
  await expect.poll(async () => (await app.document()).nodes.map((n) => n.id)).not.toContain("v");
  const notice = app.page.getByRole("alert").locator(".pb-notice", { hasText: "no room left" });
  await notice.waitFor();
  await expect.poll(() => app.page.locator(".pb-save").getAttribute("data-phase")).toBe("failed");
  expect(await app.page.locator(".pb-save").textContent()).toContain("Not saved");
  const { revision, savedRevision } = await app.state();
  expect(savedRevision).toBeLessThan(revision);
  // A picture finds no room either; the graph does not name what is not there.
  await app.drop(app.region("Canvas"), [{ name: "large.png", type: "image/png", bytes: pngOf(1, 256) }], { x: 500, y: 600 });
  await app.page.getByRole("alert").locator(".pb-notice", { hasText: "what was dropped is not" }).waitFor();
  expect((await app.document()).nodes).toHaveLength(4);
  // The export that is offered holds the edit.
  await notice.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([app.page.waitForEvent("download"), app.dialog("Export").getByRole("button", { name: "Download", exact: true }).click()]);
  const exported = JSON.parse(await readFile(await download.path(), "utf8")) as GraphDocument;
  expect(exported.nodes.map(({ id }) => id)).toEqual(["c1", "c2", "l", "d"]);
  await app.press("Escape");
  // Another tab sees what was saved last, whole.
  const other = await openEditor({ context: app.context, url: app.url, path: new URL(address).hash, allow: /Quota/ });
  expect((await other.document()).nodes).toEqual(DISTANCE.nodes);
  await other.page.close();

  // A full browser opens its graphs all the same; what was not saved is left behind only when one says so.
  await app.page.bringToFront();
  const asked = app.page.waitForEvent("dialog").then((dialog) => (dialog.accept(), dialog.type()));
  await reopened(app);
  expect(await asked).toBe("beforeunload");
  expect((await app.document()).nodes).toEqual(DISTANCE.nodes);
  await grip(app, "d").click();
  await expect.poll(async () => (await app.state()).selected).toEqual(["d"]);
  await app.press("Delete");
  await notice.waitFor();

  await quota(app.page);
  await app.button("Undo").click();
  await app.button("Redo").click();
  await app.saved();
  await app.page.getByRole("status").locator(".pb-notice", { hasText: "saved again" }).waitFor();
  await reopened(app);
  expect((await app.document()).nodes.map(({ id }) => id)).toEqual(["c1", "c2", "l", "v"]);
});

/**
 * Takes all the room that there is, and lets none come back: a browser that is filled to its limit may find some as soon
 * as it tidies its files, so the limit is set below anything that is in use, as it moves when a disk fills up. The browser
 * counts down what it believes to be free before it looks again; writing goes on until it has.
 */
async function fillUp(app: App, quota: (page: Page, quotaSize: number) => Promise<void>): Promise<void> {
  await quota(app.page, 1);
  const refused = await app.page.evaluate(async () => {
    const request = indexedDB.open("filler");
    const db = await new Promise<IDBDatabase>((resolve) => {
      request.onupgradeneeded = () => request.result.createObjectStore("bytes", { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
    });
    const fits = (size: number): Promise<boolean> => new Promise((resolve) => {
      const tx = db.transaction("bytes", "readwrite");
      tx.objectStore("bytes").add(new Uint8Array(size));
      tx.oncomplete = () => resolve(true);
      tx.onabort = () => resolve(false);
    });
    while (await fits(4e6));
    const smallest = await fits(1);
    db.close();
    return !smallest;
  });
  expect(refused).toBe(true);
}
