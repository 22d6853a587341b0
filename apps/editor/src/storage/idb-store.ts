/** Graphs in IndexedDB: a save is one transaction that is asked for in one go, and contents of files are stored once however many graphs use them. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { ClaimLost, type GraphStore, type StoredEntry } from "./graph-store.ts";
import type { KeptResults } from "./kept-results.ts";
import { isQuota } from "./save-texts.ts";
import { settled } from "./settled.ts";
import type { StoredView } from "./stored-view.ts";
import { sha256 } from "./sha256.ts";

interface Schema extends DBSchema {
  entries: { key: string; value: StoredEntry };
  /** By graph: the document as JSON. */
  documents: { key: string; value: string };
  /** By graph and count; the highest one writes. */
  claims: { key: [string, number]; value: number };
  found: { key: string; value: string };
  views: { key: string; value: StoredView };
  results: { key: string; value: KeptResults };
  handles: { key: string; value: FileSystemFileHandle };
  files: { key: [string, string]; value: { hash: string; size: number }; indexes: { hash: string } };
  /** By SHA-256. */
  contents: { key: string; value: Uint8Array };
}

const VERSION = 1;
const BY_GRAPH = ["entries", "documents", "found", "views", "results", "handles"] as const;

/** All keys of one graph. */
const ofGraph = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** Rejects where the browser has no IndexedDB, or none that works (private windows of some). */
export async function openIdbStore(name = "patchbay"): Promise<GraphStore> {
  let opened: IDBPDatabase<Schema> | null = await open();
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  function open(): Promise<IDBPDatabase<Schema>> {
    return openDB<Schema>(name, VERSION, {
      upgrade(db) {
        db.createObjectStore("entries", { keyPath: "id" });
        for (const store of ["documents", "claims", "found", "views", "results", "handles", "contents"] as const) db.createObjectStore(store);
        db.createObjectStore("files").createIndex("hash", "hash");
      },
      // A newer version of the editor in another tab wants to change the layout: it must not wait for this one.
      blocking: () => forget(),
      terminated: () => forget(),
    });
  }
  function forget(): void {
    opened?.close();
    opened = null;
  }
  /** The browser may have closed the database meanwhile. */
  async function db(): Promise<IDBPDatabase<Schema>> {
    if (opened) return opened;
    opening ??= open().finally(() => (opening = null));
    return (opened = await opening);
  }

  const store: GraphStore = {
    persistent: true,
    entries: async () => (await db()).getAll("entries"),
    entry: async (id) => (await (await db()).get("entries", id)) ?? null,
    text: async (id) => (await (await db()).get("documents", id)) ?? null,
    async create({ entry, text, files = new Map(), view }) {
      const hashed = await Promise.all([...files].map(async ([path, bytes]) => ({ path, bytes, hash: await sha256(bytes) })));
      const tx = (await db()).transaction(["entries", "documents", "views", "files", "contents"], "readwrite", { durability: "strict" });
      return settled(tx, [
        tx.objectStore("entries").put(entry),
        tx.objectStore("documents").put(text, entry.id),
        ...(view ? [tx.objectStore("views").put(view, entry.id)] : []),
        ...hashed.flatMap(({ path, bytes, hash }) => [tx.objectStore("files").put({ hash, size: bytes.length }, [entry.id, path]), tx.objectStore("contents").put(bytes, hash)]),
      ]);
    },
    async claim(id) {
      const tx = (await db()).transaction("claims", "readwrite", { durability: "strict" });
      const last = await tx.store.openKeyCursor(ofGraph(id), "prev");
      const claim = (last?.key[1] ?? 0) + 1;
      try {
        await settled(tx, [tx.store.put(Date.now(), [id, claim])]);
        return claim;
      } catch (error) {
        // No room even for that: the graph is opened all the same, and written under the claim before this one as soon as there is some.
        if (isQuota(error)) return claim - 1;
        throw error;
      }
    },
    async save(save) {
      // Handed to the operating system, where it outlives the page and the browser; `settle` has it written to the disk.
      const tx = (opened ?? (await db())).transaction(["entries", "documents", "claims", "views", "found"], "readwrite", { durability: "relaxed" });
      const next: [string, number] = [save.entry.id, save.claim + 1];
      try {
        await settled(tx, [
          // Fails, and the whole transaction with it, where a later claim is there: asked for without reading first.
          tx.objectStore("claims").add(0, next),
          tx.objectStore("claims").delete(next),
          tx.objectStore("entries").put(save.entry),
          tx.objectStore("documents").put(save.text, save.entry.id),
          ...(save.view ? [tx.objectStore("views").put(save.view, save.entry.id)] : []),
          ...(save.found === undefined ? [] : [tx.objectStore("found").put(save.found, save.entry.id)]),
        ]);
      } catch (error) {
        if ((error as { name?: unknown } | null)?.name === "ConstraintError") throw new ClaimLost("Another tab edits this graph now.", { cause: error });
        throw error;
      }
    },
    async settle(id) {
      const tx = (await db()).transaction("claims", "readwrite", { durability: "strict" });
      return settled(tx, [tx.store.put(0, [id, 0])]);
    },
    async describe(id, change) {
      const tx = (await db()).transaction("entries", "readwrite");
      const entry = await tx.store.get(id);
      const next: { -readonly [K in keyof StoredEntry]?: StoredEntry[K] } = { ...entry, ...change };
      if (next.removed === undefined) delete next.removed;
      await settled(tx, entry ? [tx.store.put(next as StoredEntry)] : []);
    },
    async duplicate(id, entry, text) {
      const tx = (await db()).transaction(["entries", "documents", "views", "results", "files"], "readwrite", { durability: "strict" });
      const [view, results, paths, files] = await Promise.all([tx.objectStore("views").get(id), tx.objectStore("results").get(id), tx.objectStore("files").getAllKeys(ofGraph(id)), tx.objectStore("files").getAll(ofGraph(id))]);
      return settled(tx, [
        tx.objectStore("entries").put(entry),
        tx.objectStore("documents").put(text, entry.id),
        ...(view ? [tx.objectStore("views").put(view, entry.id)] : []),
        ...(results ? [tx.objectStore("results").put(results, entry.id)] : []),
        ...paths.map(([, path], i) => tx.objectStore("files").put(files[i]!, [entry.id, path])),
      ]);
    },
    async purge(id) {
      const tx = (await db()).transaction([...BY_GRAPH, "claims", "files", "contents"] as const, "readwrite");
      const hashes = new Set((await tx.objectStore("files").getAll(ofGraph(id))).map((file) => file.hash));
      await Promise.all([...BY_GRAPH.map((name) => tx.objectStore(name).delete(id)), tx.objectStore("claims").delete(ofGraph(id)), tx.objectStore("files").delete(ofGraph(id))]);
      for (const hash of hashes) if ((await tx.objectStore("files").index("hash").count(hash)) === 0) await tx.objectStore("contents").delete(hash);
      await tx.done;
    },
    found: async (id) => (await (await db()).get("found", id)) ?? null,
    view: async (id) => (await (await db()).get("views", id)) ?? null,
    saveView: async (id, view) => void (await (opened ?? (await db())).put("views", view, id)),
    results: async (id) => (await (await db()).get("results", id)) ?? null,
    saveResults: async (id, results) => void (await (await db()).put("results", results, id)),
    handle: async (id) => (await (await db()).get("handles", id)) ?? null,
    saveHandle: async (id, handle) => (handle ? void (await (await db()).put("handles", handle, id)) : (await db()).delete("handles", id)),
    async readFile(id, path) {
      const tx = (await db()).transaction(["files", "contents"]);
      const file = await tx.objectStore("files").get([id, path]);
      return file ? ((await tx.objectStore("contents").get(file.hash)) ?? null) : null;
    },
    paths: async (id) => (await (await db()).getAllKeys("files", ofGraph(id))).map(([, path]) => path).sort(),
    fileHash: async (id, path) => (await (await db()).get("files", [id, path]))?.hash ?? null,
    async writeFile(id, path, bytes, hash) {
      const tx = (await db()).transaction(["files", "contents"], "readwrite", { durability: "strict" });
      const isNew = (await tx.objectStore("contents").count(hash)) === 0;
      return settled(tx, [tx.objectStore("files").put({ hash, size: bytes.length }, [id, path]), ...(isNew ? [tx.objectStore("contents").put(bytes, hash)] : [])]);
    },
    async removeFile(id, path) {
      const tx = (await db()).transaction(["files", "contents"], "readwrite");
      const file = await tx.objectStore("files").get([id, path]);
      await tx.objectStore("files").delete([id, path]);
      if (file && (await tx.objectStore("files").index("hash").count(file.hash)) === 0) await tx.objectStore("contents").delete(file.hash);
      await tx.done;
    },
    close: forget,
  };
  return store;
}
