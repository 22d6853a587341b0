/**
 * Leaves out of the site the engine that runs on the page's own thread: only host programs with node types of their own need it.
 * The site's engine is its worker's; a second copy would be shipped for nobody, and shared parts of it loaded by everybody.
 */
import type { Plugin } from "vite";

const NOTHING = "\0no-engine-in-page";

export const noEngineInPage = (): Plugin => ({
  name: "patchbay:no-engine-in-page",
  enforce: "pre",
  apply: "build",
  // Worker bundles have plugins of their own: there, the module is what it is.
  resolveId: (id, importer) => (id === "./serve.ts" && importer?.endsWith("/create-engine.ts") ? NOTHING : null),
  load: (id) => (id === NOTHING ? `export function serveEngine() { throw new Error("The site runs its engine in a worker."); }` : null),
});
