/** Adds nodes, frames and notes, and changes what is selected. */
import { SUBGRAPH, splitEndpoint, type Change } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { wireKey, wireOfKey, wiresByNode } from "../model/document-view.ts";
import { colorChanges, FRAME_COLORS, frameChanges } from "../model/edits/frames.ts";
import { subgraphChanges, unpackChanges } from "../model/edits/subgraphs.ts";
import { toggleChanges } from "../model/edits/toggles.ts";
import { addNote, addReroutes, openPalette } from "./adding.ts";
import { arrangeCommands } from "./arrange-commands.ts";
import { canvasView } from "./canvas-view.ts";
import type { Command } from "./command.ts";
import { bodyOf, edit, hasNodes, nodesText, onlyWire, selectionOf } from "./shown.ts";

const toggle = (field: "muted" | "collapsed", on: string, off: string) => (parts: EditorParts): void => {
  const changes = toggleChanges(bodyOf(parts), selectionOf(parts).nodes, field);
  const [first] = changes;
  edit(parts, changes, first?.kind === "set-node" && first.fields[field] ? on : off);
};

export const nodeCommands: readonly Command[] = [
  { id: "add-node", title: "Add node…", group: "Nodes", keys: ["Space", "Slash"], synonyms: ["insert", "new", "search", "create"], run: (parts) => openPalette(parts) },
  { id: "insert-on-wire", title: "Insert node into wire…", group: "Nodes", keys: ["Shift+KeyA"], synonyms: ["between", "splice"], enabled: (parts) => onlyWire(parts) !== undefined, run: (parts) => openPalette(parts, { into: wireKey(onlyWire(parts)!) }) },
  { id: "reroute", title: "Add a reroute point", group: "Nodes", keys: ["KeyR"], synonyms: ["dot", "knot", "bend", "waypoint", "wire"], run: (parts) => addReroutes(parts, [...selectionOf(parts).wires].map(wireOfKey)) },
  { id: "note", title: "Add note", group: "Nodes", keys: ["KeyN"], synonyms: ["comment", "text", "sticky"], run: (parts) => addNote(parts) },
  {
    id: "group", title: "Group in a frame", group: "Nodes", keys: ["$mod+KeyG"], synonyms: ["frame", "box", "section"], enabled: hasNodes,
    run(parts) {
      const made = frameChanges(bodyOf(parts), selectionOf(parts).nodes, canvasView(parts.editor).sizes());
      if (!made) return;
      edit(parts, made.changes, `Group ${nodesText(selectionOf(parts).nodes.size)} in a frame`);
      parts.editor.select({ comments: [made.id] });
    },
  },
  {
    id: "frame-color", title: "Next colour of frame", group: "Nodes", keys: ["Shift+KeyC"], synonyms: ["color", "tint"], enabled: (parts) => selectionOf(parts).comments.size > 0,
    run(parts) {
      const { comments } = selectionOf(parts);
      const first = bodyOf(parts).comments?.find((comment) => comments.has(comment.id));
      const next = FRAME_COLORS[(FRAME_COLORS.findIndex((color) => color.name === (first?.color ?? "grey")) + 1) % FRAME_COLORS.length]!;
      edit(parts, colorChanges(bodyOf(parts), comments, next.name), "Colour a frame", "frame-color");
    },
  },
  {
    id: "make-subgraph", title: "Make subgraph", group: "Nodes", keys: ["$mod+Shift+KeyG"], synonyms: ["group", "collapse into one node", "macro", "compound"], enabled: hasNodes,
    run(parts) {
      const made = subgraphChanges(bodyOf(parts), selectionOf(parts).nodes);
      if (!made) return;
      edit(parts, made.changes, `Make a subgraph of ${nodesText(selectionOf(parts).nodes.size)}`);
      parts.editor.select({ nodes: [made.id] });
    },
  },
  {
    id: "unpack-subgraph", title: "Unpack subgraph", group: "Nodes", keys: ["$mod+Shift+KeyU"], synonyms: ["ungroup", "dissolve", "expand"], enabled: (parts) => bodyOf(parts).nodes.some((node) => node.type === SUBGRAPH && selectionOf(parts).nodes.has(node.id)),
    run(parts) {
      const before = new Set(bodyOf(parts).nodes.map((node) => node.id));
      edit(parts, unpackChanges(bodyOf(parts), selectionOf(parts).nodes), "Unpack a subgraph");
      parts.editor.select({ nodes: bodyOf(parts).nodes.map((node) => node.id).filter((id) => !before.has(id)) });
    },
  },
  { id: "mute", title: "Mute", group: "Nodes", keys: ["KeyM"], synonyms: ["bypass", "disable", "unmute", "enable", "skip"], enabled: hasNodes, run: toggle("muted", "Mute", "Unmute") },
  { id: "collapse", title: "Collapse", group: "Nodes", keys: ["KeyC"], synonyms: ["fold", "expand", "minimise"], enabled: hasNodes, run: toggle("collapsed", "Collapse", "Expand") },
  { id: "disconnect", title: "Disconnect", group: "Nodes", keys: ["Shift+KeyD"], synonyms: ["unplug", "remove wires", "cut wires"], enabled: (parts) => disconnections(parts).length > 0, run: (parts) => edit(parts, disconnections(parts), "Disconnect") },
  ...arrangeCommands,
];

/** The wires that are selected, and all between selected nodes and others. */
function disconnections(parts: EditorParts): Change[] {
  const { nodes, wires } = selectionOf(parts);
  const body = bodyOf(parts);
  const gone = new Map([...wires].map((key) => [key, wireOfKey(key)]));
  for (const id of nodes) for (const wire of wiresByNode(body).get(id) ?? []) if (!nodes.has(splitEndpoint(wire.from).node) || !nodes.has(splitEndpoint(wire.to).node)) gone.set(wireKey(wire), wire);
  return [...gone.values()].map((wire): Change => ({ kind: "disconnect", wire }));
}
