/** What keeps graphs: each write is whole or not at all, and only the tab that claimed a graph last writes to it. */
import type { StoredView } from "./stored-view.ts";
import type { KeptResults } from "./kept-results.ts";

/** What lists show of a graph; small, so that all of them can be read at once. */
export interface StoredEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly changed: number;
  readonly opened: number;
  readonly nodes: number;
  readonly revision: number;
  readonly drawing?: string;
  readonly picture?: string;
  /** When it was put into the trash. */
  readonly removed?: number;
  /** It replaced a text that could not be read whole, which is kept. */
  readonly incomplete?: true;
}

export interface NewGraph {
  readonly entry: StoredEntry;
  /** The document as JSON. */
  readonly text: string;
  readonly files?: ReadonlyMap<string, Uint8Array>;
  readonly view?: StoredView;
}

export interface GraphSave {
  /** From `claim`. */
  readonly claim: number;
  readonly entry: StoredEntry;
  readonly text: string;
  readonly view?: StoredView;
  /** The text that is being replaced, where not all of it could be read. */
  readonly found?: string;
}

/** Another tab has claimed the graph since: nothing was written. */
export class ClaimLost extends Error {
  override name = "ClaimLost";
}

export interface GraphStore {
  readonly persistent: boolean;
  /** Those in the trash too. */
  entries(): Promise<readonly StoredEntry[]>;
  entry(id: string): Promise<StoredEntry | null>;
  text(id: string): Promise<string | null>;
  create(graph: NewGraph): Promise<void>;
  /** Makes the caller the one that writes; returns what `save` must show. */
  claim(id: string): Promise<number>;
  /** Throws ClaimLost, or QuotaExceededError (a DOMException). All of it is asked for before the first `await`, so that a page that is going away still writes. */
  save(save: GraphSave): Promise<void>;
  /** When all saves until now are on the disk, so that they outlive a loss of power too. */
  settle(id: string): Promise<void>;
  /** Changes what lists show, whoever has claimed the graph; nothing where there is no such graph. */
  describe(id: string, change: Partial<Omit<StoredEntry, "id">>): Promise<void>;
  /** With the text, files, view and results of another; the content of files is shared. */
  duplicate(id: string, entry: StoredEntry, text: string): Promise<void>;
  /** Deletes all of it. */
  purge(id: string): Promise<void>;
  found(id: string): Promise<string | null>;
  view(id: string): Promise<StoredView | null>;
  saveView(id: string, view: StoredView): Promise<void>;
  results(id: string): Promise<KeptResults | null>;
  saveResults(id: string, results: KeptResults): Promise<void>;
  handle(id: string): Promise<FileSystemFileHandle | null>;
  saveHandle(id: string, handle: FileSystemFileHandle | null): Promise<void>;
  readFile(id: string, path: string): Promise<Uint8Array | null>;
  paths(id: string): Promise<readonly string[]>;
  /** The content's hash under a path, without reading it. */
  fileHash(id: string, path: string): Promise<string | null>;
  writeFile(id: string, path: string, bytes: Uint8Array, hash: string): Promise<void>;
  removeFile(id: string, path: string): Promise<void>;
  close(): void;
}
