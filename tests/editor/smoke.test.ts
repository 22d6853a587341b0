/** The page opens without an error, holds what its accessible names promise, and asks nothing of other origins. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, inject, it } from "vitest";
import { openEditor } from "./app.ts";
import { ROOT } from "./site.ts";

describe("the page", () => {
  it("shows its regions, and every button that people look for", async () => {
    const app = await openEditor({ example: "style-transfer" });
    for (const name of ["Canvas", "Node library", "Inspector"]) await expect.poll(() => app.region(name).isVisible(), { message: name }).toBe(true);
    for (const name of ["Run", "Stop", "Undo", "Redo", "Examples", "Export", "Live"]) expect(await app.button(name).count(), name).toBe(1);
    expect(await app.page.getByRole("searchbox", { name: "Search nodes" }).or(app.page.getByRole("combobox", { name: "Search nodes" })).first().isVisible()).toBe(true);
    expect((await app.document()).nodes.length).toBeGreaterThan(5);
    expect(await app.page.evaluate("crossOriginIsolated")).toBe(true);
  });

  it("opens empty on the first visit", async () => {
    const app = await openEditor();
    expect((await app.document()).nodes).toEqual([]);
  });
});

describe("what the page may ask for", () => {
  it("is nothing of another host, whoever asks", async () => {
    const app = await openEditor({ allow: /Content Security Policy|127\.0\.0\.1:9\//i });
    const [fetched, drawn] = await app.page.evaluate(async () => [
      await fetch("http://127.0.0.1:9/secret").then(() => "reached", () => "refused"),
      await new Promise<string>((resolve) => {
        const picture = new Image();
        document.addEventListener("securitypolicyviolation", (event) => event.effectiveDirective === "img-src" && resolve(event.blockedURI));
        picture.src = "http://127.0.0.1:9/pixel.png";
      }),
    ]);
    expect([fetched, drawn]).toEqual(["refused", "http://127.0.0.1:9/pixel.png"]);
  });
});

describe("the site", () => {
  it("holds every network that nodes read", async () => {
    const folder = path.join(ROOT, "packages/nodes/src");
    const sources = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts") && !name.includes(".test.") && !name.includes(".case."));
    const named = new Set<string>();
    for (const name of sources) for (const [model] of (await readFile(path.join(folder, name), "utf8")).matchAll(/\b\w+_model\b/g)) named.add(model);
    expect(named.size).toBeGreaterThanOrEqual(5);
    for (const model of named) for (const file of [`${model}.bin`, `${model}-weights_manifest.json`]) {
      const answer = await fetch(`${inject("editorUrl")}npm/@vladmandic/face-api/model/${file}`, { method: "HEAD" });
      expect(answer.status, file).toBe(200);
      expect(Number(answer.headers.get("content-length")), file).toBeGreaterThan(1000);
    }
  });

  it("holds the pictures and the network that examples name", async () => {
    const named = new Set<string>();
    for (const name of await readdir(path.join(ROOT, "examples"))) if (name.endsWith(".json")) for (const [, file] of (await readFile(path.join(ROOT, "examples", name), "utf8")).matchAll(/npm:([\w@./-]+)/g)) named.add(file!);
    expect(named.size).toBeGreaterThan(2);
    for (const file of named) expect((await fetch(`${inject("editorUrl")}npm/${file}`)).headers.get("content-type"), file).toBe(file.endsWith(".onnx") ? "application/octet-stream" : "image/jpeg");
  });

  it("holds the node reference, with an anchor for every node and its formulas set", async () => {
    const page = await (await fetch(`${inject("editorUrl")}docs/nodes.html`)).text();
    for (const anchor of ["facedetector", "grammatrix", "pixeloptimizer"]) expect(page).toContain(`id="${anchor}"`);
    expect(page.match(/<math/g)!.length).toBeGreaterThan(15);
    expect(page).not.toContain("katex-error");
  });

  it("serves nothing from outside its folder", async () => {
    for (const escape of ["..%2f..%2fpackage.json", "%2e%2e/package.json", "assets/..%5c..%5cpackage.json"]) expect((await fetch(inject("editorUrl") + escape)).status).toBeGreaterThanOrEqual(400);
  });
});
