/** Follows an editor: the open graph is written as it is edited, and others are opened in its place. */
import { emptyGraph, type GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import type { Notice } from "../model/ui-state.ts";
import { askToKeep } from "./ask-to-keep.ts";
import { claimGraph, type ClaimedGraph } from "./claimed-graph.ts";
import { documentText } from "./document-text.ts";
import type { GraphList } from "./graph-list.ts";
import { createSession, type GraphSession } from "./graph-session.ts";
import type { GraphStore } from "./graph-store.ts";
import { onAddress, showInAddress } from "./page-address.ts";
import { onLeaving } from "./page-leaving.ts";
import type { PictureCodec } from "./picture-codec.ts";
import { failureText } from "./save-texts.ts";
import { sharedGraph } from "./shared-graph.ts";
import type { StoredFiles } from "./stored-files.ts";
import { entryOf, titleOf } from "./stored-graph.ts";
import { openTabChannel } from "./tab-channel.ts";
import type { SaveState, Workspace } from "./workspace.ts";

export interface WorkspaceOptions {
  parts: Omit<EditorParts, "workspace">;
  store: GraphStore;
  list: GraphList;
  files: StoredFiles;
  codec: PictureCodec;
  /** Keeps the open graph in the page's address. */
  address: boolean;
  /** To show as soon as there is an editor. */
  notices: readonly Omit<Notice, "id">[];
  /** What the editor shows already. */
  first: ClaimedGraph;
}

export function createWorkspace({ parts, store, list, files, codec, address, notices, first }: WorkspaceOptions): Workspace {
  const { editor } = parts;
  const { registry } = editor;
  const listeners = new Set<() => void>();
  const listListeners = new Set<() => void>();
  const channel = openTabChannel((message) => {
    if (message.type === "list") for (const listener of listListeners) listener();
    else if (message.graph === session.id) session.hear(message);
  });
  const tellList = (): void => {
    channel.send({ type: "list" });
    for (const listener of listListeners) listener();
  };
  let state: SaveState;
  const refresh = (): void => {
    const next = session.state();
    if (state && state.phase === next.phase && state.reason === next.reason && state.revision === next.revision && state.savedRevision === next.savedRevision) return;
    state = next;
    for (const listener of listeners) listener();
  };

  function sessionOf(graph: ClaimedGraph): GraphSession {
    const { losses } = graph.found;
    if (losses)
      editor.notify({
        kind: "warning",
        text: `${losses.length === 1 ? "A part" : `${losses.length} parts`} of this graph could not be read and ${losses.length === 1 ? "is" : "are"} left out. ${losses[0]} Download it as it was found to look at the rest.`,
        action: { title: "Download", run: () => void downloadText(graph.text ?? "", `${graph.entry.title}.json`) },
      });
    if (graph.found.unreadable !== undefined && graph.text !== null)
      editor.notify({ kind: "error", text: `“${graph.entry.title}” cannot be opened. ${graph.found.unreadable}`, action: { title: "Download", run: () => void downloadText(graph.text!, `${graph.entry.title}.json`) } });
    return createSession({
      graph, parts, store, codec, channel,
      onState: () => session && session.id === graph.id && refresh(),
      onList: tellList,
      async onStranded(document) {
        const title = `${titleOf(document)} (edits of another tab)`;
        const entry = entryOf({ ...document, title }, registry);
        await store.duplicate(graph.id, entry, documentText({ ...document, title }));
        tellList();
        editor.notify({ kind: "warning", text: `Another tab edits this graph now. What was edited here last is kept as “${title}”.`, action: { title: "Open it", run: () => void workspace.open(entry.id) } });
      },
    });
  }

  let session: GraphSession = undefined as never; // Set in the next line, which asks for it while it is made.
  session = sessionOf(first);
  state = session.state();
  if (address) showInAddress(first.id, { replace: true });
  if (first.view.scope.length) editor.enter(first.view.scope);
  for (const notice of notices) editor.notify(notice);

  /** One thing after the other: opening, while another graph is being opened. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  };

  /** Its own edits are stored, or the person is asked to see to them first. */
  async function mayLeave(): Promise<boolean> {
    await session.flush();
    const { phase, reason, savedRevision, revision } = session.state();
    if (phase !== "failed" || savedRevision === revision) return true;
    editor.notify({ kind: "error", text: `${reason} Until then, no other graph can be opened.`, action: { title: "Export", run: () => editor.setUi({ dialog: { id: "export" } }) } });
    return false;
  }

  let settling = false;
  async function show(id: string, { replace = false, leave = true } = {}): Promise<void> {
    if (id === session.id) return;
    const entry = await store.entry(id);
    if (!entry) {
      editor.notify({ kind: "warning", text: "That graph is not in this browser any more." });
      if (address) showInAddress(session.id, { replace: true });
      return;
    }
    if (leave && !(await mayLeave())) return;
    if (entry.removed !== undefined) await store.describe(id, { removed: undefined });
    parts.run.stop();
    const next = await claimGraph(store, registry, id);
    session.end();
    settling = true;
    files.use(id);
    editor.open(next.found.document);
    editor.setUi(next.view.ui);
    if (next.view.scope.length) editor.enter(next.view.scope);
    else if (next.view.ui.viewport) editor.look({ kind: "viewport", viewport: next.view.ui.viewport });
    settling = false;
    files.tell();
    session = sessionOf(next);
    refresh();
    if (address) showInAddress(id, { replace });
    tellList();
  }

  /** Somebody gave the editor another document: it becomes a graph of its own, so that the one that was open stays what it is. */
  async function adopt(document: GraphDocument): Promise<void> {
    const text = documentText(document);
    const named = new Map<string, Uint8Array>();
    for (const path of await files.paths()) {
      const bytes = text.includes(JSON.stringify(path).slice(1, -1)) ? await files.read(path) : null;
      if (bytes) named.set(path, bytes);
    }
    const id = await list.create(document, named);
    const next = await claimGraph(store, registry, id);
    session.end();
    files.use(id);
    session = sessionOf(next);
    // What was edited since it was opened.
    const now = editor.store.getState();
    if (now.history.document !== document) session.changed(now, { ...now, history: { ...now.history, document } });
    refresh();
    if (address) showInAddress(id);
    tellList();
  }

  let adopting = false;
  const endFollowing = editor.store.subscribe((now, before) => {
    if (settling || now === before) return;
    const { document, past, future } = now.history;
    // A history that is empty on both sides is a document that was opened, not edited.
    const isOther = document !== before.history.document && past.length === 0 && future.length === 0 && !session.knows(document);
    if (isOther && !adopting) {
      adopting = true;
      void inTurn(() => session.flush().then(() => adopt(document)))
        .catch((error: unknown) => editor.notify({ kind: "error", text: failureText(error) }))
        .finally(() => (adopting = false));
      return;
    }
    if (!adopting) session.changed(now, before);
  });
  const endAddress = address
    ? onAddress((id) => void inTurn(() => show(id, { replace: true })), (hash) => void inTurn(async () => {
        const shared = await sharedGraph(hash, registry);
        if (!shared) return;
        await show(await list.create(shared.document, shared.files), { replace: true });
        if (shared.notice) editor.notify(shared.notice);
      }))
    : () => {};
  const endKeeping = store.persistent ? askToKeep(editor) : () => {};
  const endLeaving = onLeaving({ flush: () => void session.flush(), isUnsaved: () => session.state().phase === "failed" && session.state().savedRevision < session.state().revision });

  const workspace: Workspace = {
    get current() {
      return session.id;
    },
    persistent: store.persistent,
    saveState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onListChange(listener) {
      listListeners.add(listener);
      return () => listListeners.delete(listener);
    },
    list: list.list,
    trash: list.trash,
    open: (id) => inTurn(() => show(id)),
    create: (document, { files: given } = {}) =>
      inTurn(async () => {
        if (!(await mayLeave())) throw new Error("The open graph is not saved yet.");
        const id = await list.create(document, given).catch((error: unknown) => {
          editor.notify({ kind: "error", text: failureText(error) });
          throw error;
        });
        await show(id);
        return id;
      }),
    duplicate: (id) =>
      inTurn(async () => {
        if (id === session.id) await session.flush();
        const copy = await list.duplicate(id);
        tellList();
        return copy;
      }),
    async rename(id, title) {
      if (id === session.id && session.state().phase !== "read-only") editor.edit([{ kind: "set-document", fields: { title } }], { label: "Rename the graph", scope: [] });
      else if (!(await list.rename(id, title))) channel.send({ type: "rename", graph: id, title });
      else if (id === session.id) channel.send({ type: "saved", graph: id, revision: 0 });
      tellList();
    },
    remove: (id) =>
      inTurn(async () => {
        const wasOpen = id === session.id;
        if (wasOpen) await session.flush();
        const title = (await store.entry(id))?.title ?? "Untitled graph";
        await store.describe(id, { removed: Date.now() });
        channel.send({ type: "removed", graph: id });
        if (wasOpen) await show((await list.last())?.id ?? (await list.create(emptyGraph())), { replace: true, leave: false });
        tellList();
        const takeBack = async (): Promise<void> => {
          await workspace.restore(id);
          if (wasOpen) await workspace.open(id);
        };
        editor.notify({ kind: "info", text: `“${title}” is in the trash of your graphs.`, action: { title: "Undo", run: () => void takeBack() } });
        return takeBack;
      }),
    async restore(id) {
      await store.describe(id, { removed: undefined });
      channel.send({ type: "restored", graph: id });
      tellList();
    },
    async purge(id) {
      if (id === session.id) return;
      await store.purge(id);
      tellList();
    },
    found: store.found,
    fileHandle: () => store.handle(session.id).catch(() => null),
    // A browser that cannot store handles asks for the file again.
    setFileHandle: (handle) => store.saveHandle(session.id, handle).catch(() => {}),
    flush: () => session.flush(),
    takeOver: () => session.takeOver(),
    dispose() {
      endFollowing();
      endAddress();
      endKeeping();
      endLeaving();
      void session.flush().finally(() => {
        session.end();
        channel.close();
      });
    },
  };
  if (!store.persistent)
    editor.notify({ kind: "warning", text: "This browser keeps nothing for this page (a private window, or storage is switched off): graphs last until it is closed. Export what you want to keep.", action: { title: "Export", run: () => editor.setUi({ dialog: { id: "export" } }) } });
  return workspace;
}

async function downloadText(text: string, name: string): Promise<void> {
  const { download } = await import("../formats/download.ts");
  download(new Blob([text], { type: "application/json" }), name);
}
