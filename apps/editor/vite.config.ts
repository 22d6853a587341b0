/** Builds the page: `vite build apps/editor` writes static files to `apps/editor/dist/site`. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { nodeReferencePage } from "./build/node-reference-page.ts";
import { packageFiles } from "./build/package-files.ts";

/** They let the page have threads: memory shared with its workers. */
const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [react(), packageFiles(), nodeReferencePage()],
  resolve: { conditions: ["patchbay-source", "module", "import", "browser", "default"] },
  worker: { format: "es" },
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
  build: { outDir: "dist/site", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1200 },
});
