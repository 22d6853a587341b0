/** What somebody meets who has never been here: hints, a tour, examples that run at once, progress while things load; and a first pipeline drawn by hand. */
import { readdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { expect, inject, it } from "vitest";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { openEditor, type App } from "./app.ts";
import { boxOf, selectNodes, still } from "./hands.ts";
import { ROOT } from "./site.ts";
import { middleOf, portPlace, pull } from "./wiring.ts";

const LONG = { timeout: 90_000, interval: 250 };
const viewport = { width: 1800, height: 1100 };

const summary = (app: App, key: string) => app.page.evaluate((k) => (globalThis as unknown as { patchbay: PageHandle }).patchbay.value(k), key);
const number = async (app: App, key: string): Promise<number> => (await summary(app, key))?.tensor?.mean ?? Number.NaN;

const titles = async (): Promise<{ [name: string]: string }> => {
  const files = (await readdir(path.join(ROOT, "examples"))).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(await Promise.all(files.map(async (name) => [name.replace(".json", ""), (JSON.parse(await readFile(path.join(ROOT, "examples", name), "utf8")) as { title: string }).title] as const)));
};

/** One click on a card: it opens, and runs without another. */
async function begin(app: App, title: string): Promise<void> {
  const { runs } = await app.state();
  await app.button("Examples").click();
  await app.dialog("Examples").getByRole("button", { name: title, exact: true }).click();
  await expect.poll(async () => (await app.document()).title, LONG).toBe(title);
  await expect.poll(async () => (await app.state()).runs, LONG).toBeGreaterThan(runs);
}

async function done(app: App): Promise<void> {
  await app.idle({ timeout: 240_000 });
  expect((await app.state()).problems).toEqual([]);
}

it("runs every example of the gallery at one click: faces, people, triplets and convolutions to their numbers", async () => {
  const app = await openEditor({ viewport });
  const all = await titles();
  await app.button("Examples").click();
  for (const title of Object.values(all)) await app.dialog("Examples").getByRole("button", { name: title, exact: true }).waitFor();
  expect(await app.dialog("Examples").locator(".pb-example").count()).toBe(Object.keys(all).length);
  // Each with a picture of what comes out.
  await expect.poll(() => app.dialog("Examples").locator(".pb-example img").evaluateAll((list) => list.filter((e) => (e as HTMLImageElement).naturalWidth > 0).length)).toBe(Object.keys(all).length);
  await app.press("Escape");

  await begin(app, all["convolutions"]!);
  await done(app);
  const shapes = Object.fromEntries(await Promise.all(["signal", "picture", "volume", "scan"].map(async (name) => [name, (await summary(app, `${name}-second.output`))?.tensor?.shape] as const)));
  expect(shapes).toEqual({ signal: [1, 6, 32], picture: [1, 6, 6, 32], volume: [1, 6, 6, 6, 32], scan: [1, 30, 30, 30, 32] });

  await begin(app, all["face-verification"]!);
  await done(app);
  const distance = await number(app, "distance.distance");
  expect(distance).toBeCloseTo(0.44, 1);
  await expect.poll(() => app.node("threshold").innerText()).toContain("Same person");

  // The logistic unit over the same two faces: its weights are derived from the threshold.
  await begin(app, all["siamese-logistic"]!);
  await done(app);
  expect(await number(app, "verifier.probability")).toBeCloseTo(1 / (1 + Math.exp(20 * distance ** 2 - 7.2)), 4);

  await begin(app, all["face-recognition"]!);
  await done(app);
  await expect.poll(() => app.node("recognise").locator(".pb-identity b").innerText()).toBe("Nora");
  await app.node("recognise").locator(".pb-distances li:not(.pb-distances-tau)").nth(1).waitFor();
  const ranked = (await app.node("recognise").locator(".pb-distances li:not(.pb-distances-tau) .pb-distances-number").allInnerTexts()).map(Number);
  expect(ranked).toEqual([...ranked].sort((a, b) => a - b));
  expect(ranked[0]).toBeLessThan(0.5);
  expect(ranked[1]).toBeGreaterThan(0.5);

  await begin(app, all["triplet-loss"]!);
  await done(app);
  const losses = (await summary(app, "triplet.losses"))!.tensor!;
  expect(losses.shape).toEqual([3]);
  expect(losses.min).toBe(0);
  expect(await number(app, "triplet.loss")).toBeCloseTo(3 * losses.mean, 5);
  expect(await number(app, "triplet.loss")).toBeGreaterThan(0.01);
}, 420_000);

it("shows a picture of both style transfers while their loss falls", async () => {
  const app = await openEditor({ viewport });
  const all = await titles();
  for (const name of ["style-transfer", "style-transfer-gatys"]) {
    await begin(app, all[name]!);
    const paint = app.node("paint");
    await paint.getByRole("button", { name: /The picture after \d+ steps?/ }).waitFor({ timeout: 120_000 });
    await expect.poll(() => paint.innerText()).toMatch(/step \d+ of \d+/);
    // Its first step took as long as the network needed to be compiled: no measure of the others.
    expect(await paint.innerText()).not.toMatch(/step 1 of \d+ · .* each/);
    const total = async (): Promise<number> => Number(/Total ([\d.e+−-]+)/.exec((await paint.locator("figure").getAttribute("aria-label").catch(() => "")) ?? "")?.[1]?.replace("−", "-") ?? Number.NaN);
    await expect.poll(total, LONG).toBeGreaterThan(0);
    const first = await total();
    await expect.poll(total, LONG).toBeLessThan(first * 0.97);
    await app.button("Stop").click();
    await app.idle();
  }
}, 300_000);

it("begins with hints, and a tour of three steps that is skipped, followed and taken again", async () => {
  const app = await openEditor({ firstVisit: true });
  const tour = (step: number) => app.dialog(`Tour, step ${step} of 3`);
  await app.page.getByRole("heading", { name: "Draw a pipeline" }).waitFor();
  await app.text("Double-click anywhere").waitFor();
  for (const title of Object.values(await titles())) await app.region("Canvas").getByRole("button", { name: title, exact: true }).waitFor();

  await app.button("take the tour").click();
  await tour(1).waitFor();
  await tour(1).getByRole("button", { name: "Skip tour" }).click();
  await tour(1).waitFor({ state: "detached" });

  await app.button("Help").click();
  await app.page.getByRole("menuitem", { name: /Take the tour/ }).click();
  await tour(1).getByRole("button", { name: "Next" }).click();
  await tour(2).getByRole("button", { name: "Next" }).click();
  await tour(3).getByRole("button", { name: "Done" }).click();
  await app.page.locator(".pb-tour").waitFor({ state: "detached" });

  // It goes on by itself when one does what it speaks of.
  await app.press("Shift+F1");
  await tour(1).waitFor();
  await app.region("Canvas").dblclick({ position: { x: 40, y: 40 } });
  await app.page.keyboard.type("constant");
  await app.page.getByRole("option", { name: /Constant/ }).first().waitFor();
  await app.press("Enter");
  await tour(2).waitFor();
  await app.press("Escape");
  await app.page.locator(".pb-tour").waitFor({ state: "detached" });
  // The canvas is no longer empty, and says so no longer.
  await expect.poll(() => app.page.getByRole("heading", { name: "Draw a pipeline" }).count()).toBe(0);
});

/**
 * The site, whose engine and networks stop half-way until they are let through. So does its service worker: whether it has taken over when
 * somebody presses Run for the first time depends on the machine, and what is on its way through it may show no progress.
 */
async function slowSite(): Promise<{ url: string; release(): void; asked: string[]; close(): void }> {
  const asked: string[] = [];
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const server: Server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(inject("editorUrl") + request.url!.slice(1));
      const body = Buffer.from(await answer.arrayBuffer());
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => !/^(content-encoding|content-length|connection|keep-alive|transfer-encoding)$/.test(name)));
      if (/\/sw\.js(\?|$)/.test(request.url!)) await gate;
      response.writeHead(answer.status, { ...headers, "content-length": body.length });
      if (!/\.(wasm|bin)(\?|$)/.test(request.url!)) return void response.end(body);
      asked.push(request.url!);
      response.write(body.subarray(0, body.length >> 1));
      await gate;
      response.end(body.subarray(body.length >> 1));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`, release, asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

it("says how much of engine and networks has come, keeps them, and verifies faces without a network afterwards", async () => {
  const site = await slowSite();
  try {
    const app = await openEditor({ url: site.url, example: "face-verification" });
    await app.button("Run").click();
    const bars = app.page.getByRole("progressbar", { name: /^Loading / });
    await expect.poll(async () => {
      const shares = await bars.evaluateAll((list) => list.map((e) => [e.getAttribute("aria-label"), Number(e.getAttribute("aria-valuenow")), e.getAttribute("aria-valuetext")] as const));
      return shares.filter(([, share, text]) => share > 5 && share < 95 && /[\d.]+ \w+ of [\d.]+ \w+/.test(text ?? "")).map(([what]) => what);
    }, LONG).not.toEqual([]);
    expect((await app.state()).phase).toBe("running");
    site.release();
    await done(app);
    await expect.poll(() => bars.count()).toBe(0);
    const distance = await number(app, "distance.distance");
    expect(distance).toBeCloseTo(0.44, 1);
    expect(site.asked.some((url) => url.includes("face_recognition_model"))).toBe(true);

    // Kept: the same again with the network gone.
    await app.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const files = () => app.page.evaluate(async () => (await (await caches.open("patchbay-files")).keys()).map(({ url }) => new URL(url).pathname));
    await expect.poll(files, LONG).toEqual(expect.arrayContaining([expect.stringMatching(/simd-threaded-[^.]+\.wasm$/), ...["face_recognition_model", "face_landmark_68_model", "ssd_mobilenetv1_model"].map((name) => expect.stringContaining(`${name}.bin`)), expect.stringMatching(/sample1\.jpg$/)]));
    await app.context.setOffline(true);
    site.close();
    const again = await openEditor({ url: site.url, example: "face-verification", context: app.context });
    await again.run();
    expect(await number(again, "distance.distance")).toBeCloseTo(distance, 5);
  } finally {
    site.close();
  }
}, 240_000);

it("lets somebody draw a face verification from nothing, with the palette and dropped wires alone", async () => {
  const app = await openEditor({ viewport: { width: 2300, height: 1200 } });
  const canvas = await boxOf(app.region("Canvas"));
  const types = async (): Promise<string[]> => (await app.document()).nodes.map((n) => n.type);
  /** Types what is wanted into the palette and takes the first that is offered. */
  const choose = async (words: string, title: string): Promise<void> => {
    // By the attribute: lists in nodes have options too.
    const first = app.page.locator("[role=option]").first();
    await first.waitFor();
    await app.page.keyboard.type(words);
    await expect.poll(() => first.innerText()).toContain(title);
    const before = (await types()).length;
    await app.press("Enter");
    await expect.poll(async () => (await types()).length).toBe(before + 1);
    await still(app);
  };
  /** Pulls a wire to empty canvas: what fits is offered. */
  const add = async (end: string, side: "input" | "output", to: { x: number; y: number }, words: string, title: string): Promise<void> => {
    await pull(app, await portPlace(app, end, side), { x: canvas.x + to.x, y: canvas.y + to.y });
    await app.page.mouse.up();
    await choose(words, title);
  };
  for (let i = 0; i < 2; i++) await app.button("Zoom out").click();
  await app.page.mouse.dblclick(canvas.x + 120, canvas.y + 80);
  await choose("photo", "Image");
  // It stands where it was asked for.
  expect((await middleOf(app.node("image"))).x).toBeLessThan(canvas.x + 320);
  const start = await middleOf(app.node("image"));
  const [x, y] = [start.x - canvas.x, start.y - canvas.y];
  const pace = 230;
  await add("image.image", "output", { x: x + pace, y }, "find faces", "Face detector");
  await add("face-detector.faces", "output", { x: x + 2 * pace, y }, "align", "Face align");
  await add("face-align.chips", "output", { x: x + 3 * pace, y }, "encod", "Encoder");
  await add("encoder.encoding", "output", { x: x + 4 * pace, y: y + 100 }, "compare", "Distance");
  await add("distance.distance", "output", { x: x + 5 * pace, y: y + 100 }, "same person", "Threshold");
  // The other face, from the end to the beginning.
  await add("distance.b", "input", { x: x + 3 * pace, y: y + 380 }, "encod", "Encoder");
  await add("encoder-2.image", "input", { x: x + 2 * pace, y: y + 380 }, "align", "Face align");
  await add("face-align-2.faces", "input", { x: x + pace, y: y + 380 }, "find faces", "Face detector");
  await add("face-detector-2.image", "input", { x, y: y + 380 }, "photo", "Image");
  expect((await app.document()).wires).toHaveLength(9);

  for (const [id, sample] of [["image", "Sample 1"], ["image-2", "Sample 3"]] as const) {
    await selectNodes(app, id);
    await app.region("Inspector").getByRole("button", { name: "Samples" }).click();
    await app.page.getByRole("button", { name: sample }).click();
  }
  await app.run();
  await app.button("Zoom to fit").click();
  await app.region("Canvas").getByText("Same person").waitFor();
  await app.node("distance").getByRole("img", { name: /^Distance 0\.4\d, threshold 0\.60: same person/ }).waitFor();
}, 180_000);
