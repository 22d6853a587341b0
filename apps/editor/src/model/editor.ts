/** The editor without its face: one document with its history, kept typed, and the actions that change it. */
import {
  createHistory, createInference, endGesture, recordChanges, redo, undo,
  type Change, type Diagnostic, type Facts, type GraphDocument, type History, type NodeRegistry, type Scope,
} from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { createStore, type StoreApi } from "zustand/vanilla";
import { bodyAt, existingScope, nodesById, wireKey } from "./document-view.ts";
import type { EditorState, Selection } from "./editor-state.ts";
import { groupBy } from "./problems.ts";
import { IDLE } from "./run-state.ts";
import { INITIAL_UI, type Notice, type UiState, type ViewTarget } from "./ui-state.ts";

export interface EditOptions {
  /** Changes with one name in succession undo together. */
  gesture?: string;
  /** What the history list shows; by default made from the changes. */
  label?: string;
  /** The scope that changes without one of their own mean; by default the one that is shown. */
  scope?: Scope;
}

export interface Editor {
  readonly registry: NodeRegistry<RunnableNode>;
  readonly store: StoreApi<EditorState>;
  /** Applies changes as one step of the history. What was refused is told as a notice and returned; the rest is done. */
  edit(changes: readonly Change[], options?: EditOptions): readonly Diagnostic[];
  endGesture(): void;
  undo(): void;
  redo(): void;
  /** To where `past` is as long as this: forward or back. */
  jumpTo(steps: number): void;
  /** Replaces the document and forgets its history: another graph was opened. */
  open(document: GraphDocument, facts?: Facts): void;
  /** Shows what another tab or program made of the same graph: selection, scope and view stay; there is no history to undo. */
  follow(document: GraphDocument): void;
  /** What has been found out about the document's files: types are inferred again. */
  setFacts(facts: Facts): void;
  select(selection: Partial<{ nodes: Iterable<string>; wires: Iterable<string>; comments: Iterable<string> }>): void;
  /** Shows the inside of a subgraph node, or with a shorter scope goes back up. */
  enter(scope: Scope): void;
  setUi(change: Partial<UiState>): void;
  notify(notice: Omit<Notice, "id">): void;
  dismiss(id: number): void;
  /** Asks the canvas to move its view. */
  look(target: ViewTarget): void;
  setReadOnly(reason: string | null): void;
}

export interface EditorOptions {
  registry: NodeRegistry<RunnableNode>;
  document: GraphDocument;
  facts?: Facts;
  ui?: Partial<UiState>;
}

const NOTHING: Selection = { nodes: new Set(), wires: new Set(), comments: new Set() };

