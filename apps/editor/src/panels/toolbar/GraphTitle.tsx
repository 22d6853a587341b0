/** The graph's title, edited where it stands: Enter or leaving the field keeps it, Escape takes it back. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";

const MOST_LETTERS = 120;

export function GraphTitle(): ReactNode {
  const { editor } = useEditor();
  const title = useEditorState((s) => s.history.document.title ?? "");
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const [draft, setDraft] = useState(title);
  const taken = useRef(false);
  useEffect(() => setDraft(title), [title]);
  const keep = (): void => {
    const next = draft.trim().replace(/\s+/g, " ");
    if (!taken.current && next !== title) editor.edit([{ kind: "set-document", fields: { title: next || undefined } as { title?: string } }], { label: "Rename graph", scope: [] });
    if (taken.current || next === title) setDraft(title);
    taken.current = false;
  };
  return (
    <span className="pb-graph-title" data-text={draft || "Untitled graph"}>
      <input
        aria-label="Graph title" value={draft} placeholder="Untitled graph" maxLength={MOST_LETTERS} readOnly={readOnly} spellCheck={false} autoComplete="off" size={1}
        onChange={(event) => setDraft(event.target.value)} onBlur={keep} onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          taken.current = event.key === "Escape";
          event.stopPropagation();
          event.currentTarget.blur();
        }}
      />
    </span>
  );
}
