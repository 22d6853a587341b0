/** Every node's worked examples hold on tfjs-webgpu too (the other engines: packages/nodes/src/suite.test.ts). */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { LibraryReport } from "./library-child.ts";
import { environment } from "./node-environment.ts";
import { bundleForNode } from "./site.ts";

test("the nodes' worked examples on tfjs-webgpu in Node", { timeout: 300_000 }, async (context) => {
  const file = await bundleForNode("library-child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env: environment(), maxBuffer: 1 << 26, timeout: 280_000 });
  const report = JSON.parse(stdout.trim().split("\n").at(-1)!) as LibraryReport;
  if (report.unavailable?.code === "no-adapter") context.skip(report.unavailable.reason);
  expect(report.unavailable).toBeNull();
  expect(report.results.length).toBeGreaterThan(80);
  expect(report.results.filter((r) => r.error !== null)).toEqual([]);
});
