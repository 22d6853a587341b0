/** `examples/embed`: another program with the editor in it, built from the package as programs get it, runs its own node type. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { listen, type Listening } from "../../apps/cli/src/serve/listen.ts";
import { serveSite } from "../../apps/cli/src/serve/site-files.ts";
import { build } from "../cli/patchbay.ts";
import { openPage } from "./app.ts";
import { ROOT } from "./site.ts";

let folder: string;
let server: Listening;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "patchbay-embed-"));
  const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: "production" } });
  await build("apps/editor");
  await run("apps/editor/build/copy-styles.mjs");
  await run("node_modules/typescript/bin/tsc", "-p", "examples/embed");
  await run("node_modules/vite/bin/vite.js", "build", "examples/embed", "--outDir", folder, "--emptyOutDir", "--logLevel", "error");
  server = await listen(serveSite(folder), { port: 0 });
}, 180_000);
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const count = (page: Page, name: string): Promise<number> => page.getByRole("status", { name, exact: true }).textContent().then(Number);

it("tells its program of every edit, and follows what the program sets", async () => {
  const page = await openPage(server.url);
  await page.locator('[data-id="negative"]').waitFor();
  await page.locator('[data-id="negative"]').click({ position: { x: 40, y: 10 } });
  await page.keyboard.press("Delete");
  await expect.poll(() => count(page, "Nodes")).toBe(2);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => count(page, "Nodes")).toBe(3);
  const edits = 2;
  await expect.poll(() => count(page, "Edits")).toBe(edits);
  await page.locator('[data-id="result"]').click({ position: { x: 40, y: 10 } });
  await page.keyboard.press("Delete");
  await expect.poll(() => count(page, "Nodes")).toBe(2);
  await page.getByRole("button", { name: "Start over" }).click();
  await page.locator('[data-id="result"]').waitFor();
  await expect.poll(() => count(page, "Edits")).toBe(edits + 1); // what the program sets is no edit
});

it("runs the program's own node type, in the program's worker", async () => {
  const page = await openPage(server.url);
  await page.getByRole("button", { name: "Run", exact: true }).first().click();
  // The editor shows the pattern and its negative; their pixels add up to white.
  const colours = () => page.evaluate(() => {
    const mean = (id: string): number[] | null => {
      const shown = document.querySelector<HTMLCanvasElement | HTMLImageElement>(`[data-id="${id}"] canvas, [data-id="${id}"] img`);
      if (!shown || !shown.width) return null;
      const copy = new OffscreenCanvas(64, 64).getContext("2d")!;
      copy.drawImage(shown, 0, 0, 64, 64);
      const { data } = copy.getImageData(0, 0, 64, 64);
      const sum = [0, 0, 0];
      for (let i = 0; i < data.length; i++) if (i % 4 < 3) sum[i % 4]! += data[i]!;
      return sum.map((value) => value / 4096);
    };
    return [mean("pattern"), mean("result")];
  });
  await expect.poll(async () => {
    const [pattern, negative] = await colours();
    return pattern && negative ? Math.max(...pattern.map((value, i) => Math.abs(value + negative[i]! - 255))) : null;
  }, { timeout: 60_000, interval: 300 }).toBeLessThan(4);
  expect(page.workers().length).toBeGreaterThan(0);
});

it("several stand on one page; one that is closed ends its worker", async () => {
  const page = await openPage(server.url);
  await page.getByRole("button", { name: "Watch beside" }).click();
  const beside = page.locator(".beside");
  await beside.locator('[data-id="negative"]').waitFor();
  // It only looks: Delete changes nothing there, and nothing in the other.
  await beside.locator('[data-id="negative"]').click();
  await page.keyboard.press("Delete");
  await page.waitForTimeout(300);
  expect(await count(page, "Nodes")).toBe(3);
  // What is edited in one is seen in the other.
  await page.locator('.editor [data-id="negative"]').click({ position: { x: 40, y: 10 } });
  await page.keyboard.press("Delete");
  await expect.poll(() => beside.locator('[data-id="negative"]').count()).toBe(0);

  await page.locator(".editor").getByRole("button", { name: "Run", exact: true }).first().click();
  await expect.poll(() => page.workers().length, { timeout: 30_000 }).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Watch beside" }).click();
  await page.getByRole("button", { name: "Close the editor" }).click();
  await expect.poll(() => page.workers().length).toBe(0);
});

it("takes no key that is pressed outside of it", async () => {
  const page = await openPage(server.url);
  await page.locator('.editor [data-id="negative"]').click({ position: { x: 40, y: 10 } });
  await page.getByRole("button", { name: "Start over" }).focus();
  await page.keyboard.press("Delete");
  await page.keyboard.press("ControlOrMeta+k");
  await page.waitForTimeout(300);
  expect(await count(page, "Nodes")).toBe(3);
  expect(await page.getByRole("dialog").count()).toBe(0);
});
