/** The editor as a React component: the host program keeps the graph and hears of every edit. */
import { emptyGraph, type GraphDocument, type NodeRegistry } from "@patchbay/graph-core";
import { nodes as standardNodes } from "@patchbay/nodes";
import type { RunnableNode } from "@patchbay/runtime";
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from "react";
import { createParts, type MadeParts } from "./app/create-parts.ts";
import { EditorContext } from "./app/editor-context.ts";
import type { EditorParts } from "./app/editor-parts.ts";
import { Shell } from "./app/Shell.tsx";
import { createAcknowledged } from "./embed/acknowledged.ts";
import type { ExampleEntry } from "./examples/example-entry.ts";
import type { UiState } from "./model/ui-state.ts";
import type { GraphFiles } from "./storage/graph-files.ts";
import { createMemoryFiles } from "./storage/memory-files.ts";

export interface PatchbayEditorProps {
  /** Opened at the start, and whenever it is another object than those that `onChange` gave. Absent: an empty graph. */
  graph?: GraphDocument;
  /** After every edit, undo and redo, with the graph as it is then. Documents are immutable: keep it, compare it, pass it back as `graph`. */
  onChange?: (graph: GraphDocument) => void;
  /** The node types; by default Patchbay's own. `withNodes(invert)` adds some. Read once. */
  nodes?: NodeRegistry<RunnableNode>;
  /**
   * A worker that calls `serveEngine` with the same node types, so that runs never freeze the page. Without one, own
   * `nodes` run on the page's thread; Patchbay's own always have a worker. Read once.
   */
  worker?: () => Worker;
  /** What the graph names by relative paths; by default kept in memory. Read once. */
  files?: GraphFiles;
  /** Where the built editor's `npm/` folder is served: networks' weights and sample pictures. By default beside the page. Read once. */
  assets?: string;
  /** What the gallery of examples shows. Read once. */
  examples?: readonly ExampleEntry[];
  /** By default it follows the system. */
  theme?: UiState["theme"];
  /** The graph can be looked at and run, not changed; a sentence says why. */
  readOnly?: boolean | string;
  /** The editor's state and actions, once it stands. */
  onReady?: (parts: EditorParts) => void;
  className?: string;
  /** Give it a height: the editor fills its place. */
  style?: CSSProperties;
}

/** Several may stand on one page. It stores nothing, and listens for keys only while the focus is in it. */
export function PatchbayEditor(props: PatchbayEditorProps): ReactNode {
  const { graph, theme = "system", readOnly = false, className, style } = props;
  const [parts, setParts] = useState<MadeParts | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [given] = useState(createAcknowledged<GraphDocument>);

  useEffect(() => {
    const { graph: first = emptyGraph(), nodes, worker, files = createMemoryFiles(), assets = "./", examples, onReady } = latest.current;
    const made = createParts({
      registry: nodes ?? standardNodes,
      document: first,
      files,
      assets: new URL(assets.endsWith("/") ? assets : `${assets}/`, document.baseURI).href,
      engine: { ...(worker ? { worker } : {}), ...(nodes ? { nodes } : {}) },
      ...(examples ? { examples } : {}),
    });
    const { store } = made.editor;
    const end = store.subscribe((now, before) => {
      if (now.history.document === before.history.document || given.opening) return;
      given.gave(now.history.document);
      latest.current.onChange?.(now.history.document);
    });
    setParts(made);
    onReady?.(made);
    return () => {
      end();
      setParts(null);
      made.dispose();
    };
  }, [given]);

  useEffect(() => {
    if (!parts || graph === undefined || given.has(graph) || graph === parts.editor.store.getState().history.document) return;
    given.open(() => parts.editor.open(graph));
  }, [parts, graph, given]);
  useEffect(() => parts?.editor.setUi({ theme }), [parts, theme]);
  useEffect(() => parts?.editor.setReadOnly(readOnly === false ? null : readOnly === true ? "This graph can be looked at and run here, not changed." : readOnly), [parts, readOnly]);

  return (
    <div className={className} style={{ height: "100%", minHeight: 0, position: "relative", ...style }}>
      {parts ? (
        <EditorContext value={parts}>
          <Shell />
        </EditorContext>
      ) : null}
    </div>
  );
}
