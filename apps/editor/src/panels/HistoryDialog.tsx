/** Every step of the session, the present one marked; a click goes back or forward to it. */
import { memo, useCallback, useEffect, useRef, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { Dialog } from "../ui/Dialog.tsx";
import "./history.css";

export function HistoryDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { editor } = useEditor();
  const past = useEditorState((s) => s.history.past);
  const future = useEditorState((s) => s.history.future);
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const list = useRef<HTMLOListElement>(null);
  const jump = useCallback((steps: number) => editor.jumpTo(steps), [editor]);
  useEffect(() => void list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" }), []);
  const count = past.length + future.length;
  const labels = ["Opened", ...past.map((entry) => entry.label), ...future.map((entry) => entry.label)];
  return (
    <Dialog title="History" size="narrow" onClose={onClose} about={count === 0 ? "Nothing has been changed yet. Every step from now on stands here and can be taken back." : `${count} ${count === 1 ? "step" : "steps"} since the graph was opened. Choose one to go there; nothing is lost until you edit on.`}>
      <ol ref={list} className="pb-history">
        {labels.map((label, steps) => <Step key={steps} label={label} steps={steps} state={steps === past.length ? "present" : steps < past.length ? "past" : "future"} disabled={readOnly} onJump={jump} />)}
      </ol>
    </Dialog>
  );
}

const Step = memo(function Step({ label, steps, state, disabled, onJump }: { label: string; steps: number; state: "past" | "present" | "future"; disabled: boolean; onJump: (steps: number) => void }): ReactNode {
  return (
    <li data-state={state}>
      <button type="button" disabled={disabled} aria-current={state === "present" ? "step" : undefined} onClick={() => onJump(steps)}>
        <span className="pb-history-dot" aria-hidden="true" />
        <span className="pb-history-label">{label}</span>
        {state === "present" ? <span className="pb-history-now">Now</span> : state === "future" ? <span className="pb-visually-hidden">, undone</span> : null}
      </button>
    </li>
  );
});
