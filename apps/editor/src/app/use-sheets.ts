/** Where there is no room beside the canvas, side panels are sheets over it: closed at first, one at a time, back in place when there is room again. */
import { useEffect } from "react";
import type { UiState } from "../model/ui-state.ts";
import { roomFor } from "../ui/use-room.ts";
import { useEditor } from "./editor-context.ts";

type Panels = UiState["panels"];

export const isCramped = (width: number): boolean => ["narrow", "tiny"].includes(roomFor(width));

export function useSheets(root: HTMLElement | null): void {
  const { editor } = useEditor();
  useEffect(() => {
    if (!root) return;
    let cramped = false;
    let beside: Panels | null = null;
    const panels = (): Panels => editor.store.getState().ui.panels;
    const fit = (width: number): void => {
      if (width === 0 || isCramped(width) === cramped) return;
      cramped = !cramped;
      if (cramped) beside = panels();
      const { library, inspector } = cramped ? { library: false, inspector: false } : (beside ?? panels());
      editor.setUi({ panels: { ...panels(), library, inspector } });
    };
    fit(root.clientWidth);
    const observer = new ResizeObserver(([entry]) => fit(entry!.target.clientWidth));
    observer.observe(root);
    const unsubscribe = editor.store.subscribe((now, before) => {
      const [next, last] = [now.ui.panels, before.ui.panels];
      if (!cramped || next === last || !next.library || !next.inspector) return;
      editor.setUi({ panels: last.library ? { ...next, library: false } : { ...next, inspector: false } });
    });
    return () => {
      observer.disconnect();
      unsubscribe();
    };
  }, [editor, root]);
}
