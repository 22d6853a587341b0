/** The command serves the editor as it was built last; where it was not, it is built. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { beforeAll } from "vitest";
import { ROOT } from "./patchbay.ts";

export function ensureSite(): void {
  beforeAll(() => {
    if (existsSync(path.join(ROOT, "apps/editor/dist/site/index.html"))) return;
    const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, "node_modules/vite/bin/vite.js"), "build", "apps/editor", "--logLevel", "error"], { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(`The editor could not be built.\n${stderr}`);
  });
}
