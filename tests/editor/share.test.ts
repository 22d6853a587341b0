/** A graph in a link, and what never leaves: encodings of faces, and anything at all by way of the network. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { inflateRawSync } from "node:zlib";
import { unzipSync } from "fflate";
import type { Request } from "playwright-core";
import { expect, it } from "vitest";
import { serializeGallery } from "@patchbay/nodes";
import { openEditor, type App } from "./app.ts";
import { command, DISTANCE, graph, node, openGraph } from "./hands.ts";
import { pngOf } from "./pictures.ts";
import { ROOT } from "./site.ts";

async function shareLink(app: App): Promise<string> {
  await command(app, "Share link…");
  const dialog = app.dialog("Share link");
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await app.page.locator(".pb-notice", { hasText: "The link is on the clipboard." }).waitFor();
  const link = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(await dialog.getByRole("textbox", { name: "Link" }).inputValue()).toBe(link);
  await app.press("Escape");
  return link;
}
const inLink = (link: string): string => inflateRawSync(Buffer.from(new URL(link).hash.slice("#share=".length), "base64url")).toString();

async function downloaded(app: App, act: () => Promise<unknown>): Promise<Buffer> {
  const [download] = await Promise.all([app.page.waitForEvent("download"), act()]);
  return readFile(await download.path());
}

it("carries the graph in a link's fragment to another browser, which asks no server for it", async () => {
  const app = await openEditor();
  await openGraph(app, DISTANCE);
  await app.press("KeyN");
  await app.page.getByRole("textbox", { name: "Graph title" }).fill("Straße & <b>");
  await app.press("Enter");
  await expect.poll(async () => (await app.document()).title).toBe("Straße & <b>");
  const link = await shareLink(app);
  expect(link.startsWith(`${app.url}#share=`)).toBe(true);

  const requests: Request[] = [];
  const other = await openEditor({ url: app.url, path: new URL(link).hash, before: async (page) => page.context().on("request", (request) => requests.push(request)) });
  expect(await other.document()).toEqual(await app.document());
  await other.page.locator(".pb-notice", { hasText: "came with the link" }).waitFor();
  expect(requests.length).toBeGreaterThan(3);
  // Browsers send no fragment; nothing else may carry it either.
  const body = new URL(link).hash.slice("#share=".length).slice(0, 40);
  const carried = requests.map((request) => [request.url().replace(/#.*/, ""), request.postData(), request.headers()["referer"]].join(" "));
  expect(carried.filter((text) => text.includes(body))).toEqual([]);
  // It is a graph of that browser now, with an address of its own, and can be edited.
  expect(new URL(other.page.url()).hash).toMatch(/^#g=/);
  await other.button("Run").click();
  await expect.poll(() => other.page.evaluate(() => window.patchbay!.value("d.distance") !== null), { timeout: 60_000 }).toBe(true);

  // One that was cut off says so.
  const cut = await openEditor({ url: app.url, path: new URL(link).hash.slice(0, -20) });
  await cut.page.getByRole("alert").locator(".pb-notice", { hasText: "may have been cut off" }).waitFor();
});

