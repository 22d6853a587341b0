/** All that the editor knows at one moment, as plain data. Components subscribe to parts of it; nothing else holds state that matters. */
import type { Diagnostic, Facts, History, Inference, Scope } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { RunState } from "./run-state.ts";
import type { UiState } from "./ui-state.ts";

export interface Selection {
  /** Ids in the scope that is shown. */
  readonly nodes: ReadonlySet<string>;
  /** As `wireKey`. */
  readonly wires: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
}

export interface EditorState {
  readonly history: History;
  /** Of `history.document` with `facts`: the types on wires and every diagnostic. Keys are flat (`outer/inner.port`). */
  readonly inference: Inference<RunnableNode>;
  /** What is known of the files that the document names. */
  readonly facts: Facts;
  /** Diagnostics by flat node id; an entry keeps its identity while what it holds is the same. */
  readonly problemsByNode: ReadonlyMap<string, readonly Diagnostic[]>;
  /** By wire as diagnostics name it (`a.out -> b.in`, with the scope's prefix). */
  readonly problemsByWire: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Subgraph nodes entered, outermost first. */
  readonly scope: Scope;
  readonly selection: Selection;
  /** A sentence that says why nothing can be edited; null when it can. */
  readonly readOnly: string | null;
  readonly run: RunState;
  readonly ui: UiState;
}
