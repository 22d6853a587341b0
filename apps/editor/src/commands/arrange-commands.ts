/** Brings nodes into order: aligned, evenly spaced, nudged, laid out. */
import { alignChanges, distributeChanges, nudgeChanges, type Side } from "../model/edits/align.ts";
import { layoutChanges } from "../model/edits/layout.ts";
import { canvasView } from "./canvas-view.ts";
import type { Command } from "./command.ts";
import { bodyOf, edit, hasParts, hasSeveral, selectionOf } from "./shown.ts";

const align = (side: Side, words: string, key: string): Command => ({
  id: `align-${side}`, title: `Align ${words}`, group: "Nodes", keys: [key], synonyms: ["arrange", "line up"], enabled: hasSeveral,
  run: (parts) => edit(parts, alignChanges(bodyOf(parts), selectionOf(parts).nodes, side, canvasView(parts.editor).sizes()), `Align ${words}`),
});

const distribute = (axis: "horizontally" | "vertically", key: string): Command => ({
  id: `distribute-${axis}`, title: `Distribute ${axis}`, group: "Nodes", keys: [key], synonyms: ["arrange", "space evenly", "gap"], enabled: (parts) => selectionOf(parts).nodes.size > 2,
  run: (parts) => edit(parts, distributeChanges(bodyOf(parts), selectionOf(parts).nodes, axis, canvasView(parts.editor).sizes()), `Distribute ${axis}`),
});

/** More nodes than this take seconds to lay out. */
const SECONDS = 300;

/** A step of the grid, or with Alt a single pixel. */
const STEP = 16;
const nudge = (direction: string, arrow: string, x: number, y: number): readonly Command[] => [[STEP, `Shift+${arrow}`, `Move ${direction}`, ""] as const, [1, `Alt+Shift+${arrow}`, `Move ${direction} by a pixel`, "-finely"] as const].map(([step, key, title, suffix]) => ({
  id: `move-${direction}${suffix}`, title, group: "Nodes", keys: [key], synonyms: ["nudge"], enabled: hasParts,
  run: (parts) => edit(parts, nudgeChanges(bodyOf(parts), selectionOf(parts), { x: x * step, y: y * step }), "Move", `nudge-${title}`),
}));

export const alignCommands: readonly Command[] = [
  align("left", "left", "Alt+KeyA"), align("centre", "centres", "Alt+KeyH"), align("right", "right", "Alt+KeyD"),
  align("top", "top", "Alt+KeyW"), align("middle", "middles", "Alt+KeyV"), align("bottom", "bottom", "Alt+KeyS"),
  distribute("horizontally", "Alt+Shift+KeyH"), distribute("vertically", "Alt+Shift+KeyV"),
];

export const arrangeCommands: readonly Command[] = [
  {
    id: "layout", title: "Arrange automatically", group: "Nodes", keys: ["$mod+Shift+KeyL"], synonyms: ["auto layout", "tidy", "clean up", "dagre", "organise"], enabled: (parts) => bodyOf(parts).nodes.length > 1,
    async run(parts) {
      const body = bodyOf(parts);
      const { nodes } = selectionOf(parts);
      const all = nodes.size < 2;
      const count = all ? body.nodes.length : nodes.size;
      if (count > SECONDS) parts.editor.notify({ kind: "info", text: `Arranging ${count.toLocaleString("en")} nodes. It takes some seconds; the editor goes on meanwhile.` });
      const changes = await layoutChanges(body, all ? new Set(body.nodes.map((node) => node.id)) : nodes, canvasView(parts.editor).sizes());
      // Somebody may have edited on while it was thought about.
      if (bodyOf(parts) !== body) return parts.editor.notify({ kind: "info", text: "The graph was changed meanwhile; it was not arranged." });
      edit(parts, changes, "Arrange automatically");
      if (all && changes.length) parts.editor.look({ kind: "fit" });
    },
  },
  ...alignCommands,
  ...nudge("left", "ArrowLeft", -1, 0), ...nudge("right", "ArrowRight", 1, 0), ...nudge("up", "ArrowUp", 0, -1), ...nudge("down", "ArrowDown", 0, 1),
];
