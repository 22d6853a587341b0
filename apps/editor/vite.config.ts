/** Builds the page: `vite build apps/editor` writes static files to `apps/editor/dist/site`. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { declarationsOnly } from "./build/declarations-only.ts";
import { noEngineInPage } from "./build/no-engine-in-page.ts";
import { nodeReferencePage } from "./build/node-reference-page.ts";
import { ownOriginOnly } from "./build/own-origin-only.ts";
import { packageFiles } from "./build/package-files.ts";
import { shakeFlow } from "./build/shake-flow.ts";
import { wordsApart } from "./build/words-apart.ts";

/** Names the engine's own scripts, which the service worker keeps when they are first used. */
const ENGINE = { entryFileNames: "assets/engine/[name]-[hash].js", chunkFileNames: "assets/engine/[name]-[hash].js" };

const OFFLINE = VitePWA({
  strategies: "injectManifest",
  srcDir: "src/site",
  filename: "sw.ts",
  injectRegister: false,
  injectManifest: {
    // Every file with the hash of its content; the service worker chooses which it keeps when.
    globPatterns: ["**/*"],
    globIgnores: ["sw.js", "sw.js.map"],
    maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
    dontCacheBustURLsMatching: /^assets\//,
  },
  includeManifestIcons: false,
  manifest: {
    name: "Patchbay",
    short_name: "Patchbay",
    description: "Draw a neural pipeline, see its shapes, run it live. Nothing leaves this machine.",
    id: "./",
    start_url: "./",
    scope: "./",
    display: "standalone",
    theme_color: "#1a1e26",
    background_color: "#12151b",
    categories: ["productivity", "graphics", "education"],
    icons: [
      { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  },
});

/** They let the page have threads: memory shared with its workers. */
const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [react(), declarationsOnly(), wordsApart(), shakeFlow(), noEngineInPage(), ownOriginOnly(), packageFiles(), nodeReferencePage(), OFFLINE],
  resolve: { conditions: ["patchbay-source", "module", "import", "browser", "default"] },
  worker: { format: "es", rolldownOptions: { output: ENGINE } },
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
  build: { outDir: "dist/site", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1200 },
});
