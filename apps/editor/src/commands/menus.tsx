/** The context menus of the canvas, made of commands. Each selects what it is about first. */
import { splitEndpoint, SUBGRAPH, type Position } from "@patchbay/graph-core";
import { AlignHorizontalJustifyStart, ArrowLeftToLine, ArrowRightToLine, BoxSelect, ClipboardPaste, Copy, CopyPlus, Ellipsis, Eye, Frame, Group, LogIn, LogOut, Maximize, Maximize2, Minimize2, Palette, Play, Plus, ScanSearch, Scissors, Spline, StickyNote, Trash2, Ungroup, Unlink, Unplug, VolumeX, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import type { EditorParts } from "../app/editor-parts.ts";
import { nodesById, wireOfKey } from "../model/document-view.ts";
import { colorChanges, FRAME_COLORS } from "../model/edits/frames.ts";
import type { MenuItem } from "../ui/Menu.tsx";
import { addNote, addReroutes, openPalette } from "./adding.ts";
import { alignCommands } from "./arrange-commands.ts";
import { canvasView } from "./canvas-view.ts";
import { pasteClipboard } from "./clipboard.ts";
import { commandOf, isEnabled, keysText, runCommand } from "./commands.ts";
import { bodyOf, edit, nodeTitle, selectionOf } from "./shown.ts";

const LINE: MenuItem = { kind: "line" };

/** One command as a menu's item. */
export function commandMenuItem(parts: EditorParts, id: string, more: { title?: string; icon?: ReactNode; danger?: boolean; checked?: boolean; run?: () => void } = {}): MenuItem {
  const command = commandOf(id)!;
  const keys = keysText(command);
  return { title: command.title, disabled: !isEnabled(command, parts), ...(keys === undefined ? {} : { keys }), run: () => void runCommand(command, parts), ...more };
}

/** The node joins the selection it is in, or is selected alone. */
export function nodeMenu(parts: EditorParts, id: string): readonly MenuItem[] {
  if (!selectionOf(parts).nodes.has(id)) parts.editor.select({ nodes: [id] });
  const node = nodesById(bodyOf(parts)).get(id);
  const item = (name: string, more?: Parameters<typeof commandMenuItem>[2]): MenuItem => commandMenuItem(parts, name, more);
  const several = selectionOf(parts).nodes.size > 1;
  const more = ["duplicate-with-wires", "select-upstream", "select-downstream", ...(several ? [] : ["compare", "node-documentation"])];
  return [
    several ? item("run-selection", { icon: <Play /> }) : item("run-to-node", { icon: <Play />, title: node ? `Run to “${nodeTitle(parts, node)}”` : "Run to this node" }),
    ...(several ? [] : [item("inspect-value", { icon: <ScanSearch /> })]),
    ...(isEnabled(commandOf("see-layers")!, parts) ? [item("see-layers", { icon: <Eye /> })] : []),
    LINE,
    item("cut", { icon: <Scissors /> }), item("copy", { icon: <Copy /> }), item("duplicate", { icon: <CopyPlus /> }),
    LINE,
    item("mute", { icon: <VolumeX />, title: node?.muted ? "Unmute" : "Mute" }), item("collapse", { icon: node?.collapsed ? <Maximize2 /> : <Minimize2 />, title: node?.collapsed ? "Expand" : "Collapse" }), item("disconnect", { icon: <Unplug /> }),
    LINE,
    item("group", { icon: <Frame /> }),
    ...(node?.type === SUBGRAPH && !several ? [item("enter-subgraph", { icon: <LogIn /> }), item("unpack-subgraph", { icon: <Ungroup /> })] : [item("make-subgraph", { icon: <Group /> })]),
    ...(several ? [{ kind: "sub" as const, title: "Align and distribute", icon: <AlignHorizontalJustifyStart />, items: alignCommands.map((command) => item(command.id)) }, item("layout", { icon: <Workflow /> })] : []),
    { kind: "sub", title: "More", icon: <Ellipsis />, items: more.map((name) => item(name)) },
    LINE,
    item("delete", { icon: <Trash2 />, danger: true }), item("delete-and-heal", { icon: <Unlink /> }),
  ];
}

/** `at`: where the wire was pointed at, in canvas coordinates; by default under the pointer. */
export function wireMenu(parts: EditorParts, key: string, at: Position | undefined = canvasView(parts.editor).pointer()?.at): readonly MenuItem[] {
  if (!selectionOf(parts).wires.has(key)) parts.editor.select({ wires: [key] });
  const wires = [...selectionOf(parts).wires].map(wireOfKey);
  const wire = wireOfKey(key);
  const [from, to] = [splitEndpoint(wire.from).node, splitEndpoint(wire.to).node];
  return [
    commandMenuItem(parts, "insert-on-wire", { icon: <Plus />, run: () => openPalette(parts, { into: key, ...(at ? { at } : {}) }) }),
    commandMenuItem(parts, "reroute", { icon: <Spline />, run: () => addReroutes(parts, wires, wires.length === 1 ? at : undefined) }),
    commandMenuItem(parts, "inspect-value", { icon: <ScanSearch /> }),
    LINE,
    { title: "Go to where it begins", icon: <ArrowLeftToLine />, run: () => show(parts, from) },
    { title: "Go to where it ends", icon: <ArrowRightToLine />, run: () => show(parts, to) },
    LINE,
    { title: wires.length > 1 ? `Remove ${wires.length} wires` : "Remove wire", icon: <Trash2 />, danger: true, ...keysOf("delete"), run: () => edit(parts, wires.map((w) => ({ kind: "disconnect", wire: w })), wires.length > 1 ? `Remove ${wires.length} wires` : "Remove a wire") },
  ];
}

/** `at`: where it was opened, in canvas coordinates. */
export function canvasMenu(parts: EditorParts, at: Position): readonly MenuItem[] {
  const screen = canvasView(parts.editor).pointer()?.screen;
  const { ui } = parts.editor.store.getState();
  return [
    commandMenuItem(parts, "add-node", { icon: <Plus />, run: () => openPalette(parts, { at, ...(screen ? { screen } : {}) }) }),
    commandMenuItem(parts, "note", { icon: <StickyNote />, run: () => addNote(parts, at) }),
    commandMenuItem(parts, "paste", { icon: <ClipboardPaste />, run: () => void pasteClipboard(parts, at) }),
    LINE,
    commandMenuItem(parts, "select-all", { icon: <BoxSelect /> }), commandMenuItem(parts, "layout", { icon: <Workflow /> }), commandMenuItem(parts, "zoom-to-fit", { icon: <Maximize /> }),
    ...(parts.editor.store.getState().scope.length ? [commandMenuItem(parts, "leave-subgraph", { icon: <LogOut /> })] : []),
    LINE,
    commandMenuItem(parts, "toggle-snap", { checked: ui.snap }), commandMenuItem(parts, "toggle-minimap", { checked: ui.minimap }),
  ];
}

export function commentMenu(parts: EditorParts, id: string): readonly MenuItem[] {
  if (!selectionOf(parts).comments.has(id)) parts.editor.select({ comments: [id] });
  const comment = bodyOf(parts).comments?.find((c) => c.id === id);
  const members = comment?.nodes ?? [];
  const paint = (name: string): void => edit(parts, colorChanges(bodyOf(parts), selectionOf(parts).comments, name), "Colour a frame");
  return [
    { kind: "sub", title: "Colour", icon: <Palette />, items: FRAME_COLORS.map(({ name, title }) => ({ title, checked: (comment?.color ?? "grey") === name, run: () => paint(name) })) },
    ...(members.length ? [{ title: "Select its nodes", icon: <BoxSelect />, run: () => parts.editor.select({ nodes: members }) } satisfies MenuItem] : []),
    LINE,
    commandMenuItem(parts, "cut", { icon: <Scissors /> }), commandMenuItem(parts, "copy", { icon: <Copy /> }), commandMenuItem(parts, "duplicate", { icon: <CopyPlus /> }),
    LINE,
    ...(members.length ? [{ title: "Delete frame and nodes", icon: <Trash2 />, danger: true, run: () => edit(parts, [{ kind: "remove-nodes", ids: members.filter((node) => nodesById(bodyOf(parts)).has(node)) }, { kind: "remove-comment", id }], "Delete a frame and its nodes") } satisfies MenuItem] : []),
    commandMenuItem(parts, "delete", { icon: <Trash2 />, danger: true, title: members.length ? "Delete frame alone" : "Delete" }),
  ];
}

function show({ editor }: EditorParts, id: string): void {
  editor.select({ nodes: [id] });
  editor.look({ kind: "node", id });
}

const keysOf = (id: string): { keys?: string } => {
  const keys = keysText(id);
  return keys === undefined ? {} : { keys };
};

