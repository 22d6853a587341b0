/** Puts something new where one looks: the search palette, a note, points on wires. */
import type { GraphWire, Position } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { nodesById } from "../model/document-view.ts";
import { addNode } from "../model/edits/add-node.ts";
import { noteChanges } from "../model/edits/frames.ts";
import { boxOf } from "../model/edits/geometry.ts";
import { insertOnWire } from "../model/edits/insert-on-wire.ts";
import type { PaletteRequest } from "../model/ui-state.ts";
import { canvasView } from "./canvas-view.ts";
import { bodyOf, edit, stateOf } from "./shown.ts";

type Parts = Pick<EditorParts, "editor">;

/** At the pointer where it is over the canvas. */
export function openPalette({ editor }: Parts, request: Partial<PaletteRequest> = {}): void {
  const view = canvasView(editor);
  const pointer = view.pointer();
  const at = pointer ? { at: pointer.at, screen: pointer.screen } : { at: view.middle() };
  editor.setUi({ palette: { ...at, ...request }, commandPalette: false });
}

export function addNote(parts: Parts, at?: Position): void {
  const view = canvasView(parts.editor);
  const place = at ?? view.pointer()?.at ?? view.middle();
  const { changes, id } = noteChanges(bodyOf(parts), place);
  edit(parts, changes, "Add a note");
  parts.editor.select({ comments: [id] });
}

/** Of a reroute, as the canvas draws it. */
const HALF = 10;

/** One on each wire, in one step; without wires a loose one. */
export function addReroutes(parts: Parts, wires: readonly GraphWire[], at?: Position): void {
  const { editor } = parts;
  const declaration = editor.registry.declarations.find((d) => d.passThrough);
  if (!declaration) return editor.notify({ kind: "info", text: "This library has no reroute points." });
  const view = canvasView(editor);
  const added: string[] = [];
  const gesture = `reroute ${Date.now()}`;
  const corner = (place: Position): Position => ({ x: place.x - HALF, y: place.y - HALF });
  if (wires.length === 0) {
    const made = addNode(bodyOf(parts), declaration, corner(at ?? view.pointer()?.at ?? view.middle()));
    edit(parts, made.changes, "Add a reroute point");
    added.push(made.id);
  }
  for (const wire of wires) {
    const { history, scope, inference } = stateOf(parts);
    const made = insertOnWire(history.document, scope, editor.registry, inference, wire, declaration, corner(at ?? middleOf(parts, wire)));
    if (!made) continue;
    edit(parts, made.changes, "Add a reroute point", gesture);
    added.push(made.id);
  }
  editor.endGesture();
  editor.select({ nodes: added });
}

/** Between the right edge of where it begins and the left edge of where it ends. */
function middleOf(parts: Parts, wire: GraphWire): Position {
  const nodes = nodesById(bodyOf(parts));
  const sizes = canvasView(parts.editor).sizes();
  const [from, to] = [wire.from, wire.to].map((end) => nodes.get(end.slice(0, end.indexOf("."))));
  if (!from || !to) return canvasView(parts.editor).middle();
  const [a, b] = [boxOf(from, sizes), boxOf(to, sizes)];
  return { x: (a.x + a.width + b.x) / 2, y: (a.y + b.y) / 2 + 60 };
}
