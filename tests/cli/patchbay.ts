/** Runs the real command in a process of its own, built from the sources as they are now. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";

export const ROOT = path.join(import.meta.dirname, "../..");
export const BIN = path.join(ROOT, "apps/cli/bin/patchbay.js");
const LOCK = path.join(ROOT, "node_modules/.patchbay-build");
const STALE = 5 * 60_000;

/** Compiles what is not up to date; test files that run side by side wait for one another. */
export async function build(project: "apps/cli" | "apps/editor" = "apps/cli"): Promise<void> {
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch {
      const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > STALE) rmSync(LOCK, { recursive: true, force: true });
      await sleep(200);
    }
  }
  try {
    // Mistakes in types are the type checker's to report: the compiler writes its output all the same.
    const { stdout } = spawnSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-b", project], { cwd: ROOT, encoding: "utf8" });
    if (!existsSync(path.join(ROOT, project, project === "apps/cli" ? "dist/main.js" : "dist/lib/index.js"))) throw new Error(`${project} could not be built.\n${stdout}`);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  outcome: Promise<Outcome>;
}

/** Plain pipes and a quiet environment: no colours, no progress bar, whatever the tests are run in. */
export function start(args: readonly string[], options: { cwd?: string; env?: { [name: string]: string } } = {}): Running {
  const { NO_COLOR: _n, FORCE_COLOR: _f, PATCHBAY_DEBUG: _d, NODE_OPTIONS: _o, ...env } = process.env;
  const child = spawn(process.execPath, [BIN, ...args], { cwd: options.cwd ?? ROOT, env: { ...env, ...options.env }, stdio: ["ignore", "pipe", "pipe"] });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, outcome };
}

export const patchbay = (args: readonly string[], options?: Parameters<typeof start>[1]): Promise<Outcome> => start(args, options).outcome;

/** stdout as the one JSON object that it must be. */
export const json = <T = { [key: string]: never }>(outcome: Outcome): T => {
  if (!/^\{.*\}\n$/s.test(outcome.stdout)) throw new Error(`stdout is not one JSON object: ${outcome.stdout.slice(0, 500)}\n${outcome.stderr.slice(0, 500)}`);
  return JSON.parse(outcome.stdout) as T;
};

/** Builds the command, and gives each test file a folder of its own that is removed afterwards. */
export function useFolder(): { readonly path: string; file(name: string): string } {
  let folder = "";
  beforeAll(async () => {
    await build();
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "patchbay-cli-")));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return { get path() { return folder; }, file: (name) => path.join(folder, name) };
}
