/** The graphs of this browser as a list: made, renamed, copied, put into the trash and taken out of it. */
import type { GraphDocument, NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { documentText } from "./document-text.ts";
import { isLocked } from "./graph-lock.ts";
import type { GraphStore, StoredEntry } from "./graph-store.ts";
import { copyTitle, entryOf, newId, retitled } from "./stored-graph.ts";
import type { GraphEntry } from "./workspace.ts";

/** What is in the trash for so long is deleted. */
const TRASH_MS = 30 * 24 * 60 * 60 * 1000;

export interface GraphList {
  list(): Promise<readonly GraphEntry[]>;
  trash(): Promise<readonly GraphEntry[]>;
  /** The one opened last; null where there is none. */
  last(): Promise<StoredEntry | null>;
  create(document: GraphDocument, files?: ReadonlyMap<string, Uint8Array>): Promise<string>;
  duplicate(id: string): Promise<string>;
  /** False where another tab has it open, which must do it. */
  rename(id: string, title: string): Promise<boolean>;
  purgeOld(): Promise<void>;
}

export function createGraphList(store: GraphStore, registry: NodeRegistry<RunnableNode>): GraphList {
  const newest = (by: (entry: StoredEntry) => number, entries: readonly StoredEntry[]): StoredEntry[] => [...entries].sort((a, b) => by(b) - by(a));
  const kept = async (): Promise<StoredEntry[]> => (await store.entries()).filter((entry) => entry.removed === undefined);
  return {
    list: async () => newest((entry) => entry.changed, await kept()),
    trash: async () => newest((entry) => entry.removed!, (await store.entries()).filter((entry) => entry.removed !== undefined)),
    last: async () => newest((entry) => entry.opened, await kept())[0] ?? null,
    async create(document, files) {
      const entry = entryOf(document, registry);
      await store.create({ entry, text: documentText(document), ...(files ? { files } : {}) });
      return entry.id;
    },
    async duplicate(id) {
      const [entry, text, all] = await Promise.all([store.entry(id), store.text(id), kept()]);
      if (!entry || text === null) throw new Error("That graph is not in this browser any more.");
      const title = copyTitle(entry.title, new Set(all.map((one) => one.title)));
      const now = Date.now();
      const { removed: _, ...rest } = entry;
      const copy: StoredEntry = { ...rest, id: newId(), title, created: now, changed: now, opened: now - 1 };
      await store.duplicate(id, copy, retitled(text, title));
      return copy.id;
    },
    async rename(id, title) {
      const [entry, text] = await Promise.all([store.entry(id), store.text(id)]);
      if (!entry || text === null) return true;
      if (await isLocked(id)) return false;
      const next: StoredEntry = { ...entry, title, changed: Date.now(), revision: entry.revision + 1 };
      await store.save({ claim: await store.claim(id), entry: next, text: retitled(text, title) });
      return true;
    },
    async purgeOld() {
      for (const entry of await store.entries()) if (entry.removed !== undefined && entry.removed < Date.now() - TRASH_MS) await store.purge(entry.id);
    },
  };
}
