/**
 * The service worker: the editor works without a network, and has threads on hosts that send no special headers.
 *
 * The shell (page, scripts, styles) is kept when the worker is installed; engines, networks and sample pictures when they are
 * first used, or in the background when the page has nothing to do. Every file is known by its content, so what changed is fetched
 * again and what is gone is deleted. Answers carry the headers of cross-origin isolation, from the second load on.
 */
import { cleanupOutdatedCaches, matchPrecache, precache } from "workbox-precaching";

interface Entry {
  url: string;
  revision: string | null;
}

declare const self: ServiceWorkerGlobalScope;

/** Messages from the page. */
export type ToServiceWorker = { readonly type: "keep-engine" };

const FILES = "patchbay-files";
/** A slower network than this is treated as none where the shell is at hand. */
const PATIENCE = 4000;

const manifest = self.__WB_MANIFEST as Entry[];
const scope = new URL(self.registration.scope);
const isShell = ({ url }: Entry): boolean => !/^npm\/|^examples\/|^assets\/engine\/|\.(wasm|mjs)$/.test(url);
/** What runs need: the engine that works everywhere, networks, sample pictures. The library's own weights, of a second look, are kept once they are used. */
const isBasic = (path: string): boolean => /^npm\/(?!@patchbay\/)|^assets\/engine\//.test(path) || /\/ort-wasm-simd-threaded-[^.]+\.(wasm|mjs)$/.test(path);

/** By absolute address: the address under which it is kept, which names its content. */
const kept = new Map(manifest.filter((entry) => !isShell(entry)).map(({ url, revision }) => {
  const address = new URL(url, scope);
  const key = new URL(address);
  if (revision) key.searchParams.set("revision", revision);
  return [address.href, { path: url, key: key.href }];
}));

precache(manifest.filter(isShell));
cleanupOutdatedCaches();

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), forgetOld()])));
self.addEventListener("message", (event) => {
  if ((event.data as ToServiceWorker | null)?.type === "keep-engine") event.waitUntil(keepBasics());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // What a server computes is none of our business: `patchbay edit` answers below api/.
  if (request.method !== "GET" || url.origin !== scope.origin || url.pathname.startsWith(`${scope.pathname}api/`)) return;
  event.respondWith(request.mode === "navigate" ? page(request, url) : file(event, url));
});

/** The newest page where there is a network, the kept one where there is none. */
async function page(request: Request, url: URL): Promise<Response> {
  const path = url.pathname.slice(scope.pathname.length);
  const known = await matchPrecache(path === "" ? "index.html" : path);
  if (!known) return isolated(await fetch(request));
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const fresh = await fetch(request, { signal: patience.signal });
    return isolated(fresh.ok ? fresh : known);
  } catch {
    return isolated(known);
  } finally {
    clearTimeout(timer);
  }
}

async function file(event: FetchEvent, url: URL): Promise<Response> {
  const plain = url.origin + url.pathname;
  const known = (await matchPrecache(plain)) ?? (await fromFiles(plain));
  if (known) return isolated(known);
  const response = await fetch(event.request);
  const entry = kept.get(plain);
  // The copy is written while the page reads: its progress bar moves as without us.
  if (entry && response.status === 200) {
    const copy = response.clone();
    event.waitUntil(store(entry.key, copy));
  }
  return isolated(response);
}

async function fromFiles(address: string): Promise<Response | undefined> {
  const entry = kept.get(address);
  return entry && (await caches.open(FILES)).match(entry.key);
}

/** A browser without room keeps nothing, and everything works as long as there is a network. */
async function store(key: string, response: Response): Promise<void> {
  await (await caches.open(FILES)).put(key, response).catch(() => {});
}

/** One after another, so that nothing that the page asks for has to wait. */
async function keepBasics(): Promise<void> {
  const cache = await caches.open(FILES);
  for (const [address, { path, key }] of kept) {
    if (!isBasic(path) || (await cache.match(key))) continue;
    const response = await fetch(address, { priority: "low" } as RequestInit).catch(() => null);
    if (response?.status === 200) await store(key, response);
  }
}

async function forgetOld(): Promise<void> {
  const cache = await caches.open(FILES);
  const current = new Set([...kept.values()].map(({ key }) => key));
  for (const request of await cache.keys()) if (!current.has(request.url)) await cache.delete(request);
}

function isolated(response: Response): Response {
  // Opaque and redirected answers must be passed on as they are.
  if (response.type === "opaque" || response.type === "opaqueredirect" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
