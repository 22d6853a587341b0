/** Fifty times the tab dies, or the whole browser, in the middle of editing by hand: whatever was shown as saved is there again. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type BrowserContext } from "playwright-core";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import type { GraphDocument } from "@patchbay/graph-core";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { launchOptions } from "../browser.ts";
import { App } from "./app.ts";
import { pngOf } from "./pictures.ts";

const CRASHES = 50;
/** Every so many of them is one of the whole browser. */
const WHOLE_BROWSER = 10;
const random = seeded(Number(process.env["CRASH_SEED"] ?? 20_261));
const below = (n: number): number => Math.floor(random() * n);

interface Told {
  revision: number;
  saved: number;
  text: string;
}
type PageGlobals = { patchbay: PageHandle; tellTest(told: Told): void };

let profile: string;
let context: BrowserContext;
/** What the page showed of the graph at each revision, and up to which it said “saved”: told before it died. */
const shown = new Map<number, string>();
let acknowledged = 0;

async function launch(): Promise<void> {
  context = await chromium.launchPersistentContext(profile, { ...launchOptions(["--disable-blink-features=WebGPU"]), viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  await context.exposeBinding("tellTest", (_, told: Told) => {
    shown.set(told.revision, told.text);
    acknowledged = Math.max(acknowledged, told.saved);
  });
  await context.addInitScript(() => {
    localStorage.setItem("patchbay.tour-offered", "yes");
    const page = globalThis as unknown as PageGlobals;
    // In the same breath in which the page shows it.
    new MutationObserver(([record]) => {
      const mark = (record!.target as Element).closest(".pb-save");
      if (mark) page.tellTest({ revision: page.patchbay.state().revision, saved: Number(mark.getAttribute("data-saved-revision")), text: JSON.stringify(page.patchbay.document()) });
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-revision", "data-saved-revision"] });
  });
}

beforeEach(async () => {
  shown.clear();
  acknowledged = 0;
  profile = await mkdtemp(path.join(tmpdir(), "patchbay-crash-"));
  await launch();
});
afterEach(async () => {
  await context.close().catch(() => {});
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

async function open(address: string): Promise<App> {
  const page = context.pages().find((one) => one.url() === "about:blank") ?? (await context.newPage());
  const app = new App(page, inject("editorUrl"));
  await page.goto(address);
  await app.ready();
  return app;
}

/** One edit by hand. */
async function edit(app: App, turn: number): Promise<void> {
  const { keyboard, mouse } = app.page;
  if (below(3) === 0) return keyboard.press("ControlOrMeta+KeyD");
  const place = { x: 330 + below(560), y: 130 + below(480) };
  const boxes = await app.nodes.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect).filter((box) => box.left > 250 && box.left < 900 && box.top > 60 && box.top < 650));
  const box = boxes[below(boxes.length)];
  const kind = below(10);
  if (kind === 0) return app.drop(app.region("Canvas"), [{ name: `photo ${below(4)}.png`, type: "image/png", bytes: pngOf(turn * 100 + below(100)) }], { x: 100 + below(400), y: 80 + below(400) });
  if (kind === 1) return times(1 + below(4), () => keyboard.press("ControlOrMeta+KeyZ"));
  if (kind === 2) return times(1 + below(3), () => keyboard.press("ControlOrMeta+Shift+KeyZ"));
  if (kind === 3) {
    await app.page.getByRole("textbox", { name: "Graph title" }).fill(`Turn ${turn}, ${below(1000)}`);
    return keyboard.press("Enter");
  }
  if (kind === 4) {
    await mouse.move(place.x, place.y);
    return keyboard.press("KeyN");
  }
  if (!box) return keyboard.press("ControlOrMeta+KeyZ");
  if (kind <= 6) {
    await mouse.move(box.x + box.width / 2, box.y + 8);
    await mouse.down();
    await times(5, () => mouse.move(place.x + below(40), place.y + below(40)));
    return mouse.up();
  }
  await mouse.click(box.x + box.width / 2, box.y + 8);
  if (kind === 7) return keyboard.press(boxes.length > 10 ? "Delete" : "ControlOrMeta+KeyD");
  if (kind === 8) return keyboard.press(below(2) ? "KeyM" : "KeyC");
  return times(3, () => keyboard.press("ControlOrMeta+KeyD"));
}

it("loses nothing that was acknowledged", async () => {
  let app = await open(`${inject("editorUrl")}?example=siamese-logistic`);
  let [exact, edits, acknowledgements, files] = [0, 0, 0, 0];
  for (let turn = 1; turn <= CRASHES; turn++) {
    const before = acknowledged;
    const address = app.page.url();
    const whole = turn % WHOLE_BROWSER === 0;
    const session = await (whole ? context.browser()!.newBrowserCDPSession() : context.newCDPSession(app.page));
    const life = { on: true };
    const enough = 1 + below(5);
    let goOn!: () => void;
    const edited = new Promise<void>((resolve) => (goOn = resolve));
    const editing = (async () => {
      for (let i = 0; life.on; i++, edits++) {
        if (i === enough) goOn();
        await edit(app, turn);
      }
    })().catch((error: unknown) => {
      if (life.on) throw error;
    });
    const gone = new Promise((resolve) => (whole ? context.once("close", resolve) : app.page.once("crash", resolve)));
    await Promise.race([editing, edited]);
    await new Promise((resolve) => setTimeout(resolve, below(90)));
    life.on = false;
    void session.send(whole ? "Browser.crash" : "Page.crash").catch(() => {});
    await gone;
    if (whole) await launch();
    const dead = app.page;
    app = await open(turn % 3 ? address : inject("editorUrl"));
    if (!whole) await dead.close();
    await editing;

    const { revision } = await app.state();
    const text = JSON.stringify(await app.document());
    acknowledgements += acknowledged - before;
    expect(revision, `turn ${turn}: everything up to the last edit that was shown as saved`).toBeGreaterThanOrEqual(acknowledged);
    // What the page did not live to tell of is later than what it told.
    if (shown.has(revision)) {
      expect(JSON.parse(text), `turn ${turn}: the graph as it was shown at revision ${revision}`).toEqual(JSON.parse(shown.get(revision)!));
      exact++;
    } else expect(revision, `turn ${turn}`).toBeGreaterThan(Math.max(...shown.keys()));
    files += await expectFiles(app, JSON.parse(text) as GraphDocument, turn);
    expect(app.faults).toEqual([]);
    shown.clear();
    shown.set(revision, text);
    acknowledged = revision;
  }
  // The test was about something: most edits were told of, and pictures were among what was kept.
  expect(exact).toBeGreaterThan(CRASHES * 0.7);
  expect(acknowledgements).toBeGreaterThan(CRASHES);
  expect(files).toBeGreaterThan(5);
}, 600_000);

/** Pictures that the graph names are in storage too, whole. */
async function expectFiles(app: App, document: GraphDocument, turn: number): Promise<number> {
  const named = new Set(document.nodes.flatMap((node) => (typeof node.params["file"] === "string" && node.params["file"].startsWith("photo") ? [node.params["file"]] : [])));
  for (const file of named) {
    const type = await app.page.evaluate(async (name) => {
      const graph = location.hash.slice("#g=".length);
      const request = indexedDB.open("patchbay");
      const db = await new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)));
      const get = (store: string, key: IDBValidKey): Promise<any> => new Promise((resolve) => {
        const asked = db.transaction(store).objectStore(store).get(key);
        asked.onsuccess = () => resolve(asked.result);
      });
      const bytes = (await get("contents", (await get("files", [graph, name])).hash)) as Uint8Array;
      db.close();
      return (await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]))).width;
    }, file);
    expect(type, `turn ${turn}: ${file}`).toBe(8);
  }
  return named.size;
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await act();
}

/** The same numbers on every run: mulberry32. */
function seeded(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
