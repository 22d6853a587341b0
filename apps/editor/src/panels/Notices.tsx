/** Short messages: they go away by themselves unless something failed, and wait while the pointer or the keyboard is on them. */
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import type { Notice } from "../model/ui-state.ts";
import { Button } from "../ui/Button.tsx";
import "./notices.css";

const SIGNS: { readonly [K in Notice["kind"]]: ReactNode } = { info: <Info />, success: <CircleCheck />, warning: <TriangleAlert />, error: <CircleAlert /> };

/** Long enough to be read, longer where something can be done about it; null: until it is closed. */
export function secondsFor({ kind, text, action }: Pick<Notice, "kind" | "text" | "action">): number | null {
  if (kind === "error") return null;
  return Math.min(20, (action ? 8 : 4) + text.length / 25);
}

export function Notices(): ReactNode {
  const notices = useEditorState((s) => s.ui.notices);
  const [held, setHeld] = useState(false);
  const list = (urgent: boolean): ReactNode => notices.filter((n) => (n.kind === "error") === urgent).map((n) => <OneNotice key={n.id} notice={n} held={held} />);
  return (
    <div className="pb-notices" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <div role="status" aria-live="polite">{list(false)}</div>
      <div role="alert" aria-live="assertive">{list(true)}</div>
    </div>
  );
}

function OneNotice({ notice, held }: { notice: Notice; held: boolean }): ReactNode {
  const { editor } = useEditor();
  const seconds = secondsFor(notice);
  useEffect(() => {
    if (seconds === null || held) return;
    const timer = setTimeout(() => editor.dismiss(notice.id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [editor, notice.id, seconds, held]);
  return (
    <div className="pb-notice" data-kind={notice.kind}>
      {SIGNS[notice.kind]}
      <span className="pb-notice-text">{notice.text}</span>
      {notice.action ? <button type="button" className="pb-notice-action" onClick={() => (editor.dismiss(notice.id), notice.action!.run())}>{notice.action.title}</button> : null}
      <Button label="Dismiss" icon={<X />} iconOnly variant="quiet" onClick={() => editor.dismiss(notice.id)} />
    </div>
  );
}
