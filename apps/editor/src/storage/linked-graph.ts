/** The graph file that `patchbay edit GRAPH` opened: read at the start, written soon after every edit, never over a change by somebody else. */
import { emptyGraph, hasErrors, parseGraph, serializeGraph, type GraphDocument, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { EditorParts } from "../app/editor-parts.ts";
import { createAutosave } from "./autosave.ts";
import { sharedDocument } from "./document-text.ts";
import type { GraphFiles } from "./graph-files.ts";
import { createLinkedFiles } from "./linked-files.ts";
import { createLinkedServer, type LinkedServer } from "./linked-server.ts";
import type { SaveState, Workspace } from "./workspace.ts";

export interface LinkedWorkspace extends Workspace {
  /** The file's name. */
  readonly name: string;
  /** Another program changed the file since it was read or written here: nothing is saved until one of the two is chosen. */
  conflict(): boolean;
  /** Writes what is here over what the other program wrote. */
  keepMine(): Promise<void>;
  /** Shows what is in the file; what was here is gone. */
  takeTheirs(): Promise<void>;
}

export interface OpenedLink {
  readonly document: GraphDocument;
  readonly files: GraphFiles;
  workspace(parts: Omit<EditorParts, "workspace">): LinkedWorkspace;
}

interface OnDisk {
  name: string;
  folder: string;
  text: string;
  tag: string;
}

const GONE = "The program `patchbay edit` that opened this page has ended. Start it again and use the address that it prints.";
const UNSAVED = "The program `patchbay edit` has ended, so nothing is saved any more. Export the graph, or start the program again and use the address that it prints.";
/** How often the file is looked at while the page is visible. */
const LOOK = 2000;
/** Browsers carry at most 64 KiB for a page that is being closed. */
const CARRIED = 60_000;

/** Throws with a full sentence when the program is not there or the file is no graph. */
export async function openLinkedGraph(token: string, registry: NodeRegistry<RunnableNode>, base: string): Promise<OpenedLink> {
  const server = createLinkedServer(token, base);
  const answer = await server.ask("graph").catch(() => null);
  if (!answer || answer.status === 404) throw new Error(GONE);
  if (!answer.ok) throw new Error(await server.reason(answer));
  const disk = (await answer.json()) as OnDisk;
  const { document, losses } = readGraph(disk.text, registry);
  const files = createLinkedFiles(server);
  return { document, files, workspace: (parts) => followFile({ parts, server, disk, losses, registry }) };
}

function readGraph(text: string, registry: NodeRegistry<RunnableNode>): { document: GraphDocument; losses: readonly string[] } {
  if (text === "") return { document: emptyGraph(), losses: [] };
  const { document, diagnostics } = parseGraph(text, { registry });
  const errors = diagnostics.filter((d) => d.severity === "error").map((d) => d.message);
  if (!document) throw new Error(errors[0] ?? "The file holds no graph.");
  return { document, losses: hasErrors(diagnostics) ? errors : [] };
}

function followFile({ parts: { editor }, server, disk, losses, registry }: { parts: Omit<EditorParts, "workspace">; server: LinkedServer; disk: OnDisk; losses: readonly string[]; registry: NodeRegistry<RunnableNode> }): LinkedWorkspace {
  let { tag } = disk;
  let known = editor.store.getState().history.document;
  let inConflict = false;
  let state: SaveState = { phase: "saved", savedRevision: 0, revision: 0 };
  const listeners = new Set<() => void>();
  const set = (change: Partial<SaveState>): void => {
    const { reason: _old, ...rest } = state;
    state = { ...rest, ...change };
    for (const listener of listeners) listener();
  };
  const fail = (reason: string): void => {
    if (state.reason !== reason) editor.notify({ kind: "error", text: reason });
    set({ phase: "failed", reason });
  };
  const found = (): void => {
    if (inConflict) return;
    inConflict = true;
    set({ phase: "failed", reason: `${disk.name} was changed by another program.` });
  };

  async function write({ over = false, closing = false } = {}): Promise<void> {
    if (inConflict && !over) return;
    const { revision } = state;
    if (revision === state.savedRevision && !over) return;
    const text = serializeGraph(editor.store.getState().history.document);
    set({ phase: "saving" });
    try {
      const answer = await server.ask("graph", { method: "PUT", body: text, headers: { "If-Match": over ? "*" : `"${tag}"` }, keepalive: closing && text.length < CARRIED });
      if (answer.status === 412) return found();
      if (!answer.ok) return fail(await server.reason(answer));
      ({ tag } = (await answer.json()) as { tag: string });
      inConflict = false;
      set({ savedRevision: revision, phase: revision === state.revision ? "saved" : "unsaved" });
    } catch {
      fail(UNSAVED);
    }
  }
  const autosave = createAutosave({ write: () => write(), quiet: 150, longest: 400 });

  const endStore = editor.store.subscribe(({ history: { document } }) => {
    if (document === known) return;
    known = document;
    set({ revision: state.revision + 1, phase: inConflict ? "failed" : "unsaved", ...(inConflict && state.reason ? { reason: state.reason } : {}) });
    autosave.changed();
  });

  async function look(): Promise<void> {
    if (document.visibilityState !== "visible" || state.phase === "saving" || inConflict) return;
    const before = tag;
    try {
      const answer = await server.ask("graph", { method: "HEAD" });
      const now = answer.headers.get("ETag")?.replaceAll('"', "");
      // While it was asked, a write of our own may have come between.
      if (answer.ok && now !== undefined && now !== before && tag === before && phaseOf() !== "saving") found();
      else if (answer.ok && phaseOf() === "failed") await write();
    } catch {
      if (state.phase !== "failed") fail(UNSAVED);
    }
  }
  const phaseOf = (): SaveState["phase"] => state.phase;
  const timer = setInterval(() => void look(), LOOK);
  const onFocus = (): void => void look();
  const onHide = (): void => void write({ closing: true });
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (state.revision !== state.savedRevision) event.preventDefault();
  };
  addEventListener("focus", onFocus);
  addEventListener("pagehide", onHide);
  addEventListener("beforeunload", onLeave);
  for (const text of losses) editor.notify({ kind: "warning", text });
  const alone = async (): Promise<never> => {
    throw new Error(`This page edits ${disk.name} alone.`);
  };

  return {
    current: "linked",
    persistent: true,
    name: disk.name,
    saveState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    conflict: () => inConflict,
    keepMine: () => write({ over: true }),
    async takeTheirs() {
      const answer = await server.ask("graph").catch(() => null);
      if (!answer?.ok) return fail(answer ? await server.reason(answer) : UNSAVED);
      const now = (await answer.json()) as OnDisk;
      try {
        const next = sharedDocument(known, readGraph(now.text, registry).document);
        tag = now.tag;
        known = next;
        editor.follow(next);
        inConflict = false;
        set({ phase: "saved", savedRevision: state.revision });
      } catch (error) {
        fail((error as Error).message);
      }
    },
    list: async () => [{ id: "linked", title: known.title?.trim() || disk.name, changed: Date.now(), nodes: known.nodes.length }],
    trash: async () => [],
    onListChange: () => () => {},
    open: async (id) => (id === "linked" ? undefined : alone()),
    create: (graph, options) => keepInBrowser(editor, registry, graph, options?.files),
    duplicate: () => keepInBrowser(editor, registry, { ...known, title: `${known.title?.trim() || disk.name} copy` }),
    rename: async (_id, title) => void editor.edit([{ kind: "set-document", fields: { title } }], { scope: [] }),
    remove: alone,
    restore: alone,
    purge: alone,
    found: async () => null,
    fileHandle: async () => null,
    setFileHandle: async () => {},
    flush: () => autosave.flush(),
    takeOver: async () => {},
    dispose() {
      void autosave.flush();
      autosave.end();
      endStore();
      clearInterval(timer);
      removeEventListener("focus", onFocus);
      removeEventListener("pagehide", onHide);
      removeEventListener("beforeunload", onLeave);
      listeners.clear();
    },
  };
}

/** This page stays with its file: another graph goes to this browser's own list, one click away. */
async function keepInBrowser(editor: EditorParts["editor"], registry: NodeRegistry<RunnableNode>, graph: GraphDocument, files?: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const [{ openIdbStore }, { createGraphList }] = await Promise.all([import("./idb-store.ts"), import("./graph-list.ts")]);
  const id = await createGraphList(await openIdbStore(), registry).create(graph, files);
  const run = (): void => void window.open(`${location.pathname}#g=${id}`, "_blank", "noopener");
  editor.notify({ kind: "info", text: `“${graph.title ?? "Untitled graph"}” is kept in this browser; this page stays with its file.`, action: { title: "Open it", run } });
  return id;
}
