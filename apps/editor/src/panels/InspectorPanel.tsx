/** Everything about what is selected: parameters, documentation, values. */
import { X } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { Button } from "../ui/Button.tsx";
import { GraphInspector } from "./inspector/GraphInspector.tsx";
import "../params/params.css";
import "./inspector/inspector.css";

const Selected = lazy(() => import("./inspector/Selected.tsx"));

export function InspectorPanel(): ReactNode {
  const { editor } = useEditor();
  const isEmpty = useEditorState(({ selection: { nodes, wires, comments } }) => nodes.size + wires.size + comments.size === 0);
  return (
    <aside className="pb-inspector" role="region" aria-label="Inspector">
      <div className="pb-inspector-bar">
        <h2>Inspector</h2>
        <Button label="Close the inspector" icon={<X />} iconOnly variant="quiet" onClick={() => editor.setUi({ panels: { ...editor.store.getState().ui.panels, inspector: false } })} />
      </div>
      <div className="pb-inspector-body">
        {isEmpty ? <GraphInspector /> : <Suspense fallback={null}><Selected /></Suspense>}
      </div>
    </aside>
  );
}
