/** Three steps, offered on the first visit, and loaded when the offer is taken. */
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { remember, remembered } from "../ui/remembered.ts";
import { OFFERED } from "./offered.ts";

const TourStep = lazy(async () => ({ default: (await import("./TourStep.tsx")).TourStep }));

/** The first graph has been drawn by then. */
const WAIT = 1500;

/** Offers the tour once in a browser, when there is a graph to show it on; an embedded editor's host has its own ways. */
function useOffer(): void {
  const { editor, workspace, examples } = useEditor();
  const ready = useEditorState((s) => s.history.document.nodes.length > 0 && s.ui.dialog === null && s.ui.tour === null);
  useEffect(() => {
    if (!ready || !workspace || !examples || remembered(OFFERED)) return;
    const timer = setTimeout(() => {
      remember(OFFERED, "yes");
      editor.notify({ kind: "info", text: "New here? Three steps show how it works.", action: { title: "Take the tour", run: () => editor.setUi({ tour: 0 }) } });
    }, WAIT);
    return () => clearTimeout(timer);
  }, [ready, editor, workspace, examples]);
}

export function Tour({ root }: { root: HTMLElement | null }): ReactNode {
  useOffer();
  const step = useEditorState((s) => s.ui.tour);
  return root && step !== null ? <Suspense fallback={null}><TourStep key={step} root={root} index={step} /></Suspense> : null;
}
