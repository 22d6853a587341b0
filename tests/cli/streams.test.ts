/** What becomes of the command where its output goes wrong: a sentence and an exit code, and it ends. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { BIN, build } from "./patchbay.ts";

beforeAll(() => build(), 120_000);

/** A device on which every write finds the disk full. */
const FULL = "/dev/full";

function onFullDisk(...args: string[]) {
  const full = openSync(FULL, "w");
  try {
    return spawnSync(process.execPath, [BIN, ...args], { stdio: ["ignore", full, "pipe"], encoding: "utf8", timeout: 30_000, maxBuffer: 2 ** 20 });
  } finally {
    closeSync(full);
  }
}

it.skipIf(!existsSync(FULL)).each([[["nodes"]], [["nodes", "--json"]], [["--help"]]])("says so when the disk of stdout is full: %j", (args) => {
  const { status, stderr } = onFullDisk(...args);
  expect(stderr).toBe("error: The result could not be written to stdout: the disk is full.\n");
  expect(status).toBe(1);
});

it.skipIf(!existsSync(FULL))("keeps its exit code when nobody can be told why", () => {
  const full = openSync(FULL, "w");
  const { status } = spawnSync(process.execPath, [BIN, "check", "nowhere.json"], { stdio: ["ignore", "pipe", full], timeout: 30_000 });
  closeSync(full);
  expect(status).toBe(2);
});
