/** Builds and serves the editor once for all tests of this folder. */
import type { TestProject } from "vitest/node";
import { listen } from "../../apps/cli/src/serve/listen.ts";
import { serveSite } from "../../apps/cli/src/serve/site-files.ts";
import { builtSite, touch } from "./site.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the built editor is served; ends with `/`. */
    editorUrl: string;
    /** The folder of the built editor. */
    editorSite: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A site that is built already, to look into one failure again and again.
  const folder = process.env["PATCHBAY_SITE"] ?? (await builtSite());
  const server = await listen(serveSite(folder), { port: 0 });
  project.provide("editorUrl", server.url);
  project.provide("editorSite", folder);
  const used = setInterval(() => void touch(folder), 60_000);
  return () => {
    clearInterval(used);
    return server.close();
  };
}
