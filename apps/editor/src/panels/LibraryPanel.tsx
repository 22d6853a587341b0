/** All node types, in groups, found by words, dragged to the canvas or added by a click. */
import { ChevronRight, Search, X } from "lucide-react";
import type { RunnableNode } from "@patchbay/runtime";
import { memo, useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { useWords } from "../app/use-words.ts";
import { isCramped } from "../app/use-sheets.ts";
import { firstSentence } from "../ui/first-sentence.ts";
import { startNodeDrag } from "./library/drag-node.ts";
import { libraryGroups, type LibraryEntry } from "./library/library-entries.ts";
import { PortSigns } from "./library/PortSigns.tsx";
import { searchLibrary } from "./library/search-library.ts";
import { useAddNode } from "./library/use-add-node.ts";
import "./library.css";

export function LibraryPanel(): ReactNode {
  const { editor } = useEditor();
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const [typed, setQuery] = useState("");
  const query = useDeferredValue(typed).trim();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const add = useAddNode();
  const groups = useMemo(() => libraryGroups(editor.registry), [editor.registry]);
  const found = useMemo(() => (query ? searchLibrary(editor.registry, query) : null), [editor.registry, query]);

  const addAndStep = (node: RunnableNode): void => {
    add(node, panel.current!);
    // As a sheet the library covers what was just added.
    const root = panel.current!.closest<HTMLElement>(".pb-root")!;
    if (isCramped(root.clientWidth)) editor.setUi({ panels: { ...editor.store.getState().ui.panels, library: false } });
  };
  const toggle = (title: string): void => setClosed((before) => (before.has(title) ? new Set([...before].filter((t) => t !== title)) : new Set([...before, title])));

  /** Arrows walk through the field, the groups' headings and the entries; letters go back to the field. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [field.current!, ...panel.current!.querySelectorAll<HTMLElement>("[data-stop]")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Home" && at > 0 ? 0 : event.key === "End" && at > 0 ? stops.length - 1 : null;
    if (to !== null && at >= 0) {
      event.preventDefault();
      stops[Math.min(stops.length - 1, Math.max(0, to))]!.focus();
    } else if (at > 0 && event.key.length === 1 && event.key !== " ") field.current!.focus();
    else if (at === 0 && event.key === "Enter" && found?.[0] && !readOnly) addAndStep(found[0].node);
    else if (event.key === "Escape" && typed) {
      event.preventDefault();
      setQuery("");
      field.current!.focus();
    }
  };

  const entry = (item: LibraryEntry): ReactNode => <Entry key={item.node.type} item={item} disabled={readOnly} onAdd={addAndStep} />;
  return (
    <aside ref={panel} className="pb-library" role="region" aria-label="Node library" onKeyDown={onKeyDown}>
      <div className="pb-library-search">
        <Search aria-hidden="true" />
        <input ref={field} type="search" className="pb-input" aria-label="Search nodes" aria-description="Arrow keys walk through the nodes, Enter adds one." placeholder="Search nodes" value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setQuery(event.target.value)} />
        {typed ? (
          <button type="button" className="pb-clear" aria-label="Clear search" onClick={() => (setQuery(""), field.current!.focus())}>
            <X />
          </button>
        ) : null}
      </div>
      <p className="pb-visually-hidden" role="status">{found ? `${found.length} ${found.length === 1 ? "node" : "nodes"} found.` : ""}</p>
      <div className="pb-library-list">
        {found === null ? (
          groups.map(({ title, entries }) => {
            const open = !closed.has(title);
            return (
              <section key={title} className="pb-library-group">
                <h3>
                  <button type="button" data-stop aria-expanded={open} onClick={() => toggle(title)}>
                    <ChevronRight aria-hidden="true" />
                    {title}
                    <span className="pb-library-count" aria-hidden="true">{entries.length}</span>
                  </button>
                </h3>
                {open ? <ul>{entries.map(entry)}</ul> : null}
              </section>
            );
          })
        ) : found.length ? (
          <ul className="pb-library-found">{found.map(entry)}</ul>
        ) : (
          <div className="pb-library-none">
            <p>No node is called that.</p>
            <p>Try what it does: “blur”, “compare faces”, “loss”.</p>
          </div>
        )}
      </div>
    </aside>
  );
}

const Entry = memo(function Entry({ item: { node, because }, disabled, onAdd }: { item: LibraryEntry; disabled: boolean; onAdd: (node: RunnableNode) => void }): ReactNode {
  const words = useWords();
  const help = firstSentence(words(node.doc));
  return (
    <li>
      {/* Not a <button>: Firefox drags none. Arrow keys lead here: with forty stops of the Tab key the canvas would be far away. */}
      <div
        role="button" tabIndex={-1} className="pb-library-entry" data-stop data-node-type={node.type} aria-description={because ? `Found by “${because}”. ${help}` : help} aria-disabled={disabled || undefined}
        draggable={!disabled} onDragStart={(event) => startNodeDrag(event, node)} onClick={() => disabled || onAdd(node)}
        onKeyDown={(event) => {
          if (disabled || (event.key !== "Enter" && event.key !== " ")) return;
          event.preventDefault();
          onAdd(node);
        }}
      >
        <span className="pb-library-head">
          <span className="pb-library-title">{node.title}</span>
          <PortSigns inputs={node.inputs} outputs={node.outputs} />
        </span>
        <span className="pb-library-help" aria-hidden="true">{help}</span>
        {because ? <span className="pb-library-because" aria-hidden="true">found by “{because}”</span> : null}
      </div>
    </li>
  );
});
