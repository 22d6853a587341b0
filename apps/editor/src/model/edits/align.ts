/** Brings nodes into line, spaces them evenly, and moves them by small steps. */
import type { Change, GraphBody, GraphComment, Position } from "@patchbay/graph-core";
import { around, boxesOf, type Box, type Sizes } from "./geometry.ts";

export type Side = "left" | "centre" | "right" | "top" | "middle" | "bottom";

const PLACED: { readonly [S in Side]: (box: Box, whole: Box) => Position } = {
  left: (box, whole) => ({ x: whole.x, y: box.y }),
  centre: (box, whole) => ({ x: whole.x + (whole.width - box.width) / 2, y: box.y }),
  right: (box, whole) => ({ x: whole.x + whole.width - box.width, y: box.y }),
  top: (box, whole) => ({ x: box.x, y: whole.y }),
  middle: (box, whole) => ({ x: box.x, y: whole.y + (whole.height - box.height) / 2 }),
  bottom: (box, whole) => ({ x: box.x, y: whole.y + whole.height - box.height }),
};

export function alignChanges(body: Pick<GraphBody, "nodes">, ids: ReadonlySet<string>, side: Side, sizes: Sizes): Change[] {
  const boxes = boxesOf(body, ids, sizes);
  const whole = around(boxes.map((b) => b.box));
  return whole && boxes.length > 1 ? moved(boxes.map(({ id, box }) => ({ id, from: box, to: PLACED[side](box, whole) }))) : [];
}

/** The same gap between all of them; the outermost two stay. Where there is no room they overlap evenly. */
export function distributeChanges(body: Pick<GraphBody, "nodes">, ids: ReadonlySet<string>, axis: "horizontally" | "vertically", sizes: Sizes): Change[] {
  const [place, length] = axis === "horizontally" ? (["x", "width"] as const) : (["y", "height"] as const);
  const boxes = boxesOf(body, ids, sizes).sort((a, b) => a.box[place] + a.box[length] / 2 - b.box[place] - b.box[length] / 2);
  if (boxes.length < 3) return [];
  const [first, last] = [boxes[0]!.box, boxes.at(-1)!.box];
  const taken = boxes.reduce((sum, { box }) => sum + box[length], 0);
  const gap = (last[place] + last[length] - first[place] - taken) / (boxes.length - 1);
  let next = first[place];
  return moved(
    boxes.map(({ id, box }) => {
      const to = { x: box.x, y: box.y, [place]: next };
      next += box[length] + gap;
      return { id, from: box, to };
    }),
  );
}

/** Nodes and comments by the same step. */
export function nudgeChanges(body: Pick<GraphBody, "nodes" | "comments">, selected: { nodes: ReadonlySet<string>; comments: ReadonlySet<string> }, by: Position): Change[] {
  const ids = new Set(selected.nodes);
  const comments = (body.comments ?? []).filter((comment) => selected.comments.has(comment.id));
  for (const comment of comments) for (const id of comment.nodes ?? []) ids.add(id);
  const positions = Object.fromEntries(body.nodes.filter((node) => ids.has(node.id)).map((node) => [node.id, shifted(node.position, by)]));
  const changes: Change[] = Object.keys(positions).length ? [{ kind: "move-nodes", positions }] : [];
  return [...changes, ...comments.map((comment): Change => ({ kind: "set-comment", comment: { ...comment, position: shifted(comment.position, by) } satisfies GraphComment }))];
}

const shifted = (position: Position, by: Position): Position => ({ x: position.x + by.x, y: position.y + by.y });

function moved(moves: readonly { id: string; from: Position; to: Position }[]): Change[] {
  const positions: { [id: string]: Position } = {};
  for (const { id, from, to } of moves) {
    const rounded = { x: Math.round(to.x), y: Math.round(to.y) };
    if (rounded.x !== from.x || rounded.y !== from.y) positions[id] = rounded;
  }
  return Object.keys(positions).length ? [{ kind: "move-nodes", positions }] : [];
}
