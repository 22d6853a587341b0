/** Every operation on every backend of the browser, in a worker of headless Chromium, against the reference in the same worker. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { BackendId } from "../../packages/runtime/src/backends/backend.ts";
import { launchBrowser } from "../browser.ts";
import { casesFor, expectAsAllowed } from "./expectation.ts";
import type { ConformancePage } from "./page/page.ts";
import { bundlePage, serve } from "./site.ts";

/** The software adapter, also where there is a graphics card: what allowed.ts lists was measured on it. */
const SOFTWARE = ["--use-webgpu-adapter=swiftshader"];

const BACKENDS: readonly BackendId[] = ["onnx-wasm", "onnx-webgpu", "tfjs-webgpu"];

let browser: Browser | undefined;
let site: Awaited<ReturnType<typeof serve>> | undefined;
let page: Page;

beforeAll(async () => {
  const [folder, launched] = await Promise.all([bundlePage(), launchBrowser({ flags: SOFTWARE })]);
  browser = launched;
  site = await serve(folder);
  page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction("'conformance' in globalThis");
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("in the browser", () => {
  test("the page is cross-origin isolated, so that WebAssembly has threads", async () => {
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
  });

  test.each(BACKENDS)("%s agrees with the reference", async (id) => {
    const cases = casesFor(id, "browser");
    const report = await page.evaluate(([backend, names]) => (globalThis as unknown as { conformance: ConformancePage }).conformance.runBackend(backend, names), [id, cases] as const);
    console.log(`${id}: ${report.cases.length} cases in ${report.seconds.toFixed(1)} s on ${report.probe.available ? report.probe.device : report.probe.reason}`);
    expectAsAllowed(report, "browser", cases);
  }, 300_000);
});
