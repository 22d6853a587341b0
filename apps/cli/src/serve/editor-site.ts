/** Where the built editor lies. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { failed } from "../exit.ts";

/** The folder with the editor's `index.html`. Throws with what to do where there is none. */
export function editorSite(): string {
  let root: string;
  try {
    root = path.dirname(createRequire(import.meta.url).resolve("@patchbay/editor/package.json"));
  } catch (error) {
    throw failed("The editor is not installed. Install it with: npm install @patchbay/editor", error);
  }
  const site = path.join(root, "dist/site");
  if (!existsSync(path.join(site, "index.html"))) throw failed("The editor is not built yet. Run: npm run build");
  return site;
}
