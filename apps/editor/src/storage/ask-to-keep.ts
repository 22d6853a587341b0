/** Browsers may throw away what a page has stored when the disk runs low, unless the page asked them not to. */
import type { Editor } from "../model/editor.ts";

/** Asks once, after the first edit: there is nothing to keep before it. Some browsers ask the person in turn. Returns how to end it. */
export function askToKeep(editor: Editor): () => void {
  const end = editor.store.subscribe((state, before) => {
    if (state.history.past.length <= before.history.past.length) return;
    end();
    // Refused, the graph is stored all the same.
    void globalThis.navigator?.storage?.persist?.().catch(() => false);
  });
  return end;
}
