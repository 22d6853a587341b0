/** The graph as a whole: new, opened, saved, exported, shared. */
import { emptyGraph } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import type { DialogId } from "../model/ui-state.ts";
import { canvasView } from "./canvas-view.ts";
import type { Command } from "./command.ts";
import { stateOf } from "./shown.ts";

const dialog = (id: DialogId) => ({ editor }: EditorParts): void => editor.setUi({ dialog: { id } });
/** Loaded when first asked for: most of it is about formats. */
const actions = () => import("../formats/actions.ts");

export const graphCommands: readonly Command[] = [
  { id: "new-graph", title: "New graph", group: "Graph", keys: ["$mod+Alt+KeyN"], synonyms: ["create", "empty", "file"], run: newGraph },
  { id: "graphs", title: "Open graph…", group: "Graph", keys: ["$mod+KeyO"], synonyms: ["recent", "list", "load", "switch", "delete"], enabled: (parts) => parts.workspace !== null, run: dialog("graphs") },
  { id: "examples", title: "Examples…", group: "Graph", keys: ["Shift+KeyE"], synonyms: ["gallery", "templates", "samples"], run: dialog("examples") },
  { id: "open-file", title: "Open file…", group: "Graph", keys: ["$mod+Shift+KeyO"], synonyms: ["load", "import", "json"], run: async (parts) => (await actions()).openFromFile(parts) },
  { id: "save-file", title: "Save to file", group: "Graph", keys: ["$mod+KeyS"], inFields: true, synonyms: ["download", "json", "write"], run: async (parts) => (await actions()).saveToFile(parts) },
  { id: "export", title: "Export…", group: "Graph", keys: ["$mod+KeyE"], synonyms: ["onnx", "typescript", "command line", "json", "download"], run: dialog("export") },
  { id: "export-picture", title: "Export picture of the graph", group: "Graph", keys: ["$mod+Shift+KeyE"], synonyms: ["png", "image", "screenshot"], run: async (parts) => (await actions()).exportPng(parts) },
  { id: "share", title: "Share link…", group: "Graph", keys: ["$mod+Alt+KeyL"], synonyms: ["url", "address", "send"], run: dialog("share") },
  { id: "interface", title: "Inputs and outputs…", group: "Graph", keys: ["Shift+KeyP"], synonyms: ["interface", "parameters", "ports", "expose"], run: dialog("interface") },
  { id: "duplicate-graph", title: "Duplicate graph", group: "Graph", keys: ["$mod+Alt+KeyD"], synonyms: ["copy", "clone"], enabled: (parts) => parts.workspace !== null, run: duplicateGraph },
  { id: "rename-graph", title: "Rename graph", group: "Graph", keys: ["F2"], synonyms: ["title", "name"], run: ({ editor }) => canvasView(editor).root?.querySelector<HTMLElement>(".pb-graph-title input")?.focus() },
];

async function newGraph(parts: EditorParts): Promise<void> {
  if (parts.workspace) await parts.workspace.create(emptyGraph());
  else if (stateOf(parts).readOnly === null) parts.editor.open(emptyGraph());
}

async function duplicateGraph({ editor, workspace }: EditorParts): Promise<void> {
  if (!workspace) return;
  await workspace.flush();
  await workspace.open(await workspace.duplicate(workspace.current));
  editor.notify({ kind: "success", text: "This is a copy; the graph that it was made from is in the list of graphs." });
}
