/** In a browser's worker: runs all cases on the backend it is told, beside the reference, and posts what came out. */
import { CONFORMANCE_CASES } from "../../../packages/runtime/src/backends/conformance-cases.ts";
import { BACKENDS } from "../../../packages/runtime/src/backends/index.ts";
import type { BackendId } from "../../../packages/runtime/src/backends/backend.ts";
import { runSuite } from "../suite.ts";

const scope = globalThis as unknown as { addEventListener(type: "message", listener: (event: { data: BackendId }) => void): void; postMessage(value: unknown): void };

scope.addEventListener("message", ({ data: id }) => {
  void BACKENDS[id]().then((backend) => runSuite(backend, CONFORMANCE_CASES)).then((report) => scope.postMessage(report));
});
