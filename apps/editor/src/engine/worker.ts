/** The editor's own worker: the engine with the node library that comes with Patchbay. */
import { configureOnnxWeb } from "@patchbay/runtime/backends";
import { watchDownloads } from "./engine-downloads.ts";
import { countHeaps } from "./engine-memory.ts";
import { serveEngine } from "./serve.ts";
import { watchDevices } from "./watch-devices.ts";

countHeaps();
// One processor is left to the page where there are enough.
const cores = navigator.hardwareConcurrency || 1;
if (globalThis.crossOriginIsolated && cores > 2) configureOnnxWeb({ numThreads: Math.min(8, cores - 1) });
serveEngine({
  nodes: async () => (await import("@patchbay/nodes")).nodes,
  devices: watchDevices(),
  onLoadings: watchDownloads,
});
