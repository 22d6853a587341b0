/** Graphs kept by the page alone, where the browser keeps nothing: they last until it is closed. */
import { ClaimLost, type GraphStore, type StoredEntry } from "./graph-store.ts";
import type { KeptResults } from "./kept-results.ts";
import { sha256 } from "./sha256.ts";
import type { StoredView } from "./stored-view.ts";

interface Kept {
  entry: StoredEntry;
  text: string;
  claim: number;
  files: Map<string, { bytes: Uint8Array; hash: string }>;
  found?: string;
  view?: StoredView;
  results?: KeptResults;
  handle?: FileSystemFileHandle;
}

export function createMemoryStore(): GraphStore {
  const graphs = new Map<string, Kept>();
  const at = (id: string): Kept => {
    const kept = graphs.get(id);
    if (!kept) throw new Error(`There is no graph “${id}”.`);
    return kept;
  };
  return {
    persistent: false,
    entries: async () => [...graphs.values()].map((kept) => kept.entry),
    entry: async (id) => graphs.get(id)?.entry ?? null,
    text: async (id) => graphs.get(id)?.text ?? null,
    async create({ entry, text, files = new Map(), view }) {
      const hashed = await Promise.all([...files].map(async ([path, bytes]) => [path, { bytes, hash: await sha256(bytes) }] as const));
      graphs.set(entry.id, { entry, text, claim: 0, files: new Map(hashed), ...(view ? { view } : {}) });
    },
    claim: async (id) => ++at(id).claim,
    async save({ claim, entry, text, view, found }) {
      const kept = at(entry.id);
      if (kept.claim !== claim) throw new ClaimLost("Another tab edits this graph now.");
      graphs.set(entry.id, { ...kept, entry, text, ...(view ? { view } : {}), ...(found === undefined ? {} : { found }) });
    },
    settle: async () => {},
    async describe(id, change) {
      const kept = graphs.get(id);
      if (kept) kept.entry = { ...kept.entry, ...change };
    },
    async duplicate(id, entry, text) {
      const { files, view, results } = at(id);
      graphs.set(entry.id, { entry, text, claim: 0, files: new Map(files), ...(view ? { view } : {}), ...(results ? { results } : {}) });
    },
    purge: async (id) => void graphs.delete(id),
    found: async (id) => graphs.get(id)?.found ?? null,
    view: async (id) => graphs.get(id)?.view ?? null,
    saveView: async (id, view) => void (at(id).view = view),
    results: async (id) => graphs.get(id)?.results ?? null,
    saveResults: async (id, results) => void (at(id).results = results),
    handle: async (id) => graphs.get(id)?.handle ?? null,
    async saveHandle(id, handle) {
      if (handle) at(id).handle = handle;
      else delete at(id).handle;
    },
    readFile: async (id, path) => graphs.get(id)?.files.get(path)?.bytes ?? null,
    paths: async (id) => [...(graphs.get(id)?.files.keys() ?? [])].sort(),
    fileHash: async (id, path) => graphs.get(id)?.files.get(path)?.hash ?? null,
    writeFile: async (id, path, bytes, hash) => void at(id).files.set(path, { bytes, hash }),
    removeFile: async (id, path) => void graphs.get(id)?.files.delete(path),
    close: () => {},
  };
}
