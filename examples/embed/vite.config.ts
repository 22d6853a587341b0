/** What a program with Patchbay in it needs of Vite. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** They give the engine threads; without them it has one. */
const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react()],
  // Workers are modules that load parts of themselves when these are needed.
  worker: { format: "es" },
  // Its workers are found beside its modules, so these must stay where they are.
  optimizeDeps: { exclude: ["@patchbay/editor"] },
  server: { headers },
  preview: { headers },
  build: { target: "es2022" },
});