it("keeps encodings here, through a run, an enrolment and every way out, and asks nothing of anybody", async () => {
  const requests: Request[] = [];
  const sockets: string[] = [];
  const app = await openEditor({
    example: "face-recognition",
    before: async (page) => {
      page.context().on("request", (request) => requests.push(request));
      page.on("websocket", (socket) => sockets.push(socket.url()));
    },
  });
  // A gallery file with known numbers, and people who are enrolled by hand and by a run.
  const encoding = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i + 1) / 3);
  const known = { kind: "gallery", network: "face-128", width: 128, entries: [{ name: "Known", encoding }] } as const;
  const photo = await readFile(path.join(ROOT, "node_modules/@vladmandic/face-api/demo/sample5.jpg"));
  const people = app.node("people");
  await people.waitFor();
  const before = String((await app.document()).nodes.find(({ id }) => id === "people")!.params["file"]);
  await app.drop(people, [{ name: "new face.jpg", type: "image/jpeg", bytes: photo }], { x: 20, y: 6 });
  await expect.poll(async () => (await app.document()).nodes.find(({ id }) => id === "people")!.params["file"]).toBe(`${before}, new face.jpg`);
  await app.run();
  await expect.poll(() => app.node("gallery").textContent()).toContain("new face");
  await app.drop(app.region("Canvas"), [{ name: "people.gallery", type: "application/json", bytes: serializeGallery(known) }], { x: 60, y: 60 });
  await expect.poll(async () => (await app.document()).nodes.some(({ params }) => params["file"] === "people.gallery")).toBe(true);
  await app.saved();

  // All encodings that this page knows.
  const secrets = [[...encoding], ...(await keptEncodings(app))];
  expect(secrets.length).toBeGreaterThan(3);
  const holds = (text: string): boolean => secrets.some((numbers) => {
    const bytes = Buffer.from(Float32Array.from(numbers).buffer);
    return text.includes(bytes.subarray(48, 96).toString("base64")) || text.includes(bytes.subarray(48, 60).toString("latin1")) || text.includes(numbers[20]!.toFixed(9).replace(/^-?0/, "").slice(0, 7));
  });
  expect(holds(Buffer.from(serializeGallery(known)).toString("latin1"))).toBe(true);
  const unpacked = (bytes: Buffer): string => (bytes.subarray(0, 2).toString() === "PK" ? Object.values(unzipSync(bytes)).map((part) => Buffer.from(part).toString("latin1")).join("\n") : bytes.toString("latin1"));

  await app.button("Export").click();
  const dialog = app.dialog("Export");
  const download = (): Promise<Buffer> => downloaded(app, () => dialog.getByRole("button", { name: "Download", exact: true }).click());
  const whole = unpacked(await download());
  expect(whole).toContain("patchbay-graph");
  expect(holds(whole), "self-contained").toBe(false);
  await dialog.getByRole("radio", { name: /By reference/ }).check();
  expect(holds(unpacked(await download())), "by reference").toBe(false);
  // Only when it is asked for.
  await dialog.getByRole("radio", { name: /Self-contained/ }).check();
  await dialog.getByRole("checkbox", { name: "Include encodings and galleries" }).check();
  expect(holds(unpacked(await download())), "asked for").toBe(true);
  for (const [tab, region] of [["TypeScript", "The program"], ["Command line", "The command"]] as const) {
    await dialog.getByRole("tab", { name: tab }).click();
    expect(holds((await dialog.getByRole("region", { name: region }).textContent())!), tab).toBe(false);
  }
  await dialog.getByRole("tab", { name: "Picture", exact: true }).click();
  await dialog.getByRole("img", { name: "The canvas" }).waitFor({ timeout: 60_000 });
  expect(holds(pngTexts(await download())), "canvas").toBe(false);
  await app.press("Escape");
  const link = await shareLink(app);
  expect(inLink(link)).toContain("patchbay-graph");
  expect(holds(inLink(link)), "link").toBe(false);

  // The gallery is there again when the page is.
  await app.page.reload();
  await app.ready();
  await expect.poll(() => app.node("gallery").textContent()).toContain("new face");

  // The rest of the tour: other graphs, a drop, a paste, a search, the examples.
  await app.button("Examples").click();
  await app.dialog("Examples").getByRole("button").nth(2).waitFor();
  await app.press("Escape");
  await command(app, "New graph");
  await app.drop(app.region("Canvas"), [{ name: "p.png", type: "image/png", bytes: pngOf(1) }], { x: 200, y: 200 });
  await expect.poll(async () => (await app.document()).nodes.length).toBe(1);
  await openGraph(app, graph([node("a", "Constant", 0, 0, { values: [1] })]));
  await command(app, "Open graph…");
  await app.dialog("Graphs").waitFor();

  const origin = new URL(app.url).origin;
  const asked = requests.map((request) => ({ method: request.method(), url: request.url(), body: request.postData() })).filter(({ url }) => !/^(data|blob):/.test(url));
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.some(({ url }) => url.includes("face_recognition_model"))).toBe(true);
  expect(asked.filter(({ method, url, body }) => method !== "GET" || new URL(url).origin !== origin || body !== null || new URL(url).search.length > 60)).toEqual([]);
  expect(sockets).toEqual([]);
}, 300_000);

/** Of everything that this browser keeps of results. */
const keptEncodings = (app: App): Promise<number[][]> =>
  app.page.evaluate(async () => {
    const opened = indexedDB.open("patchbay");
    const db = await new Promise<IDBDatabase>((resolve) => (opened.onsuccess = () => resolve(opened.result)));
    for (;;) {
      const asked = db.transaction("results").objectStore("results").getAll();
      const all: unknown[] = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
      const found: number[][] = [];
      const look = (part: unknown): void => {
        if (part instanceof Float32Array) {
          if (part.length % 128 === 0 && part.length < 2000) for (let at = 0; at < part.length; at += 128) found.push([...part.subarray(at, at + 128)]);
        } else if (typeof part === "object" && part !== null && !ArrayBuffer.isView(part)) Object.values(part).forEach(look);
      };
      look(all);
      if (found.length) return db.close(), found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

/** Everything in a PNG but its pixels, unpacked. */
function pngTexts(png: Buffer): string {
  const texts: string[] = [];
  for (let at = 8; at + 8 < png.length; ) {
    const [length, type] = [png.readUInt32BE(at), png.subarray(at + 4, at + 8).toString("latin1")];
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === "pbZp") texts.push(...Object.values(unzipSync(data)).map((part) => Buffer.from(part).toString("latin1")));
    else if (type !== "IDAT") texts.push(data.toString("latin1"), inflated(data));
    at += length + 12;
  }
  const all = texts.join("\n");
  expect(all).toContain("patchbay-graph");
  return all;
}

/** A compressed text behind its keyword; empty where there is none. */
function inflated(data: Buffer): string {
  for (let at = data.indexOf(0); at >= 0 && at < 100; at = data.indexOf(0, at + 1)) {
    try {
      return inflateRawSync(data.subarray(at + 4)).toString("latin1");
    } catch {
      // Further on, or not at all.
    }
  }
  return "";
}
