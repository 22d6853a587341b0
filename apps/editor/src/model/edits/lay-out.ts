/** Lays out on the page while that is a matter of an instant, and in a worker of its own beyond. */
import { layeredLayout, type LayoutAnswer, type LayoutRequest } from "./layered-layout.ts";

/** As many take about a tenth of a second. */
const ON_PAGE = 80;

export async function layOut(request: LayoutRequest): Promise<LayoutAnswer> {
  if (request.boxes.length <= ON_PAGE || typeof Worker === "undefined") return layeredLayout(request);
  try {
    return await inWorker(request);
  } catch {
    // A page may forbid workers: then it waits.
    return layeredLayout(request);
  }
}

async function inWorker(request: LayoutRequest): Promise<LayoutAnswer> {
  // A bundler finds the worker by this very form; the build of the library leaves the name as it is, so it names the file that is there then.
  const worker = new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module", name: "patchbay-layout" });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => resolve(data));
      worker.addEventListener("error", (event) => reject(new Error(event.message)));
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
