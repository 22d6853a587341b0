/** In a browser's worker: runs the cases it is told on the backend it is told, beside the reference, and posts what came out. */
import { CONFORMANCE_CASES } from "../../../packages/runtime/src/backends/conformance-cases.ts";
import { BACKENDS } from "../../../packages/runtime/src/backends/index.ts";
import type { BackendId } from "../../../packages/runtime/src/backends/backend.ts";
import { runSuite } from "../suite.ts";

interface Order {
  readonly backend: BackendId;
  readonly cases: readonly string[];
}

const scope = globalThis as unknown as { addEventListener(type: "message", listener: (event: { data: Order }) => void): void; postMessage(value: unknown): void };

scope.addEventListener("message", ({ data }) => {
  const wanted = new Set(data.cases);
  void BACKENDS[data.backend]()
    .then((backend) => runSuite(backend, CONFORMANCE_CASES.filter((c) => wanted.has(c.name))))
    .then((report) => scope.postMessage(report));
});
