/** One open graph: what is edited is written, and of tabs that have it open one edits while the others follow. */
import type { GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import type { EditorState } from "../model/editor-state.ts";
import { createAutosave } from "./autosave.ts";
import type { ClaimedGraph } from "./claimed-graph.ts";
import { documentText, sharedDocument } from "./document-text.ts";
import { drawGraph } from "./graph-drawing.ts";
import { ClaimLost, type GraphStore } from "./graph-store.ts";
import type { PictureCodec } from "./picture-codec.ts";
import { keepResultsOf } from "./results-keeper.ts";
import { failureText, OPEN_ELSEWHERE, REMOVED_ELSEWHERE, unreadableText } from "./save-texts.ts";
import { readStored, titleOf } from "./stored-graph.ts";
import { sameView, viewOf } from "./stored-view.ts";
import type { TabChannel, TabMessage } from "./tab-channel.ts";
import type { SaveState } from "./workspace.ts";

export interface GraphSession {
  readonly id: string;
  state(): SaveState;
  /** Whether this document is what another tab stored. */
  knows(document: GraphDocument): boolean;
  /** What is shown changed. */
  changed(now: EditorState, before: EditorState): void;
  /** Starts writing before it returns, so that a page that goes away can call it. */
  flush(): Promise<void>;
  hear(message: TabMessage): void;
  takeOver(): Promise<void>;
  end(): void;
}

export interface SessionOptions {
  graph: ClaimedGraph;
  parts: Pick<EditorParts, "editor">;
  store: GraphStore;
  codec: PictureCodec;
  channel: TabChannel;
  /** `state` is another. */
  onState(): void;
  /** What lists show of this graph is another. */
  onList(): void;
  /** These edits came too late: another tab edits the graph now. */
  onStranded(document: GraphDocument): Promise<void>;
}

/** How long the tab that edits may take to write and answer before it is taken to hang. */
const ANSWER_MS = 800;
const DRAWING_MS = 1500;
const VIEW_MS = 250;
const SETTLE_MS = 400;

/** `graph` is shown already. */
export function createSession({ graph, parts: { editor }, store, codec, channel, onState, onList, onStranded }: SessionOptions): GraphSession {
  const { id, lock } = graph;
  const { unreadable, losses } = graph.found;
  let { claim, entry } = graph;
  /** The text that the first save replaces, where not all of it could be read. */
  let found = losses ? (graph.text ?? undefined) : undefined;
  let [revision, saved] = [entry.revision, entry.revision];
  let writing = 0;
  let failure: string | null = null;
  let removed = false;
  let ended = false;
  /** What the editor shows of what is stored: not an edit. */
  let known: GraphDocument = editor.store.getState().history.document;
  let onAnswer: (() => void) | null = null;
  let onHeld: (() => void) | null = null;
  let viewTimer: ReturnType<typeof setTimeout> | undefined;
  let settleTimer: ReturnType<typeof setTimeout> | undefined;
  let drawingTimer: ReturnType<typeof setTimeout> | undefined;

  const writes = (): boolean => claim !== null && unreadable === undefined && !removed && !ended;
  const shown = (): GraphDocument => editor.store.getState().history.document;
  const reason = (): string | null => (unreadable !== undefined ? unreadableText(unreadable) : removed ? REMOVED_ELSEWHERE : claim === null ? OPEN_ELSEWHERE : null);
  const tellReadOnly = (): void => {
    const text = reason();
    if (editor.store.getState().readOnly !== text) editor.setReadOnly(text);
    onState();
  };

  async function write(): Promise<void> {
    if (!writes() || saved === revision) return;
    const [document, { ui, scope }, of] = [shown(), editor.store.getState(), revision];
    entry = { ...entry, title: titleOf(document), changed: Date.now(), nodes: document.nodes.length, revision: of, ...(found === undefined ? {} : { incomplete: true as const }) };
    writing++;
    onState();
    try {
      await store.save({ claim: claim!, entry, text: documentText(document), view: viewOf(ui, scope), ...(found === undefined ? {} : { found }) });
      saved = Math.max(saved, of);
      found = undefined;
      if (failure !== null) editor.notify({ kind: "success", text: "The graph is saved again." });
      failure = null;
      channel.send({ type: "saved", graph: id, revision: of });
      clearTimeout(settleTimer);
      settleTimer = setTimeout(() => void store.settle(id).catch(() => {}), SETTLE_MS);
      draw();
    } catch (error) {
      if (error instanceof ClaimLost) await strand();
      else fail(error);
    } finally {
      writing--;
      if (!ended) onState();
    }
  }

  function fail(error: unknown): void {
    const text = failureText(error);
    if (text !== failure && !ended) editor.notify({ kind: "error", text, action: { title: "Export", run: () => editor.setUi({ dialog: { id: "export" } }) } });
    failure = text;
  }

  /** Another tab edits now. What this one has not stored becomes a graph of its own. */
  async function strand(): Promise<void> {
    if (ended || claim === null) return;
    claim = null;
    tellReadOnly();
    if (saved < revision) await onStranded(shown()).catch(fail);
    await reread();
  }

  const autosave = createAutosave({ write });
  const results = keepResultsOf({
    editor, store, graph: id, codec,
    mayWrite: writes,
    onPicture(picture) {
      entry = { ...entry, picture };
      void store.describe(id, { picture }).then(onList, () => {});
    },
  });

  /** The small drawing for lists, when there is time. */
  function draw(): void {
    clearTimeout(drawingTimer);
    drawingTimer = setTimeout(drawNow, DRAWING_MS);
  }
  function drawNow(): void {
    clearTimeout(drawingTimer);
    drawingTimer = undefined;
    const drawing = drawGraph(shown(), editor.registry) ?? undefined;
    if (!writes() || drawing === entry.drawing) return;
    entry = { ...entry, drawing };
    void store.describe(id, { drawing, title: entry.title, nodes: entry.nodes }).then(onList, () => {});
  }

  let rereading = false;
  let again = false;
  /** Shows what is stored, where another tab wrote it. */
  async function reread(): Promise<void> {
    if (rereading) return void (again = true);
    rereading = true;
    try {
      const [text, now] = await Promise.all([store.text(id), store.entry(id)]);
      if (ended || text === null) return;
      const next = readStored(text, editor.registry);
      if (now) entry = now;
      revision = saved = entry.revision;
      if (next.unreadable === undefined && text !== documentText(shown())) {
        known = sharedDocument(shown(), next.document);
        editor.follow(known);
      }
      onState();
    } finally {
      rereading = false;
      if (again && !ended) {
        again = false;
        void reread();
      }
    }
  }

  async function becomeEditor(): Promise<void> {
    if (ended) return;
    const mine = await store.claim(id);
    await reread();
    if (ended) return;
    claim = mine;
    tellReadOnly();
    for (const notice of editor.store.getState().ui.notices) if (notice.text === OPEN_ELSEWHERE) editor.dismiss(notice.id);
    onHeld?.();
  }

  /** Stops editing, politely: everything is written before the other tab hears of it. */
  async function yieldToOther(): Promise<void> {
    if (claim === null || ended) return;
    editor.setReadOnly(OPEN_ELSEWHERE);
    await autosave.flush();
    if (ended || claim === null) return;
    if (saved < revision) return tellReadOnly(); // Nothing can be stored: the edits stay with this tab, which says why.
    claim = null;
    tellReadOnly();
    channel.send({ type: "yielded", graph: id });
    // A tab that asked and then went away must not leave the graph without an editor.
    setTimeout(() => {
      if (claim === null && !ended && isHeld) void becomeEditor();
    }, 3 * ANSWER_MS);
  }

  let isHeld = claim !== null;
  graph.listen({
    held() {
      isHeld = true;
      void becomeEditor();
    },
    lost() {
      isHeld = false;
      // What is not written yet is tried once more: storage refuses it if the other tab was faster.
      if (claim !== null) void autosave.flush().then(async () => (claim === null ? undefined : saved < revision ? strand() : ((claim = null), tellReadOnly())));
    },
  });

  function saveView(): void {
    clearTimeout(viewTimer);
    viewTimer = undefined;
    const { ui, scope } = editor.store.getState();
    if (writes()) void store.saveView(id, viewOf(ui, scope)).catch(() => {});
  }

  tellReadOnly();
  void results.restore().catch(() => {});
  void store.describe(id, { opened: Date.now() }).catch(() => {});
  entry = { ...entry, opened: Date.now() };

  return {
    id,
    state() {
      const readOnly = reason();
      const rest = { savedRevision: saved, revision };
      if (readOnly !== null) return { phase: "read-only", reason: readOnly, ...rest };
      if (failure !== null) return { phase: "failed", reason: failure, ...rest };
      if (!store.persistent) return { phase: "unsaved", reason: "This browser keeps nothing for this page: export the graph before you close it.", ...rest };
      return { phase: writing ? "saving" : saved < revision ? "unsaved" : "saved", ...rest };
    },
    knows: (document) => document === known,
    changed(now, before) {
      const { document } = now.history;
      if (document !== before.history.document && document !== known && writes()) {
        revision++;
        autosave.changed();
        onState();
      }
      if (!sameView(now.ui, before.ui) || now.scope !== before.scope) viewTimer ??= setTimeout(saveView, VIEW_MS);
      if (now.run !== before.run) results.changed(now);
    },
    async flush() {
      if (viewTimer !== undefined) saveView();
      // What failed is tried once more.
      if (saved < revision && writes() && !writing) autosave.changed();
      await Promise.all([autosave.flush(), results.flush()]);
      if (drawingTimer !== undefined) drawNow();
    },
    hear(message) {
      if (ended) return;
      if (message.type === "saved" && claim === null) void reread();
      else if (message.type === "yield") void yieldToOther();
      else if (message.type === "yielded") onAnswer?.();
      else if (message.type === "rename" && claim !== null) editor.edit([{ kind: "set-document", fields: { title: message.title } }], { label: "Rename the graph" });
      else if (message.type === "removed" || message.type === "restored") {
        removed = message.type === "removed";
        const { removed: _, ...rest } = entry;
        entry = rest;
        tellReadOnly();
      }
    },
    async takeOver() {
      if (claim !== null || unreadable !== undefined || removed) return;
      const answered = new Promise<void>((resolve) => {
        onAnswer = resolve;
        setTimeout(resolve, ANSWER_MS);
      });
      channel.send({ type: "yield", graph: id });
      await answered;
      const held = new Promise<void>((resolve) => (onHeld = resolve));
      lock.steal();
      await held;
    },
    end() {
      ended = true;
      autosave.end();
      results.end();
      clearTimeout(viewTimer);
      clearTimeout(drawingTimer);
      lock.release();
    },
  };
}
