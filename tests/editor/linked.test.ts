/** The page of `patchbay edit GRAPH`: edits reach the file, and nobody's change is lost. */
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import type { GraphDocument } from "@patchbay/graph-core";
import { serveGraph } from "../../apps/cli/src/serve/edit.ts";
import type { Listening } from "../../apps/cli/src/serve/listen.ts";
import { openEditor, type App } from "./app.ts";
import { ROOT } from "./site.ts";

let folder: string;
let file: string;
let server: Listening;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "patchbay-edit-"));
  file = path.join(folder, "graph.json");
  await copyFile(path.join(ROOT, "examples/convolutions.json"), file);
  ({ server, url } = await serveGraph(file, { site: inject("editorSite"), port: 0 }));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (allow?: RegExp): Promise<App> => openEditor({ url: new URL(url).origin + "/", path: new URL(url).hash, ...(allow ? { allow } : {}) });
const onDisk = async (): Promise<GraphDocument> => JSON.parse(await readFile(file, "utf8")) as GraphDocument;

/** Deletes one node by hand. */
async function removeNode(app: App): Promise<string> {
  const id = (await app.document()).nodes.at(-1)!.id;
  await app.node(id).click({ position: { x: 40, y: 10 } });
  await app.press("Delete");
  await expect.poll(async () => (await app.document()).nodes.some((node) => node.id === id)).toBe(false);
  return id;
}

it("saves an edit to the file, and an undo too; the file is left alone before", async () => {
  const text = await readFile(file, "utf8");
  const app = await open();
  await app.page.waitForTimeout(700);
  expect(await readFile(file, "utf8")).toBe(text);
  const id = await removeNode(app);
  await app.saved();
  expect((await onDisk()).nodes.some((node) => node.id === id)).toBe(false);
  await app.button("Undo").click();
  await app.saved();
  await expect.poll(async () => (await onDisk()).nodes.some((node) => node.id === id)).toBe(true);
});

it("asks when another program changed the file, and keeps what is chosen", async () => {
  const app = await open(/status of 412/);
  const id = await removeNode(app);
  await app.saved();
  const theirs = { ...(await onDisk()), title: "Theirs" };
  await writeFile(file, JSON.stringify(theirs));
  await app.dialog(/changed by another program/).waitFor();
  await app.button("Load the file").click();
  await expect.poll(async () => (await app.document()).title).toBe("Theirs");
  expect((await app.document()).nodes.some((node) => node.id === id)).toBe(false);

  await writeFile(file, JSON.stringify({ ...theirs, title: "Theirs again" }));
  await app.dialog(/changed by another program/).waitFor();
  await app.button("Keep mine").click();
  await expect.poll(async () => (await onDisk()).title).toBe("Theirs");
});

it("writes a dropped picture beside the graph, and runs with it", async () => {
  const app = await open();
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
  const before = (await app.document()).nodes.length;
  await app.drop(app.region("Canvas"), [{ name: "red, dot.png", type: "image/png", bytes: png }], { x: 820, y: 16 });
  await expect.poll(async () => (await app.document()).nodes.length).toBe(before + 1);
  await app.saved();
  const written = (await readdir(folder)).find((name) => name.endsWith(".png"))!;
  expect(written).toBe("red- dot.png");
  expect(await readFile(path.join(folder, written))).toEqual(png);
  expect((await onDisk()).nodes.at(-1)!.params?.["file"]).toBe(written);
  await app.run();
  const added = (await onDisk()).nodes.at(-1)!.id;
  expect(await app.page.evaluate((key) => window.patchbay!.value(key)?.kind, `${added}.image`)).toBe("image");
});

it("says so when the program has ended", async () => {
  const app = await open(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  // By then the service worker has all of the page; what is missing is who saves.
  await app.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await server.close();
  await removeNode(app);
  await app.text(/program `patchbay edit` has ended/).waitFor();
  app.page.on("dialog", (dialog) => void dialog.accept());
});

it("does not open with a wrong token", async () => {
  const { page } = await openEditor({ url: `${new URL(url).origin}/`, allow: /status of 401|This address is for the page/ });
  // As when the address is pasted over the one of an open page.
  await page.goto(`${new URL(url).origin}/#edit=${"A".repeat(43)}`);
  await page.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
}, 30_000);
