/** Frames around nodes and notes between them: drawn behind, edited in place, resized at their edges. */
import { NodeResizer, type NodeProps } from "@xyflow/react";
import { memo, useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import type { CommentNode } from "../flow/flow-types.ts";
import "./comment.css";

export const Comment = memo(
  function Comment({ data: { comment }, selected, type }: NodeProps<CommentNode>): ReactNode {
    const { editor } = useEditor();
    const [editing, setEditing] = useState(false);
    const frame = type === "frame";
    const save = (text: string): void => {
      setEditing(false);
      if (text !== comment.text) editor.edit([{ kind: "set-comment", comment: { ...comment, text } }], { label: frame ? "Rename a frame" : "Edit a note" });
    };
    const text = editing ? (
      <textarea
        className="pb-comment-edit nodrag nopan nowheel"
        aria-label={frame ? "Title of the frame" : "Text of the note"}
        defaultValue={comment.text}
        autoFocus
        rows={frame ? 1 : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => save(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          // Leaving the field keeps what is in it; keys go on from the frame or note.
          if (event.key === "Escape" || (event.key === "Enter" && (frame || event.ctrlKey || event.metaKey))) {
            event.preventDefault();
            event.currentTarget.closest<HTMLElement>("[data-comment]")?.focus({ preventScroll: true });
          }
        }}
      />
    ) : (
      <span className="pb-comment-text">{comment.text || (frame ? "Untitled frame" : "Empty note")}</span>
    );
    return (
      <div
        role="group"
        tabIndex={-1}
        className={frame ? "pb-frame" : "pb-note"}
        aria-label={`${frame ? "Frame" : "Note"}: ${comment.text}${selected ? ", selected" : ""}`}
        data-comment={comment.id}
        data-color={comment.color ?? "grey"}
        data-selected={selected || undefined}
        onDoubleClick={(event) => {
          event.stopPropagation();
          setEditing(true);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.target === event.currentTarget) {
            event.preventDefault();
            setEditing(true);
          }
        }}
      >
        <NodeResizer
          isVisible={selected}
          minWidth={120}
          minHeight={frame ? 120 : 40}
          lineClassName="pb-comment-edge"
          handleClassName="pb-comment-corner"
          onResizeEnd={(_, { x, y, width, height }) => editor.edit([{ kind: "set-comment", comment: { ...comment, position: { x: Math.round(x), y: Math.round(y) }, size: { width: Math.round(width), height: Math.round(height) } } }], { label: frame ? "Resize a frame" : "Resize a note" })}
        />
        {frame ? <div className="pb-frame-title">{text}</div> : text}
      </div>
    );
  },
  (a, b) => a.data === b.data && a.selected === b.selected,
);
