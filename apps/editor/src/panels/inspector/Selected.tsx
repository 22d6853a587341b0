/** What the inspector shows of a selection: one node, one wire, one comment, or how many there are. */
import type { ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { CommentInspector } from "./CommentInspector.tsx";
import { NodeInspector } from "./NodeInspector.tsx";
import { SelectionInspector } from "./SelectionInspector.tsx";
import { WireInspector } from "./WireInspector.tsx";

export default function Selected(): ReactNode {
  const { nodes, wires, comments } = useEditorState((s) => s.selection);
  const [node] = nodes;
  const [wire] = wires;
  const [comment] = comments;
  // A node that is dragged with its wires selected is still the one that is meant.
  if (nodes.size === 1 && comments.size === 0) return <NodeInspector id={node!} />;
  if (nodes.size + wires.size + comments.size > 1) return <SelectionInspector />;
  if (wire !== undefined) return <WireInspector key={wire} wire={wire} />;
  return comment === undefined ? null : <CommentInspector key={comment} id={comment} />;
}
