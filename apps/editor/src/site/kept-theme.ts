/** The theme that somebody chose, for the next visit. It belongs to the browser, not to a graph. */
import type { StoreApi } from "zustand/vanilla";
import type { EditorState } from "../model/editor-state.ts";
import type { UiState } from "../model/ui-state.ts";
import { remember, remembered } from "../ui/remembered.ts";

const KEY = "theme";

export function keptTheme(): UiState["theme"] {
  const kept = remembered(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** From now on. Returns how to end it. */
export const keepTheme = (store: StoreApi<EditorState>): (() => void) =>
  store.subscribe((now, before) => {
    if (now.ui.theme !== before.ui.theme) remember(KEY, now.ui.theme);
  });
