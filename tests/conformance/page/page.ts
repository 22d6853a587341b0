/** Hands each request to a fresh worker, so that one backend's crash or hang is its own, and gives the worker's report to the test. */
import type { BackendReport } from "../suite.ts";

export interface ConformancePage {
  runBackend(backend: string, cases: readonly string[]): Promise<BackendReport>;
}

/** What is used of the browser's Worker; this repository's TypeScript knows Node alone. */
declare const Worker: new (url: URL, options: { type: "module" }) => {
  addEventListener(type: "message", listener: (event: { data: BackendReport }) => void): void;
  addEventListener(type: "error", listener: (event: { message?: string }) => void): void;
  postMessage(value: unknown): void;
  terminate(): void;
};

const runBackend = (backend: string, cases: readonly string[]): Promise<BackendReport> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener("error", (event) => reject(new Error(`The worker of ${backend} failed: ${event.message ?? "its script did not load"}`)));
    worker.postMessage({ backend, cases });
  });

(globalThis as unknown as { conformance: ConformancePage }).conformance = { runBackend };
