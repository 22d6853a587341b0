/** Serves the built editor: a folder of static files, with the headers that give its page threads. */
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";

const TYPES: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".json": "application/json", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon", ".woff2": "font/woff2", ".bin": "application/octet-stream",
};

/** Cross-origin isolation: without it a page has no memory shared between threads, and WebAssembly one thread only. */
export const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin" } as const;

/** Vite writes a hash of the content into these names. */
const NEVER_CHANGES = /^assets\/.+-[\w-]{8}\.\w+$/;

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `folder` is the built site; nothing outside it is ever read. */
export function serveSite(folder: string): Answer {
  const root = realpath(folder);
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, { Allow: "GET, HEAD" });
    const inner = innerPath(request.url ?? "/");
    if (inner === null) return end(response, 400);
    const file = await realpath(path.join(await root, inner)).catch(() => null);
    const info = file && file.startsWith((await root) + path.sep) ? await stat(file).catch(() => null) : null;
    if (!file || !info?.isFile()) return end(response, 404);
    const tag = `"${info.size.toString(36)}-${Math.round(info.mtimeMs).toString(36)}"`;
    const headers = {
      ...ISOLATION,
      "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": NEVER_CHANGES.test(inner) ? "public, max-age=31536000, immutable" : "no-cache",
      ETag: tag,
    };
    if (request.headers["if-none-match"] === tag) return end(response, 304, headers);
    response.writeHead(200, { ...headers, "Content-Length": info.size });
    if (request.method === "HEAD") return void response.end();
    // A page that is closed in the middle of a download is no failure.
    await pipeline(createReadStream(file), response).catch(() => {});
  };
}

/** The path below the root, `index.html` for a folder; null for what is no path of ours. */
function innerPath(url: string): string | null {
  try {
    const plain = decodeURIComponent(new URL(url, "http://localhost").pathname).slice(1);
    if (plain.includes("\0") || plain.includes("\\")) return null;
    return plain === "" || plain.endsWith("/") ? `${plain}index.html` : plain;
  } catch {
    return null;
  }
}

function end(response: ServerResponse, status: number, headers: { readonly [name: string]: string } = {}): void {
  response.writeHead(status, headers).end(status === 404 ? "There is no such file.\n" : undefined);
}
