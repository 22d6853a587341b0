/** Opens the storage of this browser with one graph of it, before there is an editor: what it needs to start, and then a workspace that follows it. */
import { emptyGraph, type GraphDocument, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { EditorParts } from "../app/editor-parts.ts";
import type { Notice, UiState } from "../model/ui-state.ts";
import { claimGraph } from "./claimed-graph.ts";
import { createWorkspace } from "./create-workspace.ts";
import { createGraphList } from "./graph-list.ts";
import type { GraphStore } from "./graph-store.ts";
import { openIdbStore } from "./idb-store.ts";
import type { InitialGraph } from "./initial-graph.ts";
import { graphInAddress } from "./page-address.ts";
import { browserCodec, type PictureCodec } from "./picture-codec.ts";
import { sharedGraph } from "./shared-graph.ts";
import { createStoredFiles, type StoredFiles } from "./stored-files.ts";
import type { Workspace } from "./workspace.ts";

export type { InitialGraph };

export interface OpenWorkspaceOptions {
  registry: NodeRegistry<RunnableNode>;
  /** The graph to open; by default the one of the page's address (`#g=id`), otherwise the last one. */
  requested?: string | null;
  /** Made and opened where the address names no graph of this browser. */
  initial?: () => Promise<InitialGraph | null>;
  /** Keeps the open graph in the page's address; by default yes. */
  address?: boolean;
  store?: GraphStore;
  codec?: PictureCodec;
}

export interface OpenedWorkspace {
  readonly document: GraphDocument;
  readonly files: StoredFiles;
  /** How the graph was looked at. */
  readonly ui: Partial<UiState>;
  /** For `createParts`. */
  workspace(parts: Omit<EditorParts, "workspace">): Workspace;
}

export async function openWorkspace({ registry, requested, initial, address = true, store: given, codec = browserCodec }: OpenWorkspaceOptions): Promise<OpenedWorkspace> {
  const notices: Omit<Notice, "id">[] = [];
  const store = given ?? (await openIdbStore().catch(async () => (await import("./memory-store.ts")).createMemoryStore()));
  const list = createGraphList(store, registry);
  const hash = address ? (globalThis.location?.hash ?? "") : "";
  const wanted = requested ?? graphInAddress(hash);
  const named = wanted === null ? null : await store.entry(wanted);
  if (named?.removed !== undefined) await store.describe(named.id, { removed: undefined });
  const shared = named ? null : await sharedGraph(hash, registry);
  const fresh = named ? null : (shared ?? (await initial?.()) ?? null);
  if (fresh?.notice) notices.push(fresh.notice);
  if (wanted !== null && !named && !fresh) notices.push({ kind: "info", text: "The graph of this address is not in this browser: it was made in another one, or deleted. This is the graph that was open last." });
  const id = named?.id ?? (fresh ? await make(fresh.document, fresh.files) : ((await list.last())?.id ?? (await make(emptyGraph()))));
  void list.purgeOld().catch(() => {});

  async function make(document: GraphDocument, files?: ReadonlyMap<string, Uint8Array>): Promise<string> {
    try {
      return await list.create(document, files);
    } catch {
      // No room for one more: the last one is opened, and what there is to say is said when it is edited.
      const last = await list.last();
      if (!last) throw new Error("This browser has no room for a graph. Free some, and load the page again.");
      notices.push({ kind: "error", text: "This browser has no room for another graph. Delete graphs or free room on the disk; this is the one that was open last." });
      return last.id;
    }
  }

  const first = await claimGraph(store, registry, id);
  const files = createStoredFiles(store, id);
  const { viewport } = first.view.ui;
  const ui: Partial<UiState> = { ...first.view.ui, ...(viewport ? { view: { request: 1, target: { kind: "viewport", viewport } } } : {}) };
  return { document: first.found.document, files, ui, workspace: (parts) => createWorkspace({ parts, store, list, files, codec, address: address && store.persistent, notices, first }) };
}
