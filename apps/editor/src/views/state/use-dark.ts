/** Whether the dark theme is on show: for what is drawn on canvases, which style sheets do not reach. */
import { useSyncExternalStore } from "react";
import { useEditorState } from "../../app/editor-context.ts";

const query = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

const subscribe = (listener: () => void): (() => void) => {
  const list = query();
  list.addEventListener("change", listener);
  return () => list.removeEventListener("change", listener);
};

export function useDark(): boolean {
  const theme = useEditorState((s) => s.ui.theme);
  const system = useSyncExternalStore(subscribe, () => query().matches);
  return theme === "system" ? system : theme === "dark";
}
