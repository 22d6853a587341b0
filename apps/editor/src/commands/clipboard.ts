/** Copy, cut and paste through the system's clipboard, so that they work between tabs, windows and programs. */
import type { Position } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { importDrop } from "../formats/import-drop.ts";
import { copySelection } from "../model/edits/fragment.ts";
import { duplicateChanges, pasteChanges, type Pasted } from "../model/edits/paste.ts";
import { removeChanges } from "../model/edits/remove.ts";
import { canvasView } from "./canvas-view.ts";
import { bodyOf, edit, nodesText, selectionOf } from "./shown.ts";

type Parts = Pick<EditorParts, "editor">;

/** What was copied last, for browsers that do not let a page read the clipboard. */
let lastCopied: string | null = null;

/** The selection as text; null where nothing is selected. */
export function copiedText(parts: Parts): string | null {
  const text = copySelection(bodyOf(parts), selectionOf(parts));
  if (text !== null) lastCopied = text;
  return text;
}

/** The selection as text, and it is gone. */
export function cutText(parts: Parts): string | null {
  const text = copiedText(parts);
  if (text === null) return null;
  const { nodes, comments } = selectionOf(parts);
  edit(parts, removeChanges(bodyOf(parts), { nodes, comments, wires: new Set() }), nodes.size ? `Cut ${nodesText(nodes.size)}` : "Cut a comment");
  return text;
}

export async function writeClipboard(parts: Parts, text: string | null): Promise<void> {
  if (text === null) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    parts.editor.notify({ kind: "info", text: "The browser keeps its clipboard closed: what was copied can be pasted in this tab alone." });
  }
}

/** False where the text is no part of a graph. */
export function pasteText(parts: Parts, text: string, at: Position = pastePlace(parts)): boolean {
  const pasted = pasteChanges(text, at, bodyOf(parts), parts.editor.registry);
  if (!pasted) return false;
  put(parts, pasted, pasted.selection.nodes.length ? `Paste ${nodesText(pasted.selection.nodes.length)}` : "Paste a comment");
  return true;
}

/** Pictures and other files, and graphs written as text. */
export const carriesGraphOrFiles = (data: DataTransfer): boolean => data.files.length > 0 || data.getData("text/plain").includes('"patchbay-graph"');

/** What the clipboard holds, read on request: nodes, a picture, or a graph as text. */
export async function pasteClipboard(parts: EditorParts, at: Position = pastePlace(parts)): Promise<void> {
  let text = lastCopied;
  const pictures: File[] = [];
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((one) => one.startsWith("image/"));
      if (type) pictures.push(new File([await item.getType(type)], `pasted.${type.slice("image/".length)}`, { type }));
      if (item.types.includes("text/plain")) text = await (await item.getType("text/plain")).text();
    }
  } catch {
    // Not allowed: what was copied here is pasted.
  }
  if (text !== null && pasteText(parts, text, at)) return;
  if (pictures.length) return void (await importDrop(parts, pictures, at));
  if (text?.includes('"patchbay-graph"')) return void (await importDrop(parts, [new File([text], "graph.json")], at));
  parts.editor.notify({ kind: "info", text: "There are no nodes and no pictures in the clipboard." });
}

/** Under the pointer, or in the middle of what is seen. */
export function pastePlace({ editor }: Parts): Position {
  const view = canvasView(editor);
  return view.pointer()?.at ?? view.middle();
}

export function duplicate(parts: Parts, wires: boolean): void {
  const pasted = duplicateChanges(bodyOf(parts), selectionOf(parts), parts.editor.registry, { wires });
  if (pasted) put(parts, pasted, pasted.selection.nodes.length ? `Duplicate ${nodesText(pasted.selection.nodes.length)}` : "Duplicate a comment");
}

function put(parts: Parts, { changes, selection }: Pasted, label: string): void {
  edit(parts, changes, label);
  parts.editor.select(selection);
}
