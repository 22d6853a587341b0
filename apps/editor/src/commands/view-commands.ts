/** Where one looks, what is open around the canvas, and how it looks. */
import { SUBGRAPH } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import type { UiState } from "../model/ui-state.ts";
import type { Command } from "./command.ts";
import { hasParts, onlyNode, stateOf } from "./shown.ts";

const panel = (id: keyof UiState["panels"], title: string, key: string, synonyms: readonly string[]): Command => ({
  id: `toggle-${id}`, title, group: "View", keys: [key], synonyms: ["panel", "show", "hide", ...synonyms],
  run({ editor }) {
    const { panels } = editor.store.getState().ui;
    editor.setUi({ panels: { ...panels, [id]: !panels[id] } });
  },
});

const flip = ({ editor }: EditorParts, field: "snap" | "minimap"): void => editor.setUi({ [field]: !editor.store.getState().ui[field] });

const THEMES = ["system", "light", "dark"] as const;
const THEME_WORDS: { readonly [T in (typeof THEMES)[number]]: string } = { system: "The theme follows the system.", light: "The theme is light.", dark: "The theme is dark." };

export const viewCommands: readonly Command[] = [
  { id: "zoom-to-fit", title: "Zoom to fit", group: "View", keys: ["KeyF"], synonyms: ["all", "center", "frame", "overview"], run: ({ editor }) => editor.look({ kind: "fit" }) },
  { id: "zoom-to-selection", title: "Zoom to selection", group: "View", keys: ["Shift+KeyF"], synonyms: ["focus", "frame"], enabled: hasParts, run: ({ editor }) => editor.look({ kind: "selection" }) },
  { id: "zoom-in", title: "Zoom in", group: "View", keys: ["$mod+Equal", "$mod+NumpadAdd"], synonyms: ["larger"], run: ({ editor }) => editor.look({ kind: "zoom", by: 1.25 }) },
  { id: "zoom-out", title: "Zoom out", group: "View", keys: ["$mod+Minus", "$mod+NumpadSubtract"], synonyms: ["smaller"], run: ({ editor }) => editor.look({ kind: "zoom", by: 1 / 1.25 }) },
  { id: "enter-subgraph", title: "Enter subgraph", group: "View", keys: ["$mod+ArrowDown"], synonyms: ["open", "inside", "go into"], enabled: (parts) => onlyNode(parts)?.type === SUBGRAPH, run: (parts) => parts.editor.enter([...stateOf(parts).scope, onlyNode(parts)!.id]) },
  { id: "leave-subgraph", title: "Leave subgraph", group: "View", keys: ["$mod+ArrowUp"], synonyms: ["up", "out", "parent", "back"], enabled: (parts) => stateOf(parts).scope.length > 0, run: leave },
  panel("library", "Node library", "Digit1", ["nodes", "palette"]),
  panel("inspector", "Inspector", "Digit2", ["parameters", "properties", "sidebar"]),
  panel("problems", "Problems", "Digit3", ["errors", "warnings", "diagnostics"]),
  { id: "toggle-minimap", title: "Minimap", group: "View", keys: ["Digit4"], synonyms: ["overview", "show", "hide"], run: (parts) => flip(parts, "minimap") },
  { id: "toggle-snap", title: "Snap to grid", group: "View", keys: ["Shift+KeyS"], synonyms: ["align", "magnet"], run: (parts) => flip(parts, "snap") },
  {
    id: "theme", title: "Switch theme", group: "View", keys: ["Shift+KeyT"], synonyms: ["dark", "light", "system", "appearance", "mode"],
    run({ editor }) {
      const theme = THEMES[(THEMES.indexOf(editor.store.getState().ui.theme) + 1) % THEMES.length]!;
      editor.setUi({ theme });
      editor.notify({ kind: "info", text: THEME_WORDS[theme] });
    },
  },
];

/** Up by one, with the subgraph one was in selected. */
function leave({ editor }: EditorParts): void {
  const { scope } = editor.store.getState();
  const inside = scope.at(-1);
  editor.enter(scope.slice(0, -1));
  if (inside !== undefined) editor.select({ nodes: [inside] });
}
