/** Everything about what is selected: parameters, documentation, values. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import type { Selection } from "../model/editor-state.ts";
import { Button } from "../ui/Button.tsx";
import { CommentInspector } from "./inspector/CommentInspector.tsx";
import { GraphInspector } from "./inspector/GraphInspector.tsx";
import { NodeInspector } from "./inspector/NodeInspector.tsx";
import { SelectionInspector } from "./inspector/SelectionInspector.tsx";
import { WireInspector } from "./inspector/WireInspector.tsx";
import "../params/params.css";
import "./inspector/inspector.css";

export function InspectorPanel(): ReactNode {
  const { editor } = useEditor();
  const selection = useEditorState((s) => s.selection);
  return (
    <aside className="pb-inspector" role="region" aria-label="Inspector">
      <div className="pb-inspector-bar">
        <h2>Inspector</h2>
        <Button label="Close the inspector" icon={<X />} iconOnly variant="quiet" onClick={() => editor.setUi({ panels: { ...editor.store.getState().ui.panels, inspector: false } })} />
      </div>
      <div className="pb-inspector-body">
        <Selected selection={selection} />
      </div>
    </aside>
  );
}

function Selected({ selection: { nodes, wires, comments } }: { selection: Selection }): ReactNode {
  const count = nodes.size + wires.size + comments.size;
  if (count === 0) return <GraphInspector />;
  if (nodes.size === 1 && comments.size === 0) {
    const [id] = nodes;
    return <NodeInspector id={id!} />;
  }
  if (count > 1) return <SelectionInspector />;
  const [wire] = wires;
  const [comment] = comments;
  return wire === undefined ? <CommentInspector key={comment} id={comment!} /> : <WireInspector key={wire} wire={wire} />;
}
