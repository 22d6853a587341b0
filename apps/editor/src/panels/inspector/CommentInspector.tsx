/** A note or a group's frame: its text and the nodes that move with it. */
import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { colorChanges, FRAME_COLORS } from "../../model/edits/frames.ts";
import { Button } from "../../ui/Button.tsx";
import { countText } from "./GraphInspector.tsx";
import { useShownBody, useTyping } from "./use-shown-body.ts";
import { WordEntry } from "./WordEntry.tsx";

export function CommentInspector({ id }: { id: string }): ReactNode {
  const { editor } = useEditor();
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const body = useShownBody();
  const comment = body.comments?.find((c) => c.id === id);
  const typing = useTyping(`comment text ${id}`);
  if (!comment) return null;
  const members = comment.nodes?.length ?? 0;
  return (
    <div className="pb-inspect-head">
      <h3 className="pb-inspect-heading">{members ? "Group" : "Note"}</h3>
      <WordEntry label="Text" multiline value={comment.text} disabled={readOnly} onChange={(text) => typing.change([{ kind: "set-comment", comment: { ...comment, text } }], "Edit a comment")} onDone={typing.done} />
      <label className="pb-inspect-color">
        <span>Colour</span>
        <select className="pb-select" value={comment.color ?? ""} disabled={readOnly} onChange={(event) => void editor.edit(colorChanges(body, new Set([id]), event.target.value || undefined), { label: members ? "Colour a frame" : "Colour a note" })}>
          <option value="">None</option>
          {FRAME_COLORS.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
        </select>
      </label>
      {members ? <p className="pb-param-help">{countText(members, "node")} {members === 1 ? "moves" : "move"} with it.</p> : null}
      <div className="pb-inspect-actions">
        {members ? <Button label="Select its nodes" onClick={() => editor.select({ nodes: comment.nodes! })} /> : null}
        <Button label="Delete" icon={<Trash2 />} disabled={readOnly} onClick={() => void editor.edit([{ kind: "remove-comment", id }], { label: members ? "Ungroup" : "Delete a note" })} />
      </div>
    </div>
  );
}
