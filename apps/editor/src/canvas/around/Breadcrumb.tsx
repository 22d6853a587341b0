/** Where the canvas is: the graph, and the subgraphs that were entered; each name leads back there. */
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { bodyAt } from "../../model/document-view.ts";

export function Breadcrumb(): ReactNode {
  const { editor } = useEditor();
  const scope = useEditorState((s) => s.scope);
  const document = useEditorState((s) => (s.scope.length ? s.history.document : null));
  if (!document) return null;
  const names = [document.title ?? "Untitled graph", ...scope.map((id, i) => bodyAt(document, scope.slice(0, i))?.nodes.find((n) => n.id === id)?.title ?? id)];
  return (
    <nav className="pb-crumbs" aria-label="Subgraph">
      {names.map((name, i) => (
        <span key={i} className="pb-crumb">
          {i ? <ChevronRight aria-hidden /> : null}
          {i === scope.length ? <b aria-current="location">{name}</b> : <button type="button" onClick={() => editor.enter(scope.slice(0, i))}>{name}</button>}
        </span>
      ))}
    </nav>
  );
}
