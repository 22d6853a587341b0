/** tfjs-webgpu in Node, in a process of its own: the native GPU library may end a process, and needs its drivers named at the start. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test, type TestContext } from "vitest";
import { casesFor, expectAsAllowed } from "./expectation.ts";
import type { NodeReport } from "./node-child.ts";
import { environment } from "./node-environment.ts";
import { bundleForNode } from "./site.ts";
import { CHECKS } from "./tfjs-checks.ts";

let report: NodeReport;

beforeAll(async () => {
  const file = await bundleForNode("node-child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env: environment(), maxBuffer: 1 << 26, timeout: 280_000 });
  report = JSON.parse(stdout.trim().split("\n").at(-1)!) as NodeReport;
}, 300_000);

/** Only where no adapter answers; any other reason is a failure. */
function needsAdapter(context: TestContext): void {
  const { probe } = report.suite;
  if (!probe.available && probe.code === "no-adapter") context.skip(probe.reason);
}

describe("tfjs-webgpu in Node", () => {
  test("agrees with the reference", (context) => {
    needsAdapter(context);
    expectAsAllowed(report.suite, "node", casesFor("tfjs-webgpu", "node"));
  });

  test.for(CHECKS)("$name", ({ name }, context) => {
    needsAdapter(context);
    const check = report.checks.find((c) => c.name === name);
    if (check?.said) console.log(`${name}: ${check.said}`);
    expect(check).toMatchObject({ error: null });
  });
});
