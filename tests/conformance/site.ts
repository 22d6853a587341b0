/** The page that runs the conformance cases in a browser: bundled by Vite and served cross-origin isolated, as the editor is. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig } from "vite";

const HERE = fileURLToPath(new URL(".", import.meta.url));
export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(REPOSITORY, "node_modules/.cache/patchbay");

/** Packages are bundled from their TypeScript sources, never from a build that may be stale. */
const fromSources = { conditions: ["patchbay-source", "module", "import", "default"] };
const quiet: InlineConfig = { configFile: false, logLevel: "error", clearScreen: false };

/** Bundles `page/` for the browser; returns the folder. */
export async function bundlePage(): Promise<string> {
  const outDir = join(CACHE, "conformance-page");
  await build({
    ...quiet,
    root: join(HERE, "page"),
    resolve: { conditions: [...fromSources.conditions, "browser"] },
    worker: { format: "es" },
    build: { outDir, emptyOutDir: true, target: "es2022", minify: false, reportCompressedSize: false },
  });
  return outDir;
}

/** Bundles a TypeScript file for Node, which cannot read it by itself; returns the path of the result. */
export async function bundleForNode(entry: string): Promise<string> {
  const outDir = join(CACHE, entry.replace(/\.ts$/, ""));
  await build({
    ...quiet,
    root: REPOSITORY,
    resolve: fromSources,
    ssr: { external: true },
    build: { ssr: join(HERE, entry), outDir, emptyOutDir: true, target: "node20", minify: false },
  });
  return join(outDir, entry.replace(/\.ts$/, ".js"));
}

const TYPES: { readonly [extension: string]: string } = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" };

/** Serves a folder on 127.0.0.1 with the headers that give a page threads. */
export async function serve(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder, path === "/" ? "index.html" : path);
    readFile(file).then(
      (body) => response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }) };
}
