/** What the secondary button offers on the canvas. */
import type { EditorParts } from "../app/editor-parts.ts";
import type { MenuItem } from "../ui/Menu.tsx";

// TO BE REPLACED: stands in until the menus are written.
export const nodeMenu = (_parts: EditorParts, _id: string): readonly MenuItem[] => [{ kind: "label", title: "Node" }];
export const wireMenu = (_parts: EditorParts, _key: string): readonly MenuItem[] => [{ kind: "label", title: "Wire" }];
export const canvasMenu = (_parts: EditorParts, _at: { x: number; y: number }): readonly MenuItem[] => [{ kind: "label", title: "Canvas" }];
export const commentMenu = (_parts: EditorParts, _id: string): readonly MenuItem[] => [{ kind: "label", title: "Comment" }];
