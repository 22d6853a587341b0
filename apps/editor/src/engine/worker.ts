/** The editor's own worker: the engine with the node library that comes with Patchbay. */
import { watchDownloads } from "./engine-downloads.ts";
import { countHeaps } from "./engine-memory.ts";
import { serveEngine } from "./serve.ts";
import { watchDevices } from "./watch-devices.ts";

countHeaps();
serveEngine({
  nodes: async () => (await import("@patchbay/nodes")).nodes,
  devices: watchDevices(),
  onLoadings: watchDownloads,
});
