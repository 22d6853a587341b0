/** Frames around nodes, notes, and their colours. */
import { uniqueName, type Change, type GraphBody, type GraphComment, type Position } from "@patchbay/graph-core";
import { around, boxesOf, type Sizes } from "./geometry.ts";

/** The names that documents hold; how they look is a matter of the theme. */
export const FRAME_COLORS = [
  { name: "grey", title: "Grey" },
  { name: "blue", title: "Blue" },
  { name: "green", title: "Green" },
  { name: "orange", title: "Orange" },
  { name: "purple", title: "Purple" },
  { name: "red", title: "Red" },
] as const;
export type FrameColor = (typeof FRAME_COLORS)[number]["name"];

/** Room between a frame and what is in it; with the title a multiple of the grid, so that nodes on the grid stay on it when their frame is dragged. */
export const FRAME_PADDING = 24;
/** Of the line that its title stands on. */
export const FRAME_TITLE = 40;

export interface MadeComment {
  readonly changes: Change[];
  readonly id: string;
}

/** Null without nodes. */
export function frameChanges(body: GraphBody, ids: ReadonlySet<string>, sizes: Sizes, { title = "Group", color = "blue" }: { title?: string; color?: string } = {}): MadeComment | null {
  const boxes = boxesOf(body, ids, sizes);
  if (boxes.length === 0) return null;
  const id = freeId(body, "frame");
  const comment: GraphComment = { id, text: title, color, nodes: boxes.map((b) => b.id), ...frameAround(boxes.map((b) => b.box)) };
  return { changes: [{ kind: "set-comment", comment }], id };
}

/** Where a frame stands around these rectangles. */
export function frameAround(boxes: Parameters<typeof around>[0]): Pick<GraphComment, "position" | "size"> {
  const { x, y, width, height } = around(boxes)!;
  return {
    position: { x: Math.round(x - FRAME_PADDING), y: Math.round(y - FRAME_PADDING - FRAME_TITLE) },
    size: { width: Math.round(width + FRAME_PADDING * 2), height: Math.round(height + FRAME_PADDING * 2 + FRAME_TITLE) },
  };
}

export function noteChanges(body: GraphBody, at: Position, text = "Note"): MadeComment {
  const id = freeId(body, "note");
  const comment: GraphComment = { id, text, position: { x: Math.round(at.x), y: Math.round(at.y) }, size: { width: 240, height: 120 } };
  return { changes: [{ kind: "set-comment", comment }], id };
}

export function colorChanges(body: GraphBody, ids: ReadonlySet<string>, color: string | undefined): Change[] {
  return (body.comments ?? []).filter((comment) => ids.has(comment.id) && comment.color !== color).map((comment): Change => {
    const { color: _before, ...rest } = comment;
    return { kind: "set-comment", comment: color === undefined ? rest : { ...rest, color } };
  });
}

/** Takes the frames away and leaves what is in them. */
export const removeComments = (ids: Iterable<string>): Change[] => [...ids].map((id): Change => ({ kind: "remove-comment", id }));

function freeId(body: GraphBody, name: string): string {
  return uniqueName(name, new Set((body.comments ?? []).map((comment) => comment.id)));
}
