/** The first visit: small before the engine, and everything works without a network afterwards. */
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, it } from "vitest";
import { openEditor } from "./app.ts";

/** Bytes of compressed JavaScript, as the issue promises; `npm run size:editor` prints what is in it. */
const MOST = 300_000;

it("ships less than 300 kB of compressed JavaScript before the engine", async () => {
  const app = await openEditor({ firstVisit: true });
  await app.page.waitForTimeout(1000);
  const scripts = await app.page.evaluate(async () => {
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => /\.m?js$/.test(new URL(name).pathname));
    return Promise.all([...new Set(loaded)].map(async (name) => ({ name: new URL(name).pathname, text: await (await fetch(name)).text() })));
  });
  const sizes = scripts.filter(({ name }) => !/\/(assets\/engine\/|sw\.js)/.test(name)).map(({ name, text }) => ({ name, size: gzipSync(text).length }));
  // What explains the nodes came after the page stood, and is in its place.
  const explained = await app.region("Node library").locator(".pb-library-help").allTextContents();
  expect(explained.length).toBeGreaterThan(40);
  for (const text of explained) expect(text).toMatch(/^\p{L}.{10,}[.…]$/su);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, { size }) => sum + size, 0), JSON.stringify(sizes)).toBeLessThan(MOST);
});

it("works offline after the first visit, runs included", async () => {
  const first = await openEditor({ example: "convolutions" });
  // The service worker keeps the shell at once, and the engine when the page is at rest.
  const kept = () => first.page.evaluate(async () => (await (await caches.open("patchbay-files")).keys()).map(({ url }) => new URL(url).pathname));
  const engine = (await readdir(path.join(inject("editorSite"), "assets/engine"))).map((name) => `/assets/engine/${name}`);
  expect(engine.length).toBeGreaterThan(3);
  await expect.poll(kept, { timeout: 60_000, interval: 500 }).toEqual(expect.arrayContaining([...engine, expect.stringMatching(/simd-threaded-[^.]+\.wasm$/), "/npm/@vladmandic/face-api/demo/sample6.jpg"]));
  await first.context.setOffline(true);
  const again = await openEditor({ example: "convolutions", context: first.context });
  expect((await again.document()).nodes.length).toBeGreaterThan(5);
  expect(await again.page.evaluate("crossOriginIsolated")).toBe(true);
  await again.run();
  expect((await again.state()).backend).toBe("onnx-wasm");
});

it("works in any folder of any host, with threads from the second load on where no special headers are sent", async () => {
  const types: { readonly [extension: string]: string } = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm" };
  const server = createServer((request, response) => {
    const name = new URL(request.url!, "http://localhost").pathname.replace(/\/$/, "/index.html").replace("/some/folder/", "/");
    readFile(path.join(inject("editorSite"), name)).then((body) => response.writeHead(200, { "Content-Type": types[path.extname(name)] ?? "application/octet-stream" }).end(body), () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/some/folder/`;
    const app = await openEditor({ url });
    expect(await app.page.evaluate("crossOriginIsolated")).toBe(false);
    await app.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await app.page.reload();
    await app.ready();
    expect(await app.page.evaluate("crossOriginIsolated")).toBe(true);
    await app.page.goto(`${url}?example=convolutions`);
    await app.ready();
    await app.run();
    expect((await app.state()).backend).toBe("onnx-wasm");
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
