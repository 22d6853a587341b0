/** The editor's site for tests: built from the sources as they are, kept until they change. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

export const ROOT = path.join(import.meta.dirname, "../..");
const CACHE = path.join(ROOT, "node_modules/.cache/patchbay/editor-site");

/** What goes into the site; the lock file stands for the packages. */
const SOURCES = ["apps/editor/src", "apps/editor/build", "apps/editor/public", "apps/editor/index.html", "apps/editor/vite.config.ts", "packages/graph-core/src", "packages/runtime/src", "packages/nodes/src", "examples", "docs/nodes.md", "package-lock.json"];
const KEPT = 4;
/** A run of tests touches its site every minute: one that was touched within these milliseconds is left alone. */
const IN_USE = 300_000;

/**
 * The folder of a build of the current sources. Builds lie in folders named by their sources, so that test runs beside
 * one another never see a site change under them.
 */
export async function builtSite(): Promise<string> {
  const folder = path.join(CACHE, await fingerprint());
  if (await stat(folder).catch(() => null)) {
    await touch(folder);
    return folder;
  }
  const draft = `${folder}.${process.pid}.tmp`;
  // In a process of its own: a test runner's environment would make it React's build for development.
  const vite = path.join(ROOT, "node_modules/vite/bin/vite.js");
  await promisify(execFile)(process.execPath, [vite, "build", "apps/editor", "--outDir", draft, "--emptyOutDir", "--logLevel", "error"], { cwd: ROOT, env: { ...process.env, NODE_ENV: "production" } });
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true })); // Another run was faster.
  await prune();
  return folder;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    const full = path.join(ROOT, source);
    const files = (await stat(full)).isDirectory() ? (await readdir(full, { recursive: true })).sort().map((name) => path.join(full, name)) : [full];
    for (const file of files) {
      const info = await stat(file).catch(() => null);
      if (info?.isFile() && !file.endsWith(".test.ts")) hash.update(`${file}\0${info.size}\0${info.mtimeMs}\0`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Says that a run of tests goes on with this site. */
export const touch = (folder: string): Promise<void> => utimes(folder, new Date(), new Date()).catch(() => undefined);

/** Old builds go; drafts that a killed run left go with them. */
async function prune(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const found = await Promise.all((await readdir(CACHE)).map(async (name) => ({ name, time: (await stat(path.join(CACHE, name)).catch(() => null))?.mtimeMs ?? 0 })));
  const old = found.sort((a, b) => b.time - a.time).filter(({ name, time }, i) => i >= KEPT && Date.now() - time > (name.endsWith(".tmp") ? 600_000 : IN_USE));
  for (const { name } of old) await rm(path.join(CACHE, name), { recursive: true, force: true });
}
