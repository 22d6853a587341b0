/** The graphs of this browser: saved as they are edited, listed, and shared between tabs. */
import type { GraphDocument } from "@patchbay/graph-core";

export interface GraphEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly nodes: number;
  /** A small picture of the canvas or of a result, as a `data:` URL. */
  readonly picture?: string;
  /** Its nodes and wires in small, as a `data:` URL. */
  readonly drawing?: string;
  /** When it was deleted, where it can still be restored. */
  readonly removed?: number;
  /** Not all of it could be read; what was found is kept (`found`). */
  readonly incomplete?: true;
}

/** Whether what is on the screen is on the disk. */
export interface SaveState {
  readonly phase: "saved" | "saving" | "failed" | "read-only" | "unsaved";
  /** A full sentence where it failed or is read-only. */
  readonly reason?: string;
  /** Counts edits; everything up to this one is stored. Shown in the page as `data-saved-revision`. */
  readonly savedRevision: number;
  readonly revision: number;
}

export interface Workspace {
  /** Id of the open graph. */
  readonly current: string;
  /** False where this browser keeps nothing: graphs last as long as the page. */
  readonly persistent: boolean;
  saveState(): SaveState;
  subscribe(listener: () => void): () => void;
  /** Last changed first. */
  list(): Promise<readonly GraphEntry[]>;
  /** Deleted graphs that can still be restored, last deleted first. */
  trash(): Promise<readonly GraphEntry[]>;
  /** Another graph than the current one was made, renamed, deleted or restored, in this tab or another; or the current one was. */
  onListChange(listener: () => void): () => void;
  /** Opens a graph of the list in this editor. */
  open(id: string): Promise<void>;
  /** A new graph, saved and opened. */
  create(document: GraphDocument, options?: { files?: ReadonlyMap<string, Uint8Array> }): Promise<string>;
  duplicate(id: string): Promise<string>;
  rename(id: string, title: string): Promise<void>;
  /** Into the trash, with a notice that takes it back, as what is returned does; another graph is opened where it was the open one. */
  remove(id: string): Promise<() => Promise<void>>;
  /** Out of the trash. */
  restore(id: string): Promise<void>;
  /** Deletes for good what is in the trash. */
  purge(id: string): Promise<void>;
  /** The stored text of a graph that could not be read whole, as it was before anything was changed; null for others. */
  found(id: string): Promise<string | null>;
  /** The file on disk that the open graph was opened from or saved to, where the browser can hold on to one. */
  fileHandle(): Promise<FileSystemFileHandle | null>;
  setFileHandle(handle: FileSystemFileHandle | null): Promise<void>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  /** Makes this tab the one that edits, where another has the graph open. */
  takeOver(): Promise<void>;
  dispose(): void;
}
