/** Help: shortcuts, the tour, the reference of all nodes. */
import type { EditorParts } from "../../app/editor-parts.ts";
import type { MenuItem } from "../../ui/Menu.tsx";
import { groupItems, keysOf } from "./command-items.ts";

export function helpItems(parts: EditorParts): readonly MenuItem[] {
  const { editor } = parts;
  const own: MenuItem[] = [
    { title: "Keyboard shortcuts", keys: keysOf("shortcuts") ?? "?", run: () => editor.setUi({ dialog: { id: "shortcuts" } }) },
    { title: "Tour", run: () => editor.setUi({ tour: 0 }) },
  ];
  // Commands that do the same need not stand there twice.
  const also = groupItems(parts, "Help", ["shortcuts", "tour"]);
  return also.length ? [...own, { kind: "line" }, ...also] : own;
}
