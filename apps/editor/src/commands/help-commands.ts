/** Ways to find out what there is. */
import type { EditorParts } from "../app/editor-parts.ts";
import type { Command } from "./command.ts";
import { onlyNode } from "./shown.ts";

export const helpCommands: readonly Command[] = [
  { id: "command-palette", title: "Command palette…", group: "Help", keys: ["$mod+KeyK", "$mod+Shift+KeyP"], inFields: true, synonyms: ["actions", "search", "run command"], run: ({ editor }) => editor.setUi({ commandPalette: !editor.store.getState().ui.commandPalette, palette: null, dialog: null }) },
  { id: "shortcuts", title: "Keyboard shortcuts", group: "Help", keys: ["?"], synonyms: ["keys", "hotkeys", "help"], run: ({ editor }) => editor.setUi({ dialog: { id: "shortcuts" } }) },
  { id: "tour", title: "Take the tour", group: "Help", keys: ["Shift+F1"], synonyms: ["introduction", "getting started", "tutorial", "help"], run: ({ editor }) => editor.setUi({ tour: 0, dialog: null }) },
  { id: "node-documentation", title: "Node documentation", group: "Help", keys: ["F1"], synonyms: ["reference", "manual", "formula", "help"], run: openReference },
];

/** The page of the library, at the node that is selected. */
function openReference(parts: EditorParts): void {
  const type = onlyNode(parts)?.type;
  const known = type !== undefined && parts.editor.registry.get(type) !== undefined;
  window.open(`${parts.assets}docs/nodes.html${known ? `#${type.toLowerCase()}` : ""}`, "_blank", "noopener");
}
