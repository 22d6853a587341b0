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
  saveState(): SaveState;
  subscribe(listener: () => void): () => void;
  list(): Promise<readonly GraphEntry[]>;
  /** Opens a graph of the list in this editor. */
  open(id: string): Promise<void>;
  /** A new graph, saved and opened. */
  create(document: GraphDocument, options?: { files?: ReadonlyMap<string, Uint8Array> }): Promise<string>;
  duplicate(id: string): Promise<string>;
  rename(id: string, title: string): Promise<void>;
  /** Returns how to take it back. */
  remove(id: string): Promise<() => Promise<void>>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  /** Makes this tab the one that edits, where another has the graph open. */
  takeOver(): Promise<void>;
  dispose(): void;
}
