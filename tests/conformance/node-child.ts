/** Runs in a process of its own: conformance and checks of tfjs-webgpu in Node, printed as one line of JSON. */
import { CONFORMANCE_CASES } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { tfjsWebgpuBackend } from "../../packages/runtime/src/backends/tfjs/index.ts";
import { runSuite, type BackendReport } from "./suite.ts";
import { runChecks, type CheckReport } from "./tfjs-checks.ts";

export interface NodeReport {
  readonly suite: BackendReport;
  readonly checks: readonly CheckReport[];
}

const suite = await runSuite(tfjsWebgpuBackend, CONFORMANCE_CASES);
const report: NodeReport = { suite, checks: suite.probe.available ? await runChecks() : [] };
// Left to itself the GPU library may keep the process, or end it badly, after the last line.
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
