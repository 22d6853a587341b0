/** Files that keep their names: written beside the bundle when the site is built, served from memory while it is developed. */
import type { Plugin } from "vite";

export interface FixedFile {
  /** Where it lies below the site's root: `npm/package/file.bin`. */
  readonly path: string;
  read(): Promise<Uint8Array | string>;
}

const TYPES: { readonly [extension: string]: string } = { html: "text/html; charset=utf-8", json: "application/json", jpg: "image/jpeg", svg: "image/svg+xml", bin: "application/octet-stream" };

export function fixedFiles(name: string, list: () => Promise<readonly FixedFile[]>): Plugin {
  return {
    name: `patchbay:${name}`,
    configureServer(server) {
      let files: Promise<ReadonlyMap<string, FixedFile>> | undefined;
      server.middlewares.use((request, response, next) => {
        files ??= list().then((all) => new Map(all.map((file) => [`/${file.path}`, file])));
        const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
        files
          .then(async (all) => {
            const file = all.get(path);
            if (!file) return next();
            response.setHeader("Content-Type", TYPES[path.split(".").pop()!] ?? "application/octet-stream");
            response.end(await file.read());
          })
          .catch(next);
      });
    },
    async generateBundle() {
      // Worker bundles and the service worker pass through here too; the files belong to the page alone.
      if (this.environment.config.consumer !== "client" || this.environment.config.isWorker) return;
      for (const file of await list()) this.emitFile({ type: "asset", fileName: file.path, source: await file.read() });
    },
  };
}
