/** What commands need to know of the canvas, which only the canvas knows: how large nodes are, where one looks, where the pointer is. */
import type { Position } from "@patchbay/graph-core";
import type { Sizes } from "../model/edits/geometry.ts";
import type { Editor } from "../model/editor.ts";

export interface CanvasView {
  /** The editor's element on the page. */
  readonly root: HTMLElement | null;
  sizes(): Sizes;
  /** Of what is seen, in canvas coordinates. */
  middle(): Position;
  /** In canvas coordinates and in pixels of the window; null while the pointer is elsewhere. */
  pointer(): { at: Position; screen: Position } | null;
}

const NONE: CanvasView = { root: null, sizes: () => new Map(), middle: () => ({ x: 0, y: 0 }), pointer: () => null };
const views = new WeakMap<Editor, CanvasView>();

export const canvasView = (editor: Editor): CanvasView => views.get(editor) ?? NONE;
export const setCanvasView = (editor: Editor, view: CanvasView): void => void views.set(editor, view);
