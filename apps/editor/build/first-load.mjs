/**
 * `npm run size:editor`: what the page loads before anything is run — its scripts, everything they import and preload — and how large
 * that is compressed. Chunks that a person's action loads are not in it; `tests/editor/first-load.test.ts` watches a browser load the page.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

const SITE = path.join(import.meta.dirname, "../dist/site");
/** Bytes of compressed JavaScript. */
const MOST = 300_000;

async function firstLoad(site) {
  const page = await readFile(path.join(site, "index.html"), "utf8");
  const queue = [...page.matchAll(/<(?:script|link)[^>]+(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);
  const sizes = new Map();
  while (queue.length) {
    const file = queue.pop();
    if (sizes.has(file)) continue;
    const code = await readFile(path.join(site, file));
    sizes.set(file, gzipSync(code).length);
    for (const [, specifier] of code.toString().matchAll(/(?:\bimport|\bfrom)\s*"(\.[^"]+\.js)"/g)) queue.push(path.posix.join(path.posix.dirname(file), specifier));
  }
  return sizes;
}

const sizes = await firstLoad(process.argv[2] ?? SITE);
const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
for (const [file, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  of JavaScript before the engine, compressed with gzip; at most ${MOST / 1000} kB`);
process.exitCode = total < MOST ? 0 : 1;
