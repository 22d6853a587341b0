/** Files of a graph that are kept in memory alone: for an embedded editor whose host keeps the graph. */
import { freePath, sameBytes } from "./file-names.ts";
import type { GraphFiles } from "./graph-files.ts";

export function createMemoryFiles(initial: ReadonlyMap<string, Uint8Array> = new Map()): GraphFiles {
  const files = new Map(initial);
  const listeners = new Set<() => void>();
  return {
    read: async (path) => files.get(path) ?? null,
    async list(folder) {
      const names = new Set<string>();
      for (const path of files.keys()) {
        if (!path.startsWith(folder)) continue;
        const rest = path.slice(folder.length);
        const slash = rest.indexOf("/");
        names.add(slash < 0 ? rest : rest.slice(0, slash + 1));
      }
      return names.size ? [...names].sort() : null;
    },
    async add(name, content) {
      const bytes = content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
      const path = freePath(name, (candidate) => files.has(candidate) && !sameBytes(files.get(candidate)!, bytes));
      const isNew = !files.has(path);
      files.set(path, bytes);
      if (isNew) for (const tell of listeners) tell();
      return path;
    },
    paths: async () => [...files.keys()].sort(),
    async remove(path) {
      if (files.delete(path)) for (const tell of listeners) tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
