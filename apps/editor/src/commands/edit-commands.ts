/** Undo, the clipboard, and what is selected. */
import { healingChanges } from "../model/edits/healing.ts";
import { removeChanges } from "../model/edits/remove.ts";
import { everything, others, withNeighbours } from "../model/edits/selecting.ts";
import { copiedText, cutText, duplicate, pasteClipboard, writeClipboard } from "./clipboard.ts";
import type { Command } from "./command.ts";
import { bodyOf, edit, hasAny, hasNodes, hasParts, nodesText, selectionOf, stateOf } from "./shown.ts";

export const editCommands: readonly Command[] = [
  { id: "undo", title: "Undo", group: "Edit", keys: ["$mod+KeyZ"], synonyms: ["back", "revert"], enabled: (parts) => stateOf(parts).history.past.length > 0, run: ({ editor }) => editor.undo() },
  { id: "redo", title: "Redo", group: "Edit", keys: ["$mod+Shift+KeyZ", "$mod+KeyY"], synonyms: ["again", "forward"], enabled: (parts) => stateOf(parts).history.future.length > 0, run: ({ editor }) => editor.redo() },
  { id: "history", title: "History…", group: "Edit", keys: ["Shift+KeyH"], synonyms: ["undo list", "steps", "versions"], run: ({ editor }) => editor.setUi({ dialog: { id: "history" } }) },
  { id: "cut", title: "Cut", group: "Edit", keys: ["$mod+KeyX"], enabled: hasParts, run: (parts) => writeClipboard(parts, cutText(parts)) },
  { id: "copy", title: "Copy", group: "Edit", keys: ["$mod+KeyC"], synonyms: ["clipboard"], enabled: hasParts, run: (parts) => writeClipboard(parts, copiedText(parts)) },
  { id: "paste", title: "Paste", group: "Edit", keys: ["$mod+KeyV"], synonyms: ["clipboard", "insert"], run: (parts) => pasteClipboard(parts) },
  { id: "duplicate", title: "Duplicate", group: "Edit", keys: ["$mod+KeyD"], synonyms: ["copy", "clone"], enabled: hasParts, run: (parts) => duplicate(parts, false) },
  { id: "duplicate-with-wires", title: "Duplicate with wires", group: "Edit", keys: ["$mod+Shift+KeyD"], synonyms: ["clone", "connected", "inputs"], enabled: hasNodes, run: (parts) => duplicate(parts, true) },
  {
    id: "delete", title: "Delete", group: "Edit", keys: ["Delete", "Backspace"], synonyms: ["remove", "erase"], enabled: hasAny,
    run(parts) {
      const selection = selectionOf(parts);
      const what = selection.nodes.size ? nodesText(selection.nodes.size) : selection.wires.size ? (selection.wires.size === 1 ? "a wire" : `${selection.wires.size} wires`) : "a comment";
      edit(parts, removeChanges(bodyOf(parts), selection), `Delete ${what}`);
    },
  },
  {
    id: "delete-and-heal", title: "Delete and close the gap", group: "Edit", keys: ["Alt+Delete", "Alt+Backspace"], synonyms: ["heal", "dissolve", "remove", "bridge"], enabled: hasNodes,
    run(parts) {
      const { history, scope, inference, selection } = stateOf(parts);
      edit(parts, healingChanges(history.document, scope, parts.editor.registry, inference, selection.nodes), `Delete ${nodesText(selection.nodes.size)} and close the gap`);
    },
  },
  { id: "select-all", title: "Select all", group: "Edit", keys: ["$mod+KeyA"], run: (parts) => parts.editor.select(everything(bodyOf(parts))) },
  { id: "select-none", title: "Select none", group: "Edit", keys: ["Escape"], synonyms: ["deselect", "clear"], enabled: hasAny, run: ({ editor }) => editor.select({}) },
  { id: "select-others", title: "Invert selection", group: "Edit", keys: ["Shift+KeyI"], synonyms: ["others"], run: (parts) => parts.editor.select({ nodes: others(bodyOf(parts), selectionOf(parts).nodes) }) },
  { id: "select-upstream", title: "Select what feeds it", group: "Edit", keys: ["BracketLeft"], synonyms: ["upstream", "inputs", "ancestors", "before"], enabled: hasNodes, run: (parts) => parts.editor.select({ nodes: withNeighbours(bodyOf(parts), selectionOf(parts).nodes, "upstream") }) },
  { id: "select-downstream", title: "Select what it feeds", group: "Edit", keys: ["BracketRight"], synonyms: ["downstream", "outputs", "descendants", "behind"], enabled: hasNodes, run: (parts) => parts.editor.select({ nodes: withNeighbours(bodyOf(parts), selectionOf(parts).nodes, "downstream") }) },
];
