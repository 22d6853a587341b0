/** The files of the open graph, in storage; opening another graph switches them. */
import { freePath, plainPath } from "./file-names.ts";
import type { GraphFiles } from "./graph-files.ts";
import type { GraphStore } from "./graph-store.ts";
import { sha256 } from "./sha256.ts";

export interface StoredFiles extends GraphFiles {
  /** From now on, those of this graph; `tell` when the editor shows it. */
  use(graph: string): void;
  /** Tells those who subscribed to look again. */
  tell(): void;
}

export function createStoredFiles(store: GraphStore, first: string): StoredFiles {
  let graph = first;
  /** Additions wait for each other: two pictures of one name that are dropped at once must not take the same path. */
  let adding: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  async function add(to: string, name: string, content: Blob | Uint8Array): Promise<string> {
    const bytes = content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
    const hash = await sha256(bytes);
    const taken = new Map<string, string | null>();
    for (let path = plainPath(name); ; path = freePath(name, (candidate) => taken.get(candidate) !== undefined && taken.get(candidate) !== hash)) {
      if (taken.has(path)) return path;
      const there = await store.fileHash(to, path);
      if (there === null) {
        await store.writeFile(to, path, bytes, hash);
        if (to === graph) tell();
        return path;
      }
      if (there === hash) return path;
      taken.set(path, there);
    }
  }

  return {
    use: (next) => void (graph = next),
    tell,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: (path) => store.readFile(graph, path),
    async list(folder) {
      const names = new Set<string>();
      for (const path of await store.paths(graph)) {
        if (!path.startsWith(folder)) continue;
        const rest = path.slice(folder.length);
        const slash = rest.indexOf("/");
        names.add(slash < 0 ? rest : rest.slice(0, slash + 1));
      }
      return names.size ? [...names].sort() : null;
    },
    add(name, content) {
      const to = graph;
      const added = adding.then(() => add(to, name, content));
      adding = added.catch(() => {});
      return added;
    },
    paths: () => store.paths(graph),
    async remove(path) {
      await store.removeFile(graph, path);
      tell();
    },
  };
}