export function createEditor({ registry, document, facts = {}, ui = {} }: EditorOptions): Editor {
  let inference = createInference(registry);
  const store = createStore<EditorState>(() => ({
    history: createHistory(document, { limit: Infinity }),
    ...typed(document, facts, { problemsByNode: new Map(), problemsByWire: new Map() }),
    facts,
    scope: [],
    selection: NOTHING,
    readOnly: null,
    run: IDLE,
    ui: { ...INITIAL_UI, ...ui },
  }));
  let notices = 0;

  function typed(next: GraphDocument, known: Facts, before: Pick<EditorState, "problemsByNode" | "problemsByWire">): Pick<EditorState, "inference" | "problemsByNode" | "problemsByWire"> {
    const result = inference.update(next, known);
    return {
      inference: result,
      problemsByNode: groupBy(result.diagnostics, (d) => d.node, before.problemsByNode),
      problemsByWire: groupBy(result.diagnostics, (d) => d.wire, before.problemsByWire),
    };
  }

  function setHistory(history: History): void {
    const state = store.getState();
    if (history === state.history) return;
    if (history.document === state.history.document) return store.setState({ history });
    const scope = existingScope(history.document, state.scope);
    store.setState({ history, ...typed(history.document, state.facts, state), scope, selection: scope === state.scope ? pruned(state.selection, history.document, scope) : NOTHING });
  }

  const editor: Editor = {
    registry,
    store,
    edit(changes, { gesture, label, scope } = {}) {
      const state = store.getState();
      if (state.readOnly !== null) {
        editor.notify({ kind: "warning", text: state.readOnly });
        return [];
      }
      const where = scope ?? state.scope;
      const placed = changes.map((change) => (change.scope === undefined && where.length ? { ...change, scope: where } : change));
      const { history, diagnostics } = recordChanges(state.history, placed, { registry, ...(gesture === undefined ? {} : { gesture }), ...(label === undefined ? {} : { label }) });
      setHistory(history);
      for (const text of new Set(diagnostics.filter((d) => d.severity === "error").map((d) => d.message))) editor.notify({ kind: "error", text });
      return diagnostics;
    },
    endGesture: () => setHistory(endGesture(store.getState().history)),
    undo: () => store.getState().readOnly === null && setHistory(undo(store.getState().history)),
    redo: () => store.getState().readOnly === null && setHistory(redo(store.getState().history)),
    jumpTo(steps) {
      let { history } = store.getState();
      while (history.past.length > steps) history = undo(history);
      while (history.past.length < steps && history.future.length) history = redo(history);
      setHistory(history);
    },
    open(next, known = {}) {
      inference = createInference(registry);
      store.setState({
        history: createHistory(next, { limit: Infinity }),
        ...typed(next, known, { problemsByNode: new Map(), problemsByWire: new Map() }),
        facts: known, scope: [], selection: NOTHING,
        run: { ...store.getState().run, nodes: IDLE.nodes, values: IDLE.values, problems: [], notices: [], resumable: IDLE.resumable, lastMilliseconds: null },
      });
      editor.look({ kind: "fit" });
    },
    follow: (next) => setHistory(createHistory(next, { limit: Infinity })),
    setFacts(known) {
      const state = store.getState();
      store.setState({ facts: known, ...typed(state.history.document, known, state) });
    },
    select({ nodes = [], wires = [], comments = [] }) {
      const before = store.getState().selection;
      const next: Selection = { nodes: keep(before.nodes, nodes), wires: keep(before.wires, wires), comments: keep(before.comments, comments) };
      if (next.nodes !== before.nodes || next.wires !== before.wires || next.comments !== before.comments) store.setState({ selection: next });
    },
    enter(scope) {
      if (!bodyAt(store.getState().history.document, scope)) return;
      store.setState({ scope, selection: NOTHING });
      editor.look({ kind: "fit" });
    },
    setUi: (change) => store.setState({ ui: { ...store.getState().ui, ...change } }),
    notify(notice) {
      const { ui: now } = store.getState();
      const others = now.notices.filter((n) => n.text !== notice.text);
      editor.setUi({ notices: [...others, { ...notice, id: ++notices }].slice(-4) });
    },
    dismiss: (id) => editor.setUi({ notices: store.getState().ui.notices.filter((n) => n.id !== id) }),
    look: (target) => editor.setUi({ view: { request: store.getState().ui.view.request + 1, target } }),
    setReadOnly: (readOnly) => store.setState({ readOnly }),
  };
  return editor;
}

/** The old set where the new one holds the same. */
function keep(before: ReadonlySet<string>, items: Iterable<string>): ReadonlySet<string> {
  const next = new Set(items);
  return next.size === before.size && [...next].every((item) => before.has(item)) ? before : next;
}

/** Without what is no longer there. */
function pruned(selection: Selection, document: GraphDocument, scope: Scope): Selection {
  const body = bodyAt(document, scope)!;
  const nodes = nodesById(body);
  const wires = selection.wires.size ? new Set(body.wires.map(wireKey)) : new Set<string>();
  const comments = new Set((body.comments ?? []).map((c) => c.id));
  const only = (from: ReadonlySet<string>, known: { has(id: string): boolean }): ReadonlySet<string> => keep(from, [...from].filter((id) => known.has(id)));
  return { nodes: only(selection.nodes, nodes), wires: only(selection.wires, wires), comments: only(selection.comments, comments) };
}
