/** From any node that works on hidden layers to what those layers have learned to see. */
import type { EditorParts } from "../app/editor-parts.ts";
import { flatId } from "../model/document-view.ts";
import { layersUsed } from "../views/insight/layers-used.ts";
import { canvasView } from "./canvas-view.ts";
import type { Command } from "./command.ts";
import { bodyOf, edit, onlyNode, stateOf } from "./shown.ts";

function canSee(parts: EditorParts): boolean {
  const node = onlyNode(parts);
  return node !== undefined && layersUsed(stateOf(parts).inference, flatId(stateOf(parts).scope, node.id)) !== null;
}

export const seeLayers: Command = {
  id: "see-layers", title: "What do these layers see?", group: "Nodes", keys: ["KeyW"], enabled: canSee,
  synonyms: ["nine patches", "receptive field", "units", "channels", "explain", "visualise", "interpret", "look inside"],
  async run(parts) {
    const { editor } = parts;
    const node = onlyNode(parts)!;
    const { lookInto } = await import("../views/insight/look-into.ts");
    const { scope, inference } = stateOf(parts);
    const made = lookInto({ body: bodyOf(parts), scope, inference, registry: editor.registry, sizes: canvasView(editor).sizes() }, node.id);
    if (typeof made === "string") return editor.notify({ kind: "info", text: made });
    edit(parts, made.changes, "Look into layers");
    if (!bodyOf(parts).nodes.some((one) => one.id === made.id)) return; // A graph that is only read stays as it is, and has said so.
    editor.select({ nodes: [made.id] });
    editor.look({ kind: "node", id: made.id });
    const { run } = stateOf(parts);
    // Under Live the change itself is answered.
    if (run.phase !== "idle") editor.notify({ kind: "info", text: "Run to the new node when the present run has ended: it shows what the layers see." });
    else if (!run.live || made.changes.length === 0) parts.run.start({ nodes: [flatId(scope, made.id)] });
  },
};
