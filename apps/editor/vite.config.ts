/** Builds the page: `vite build apps/editor` writes static files to `apps/editor/dist/site`. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [react()],
  resolve: { conditions: ["patchbay-source", "module", "import", "browser", "default"] },
  worker: { format: "es" },
  build: { outDir: "dist/site", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1200 },
});
