/** What a finished drag means for the document: nodes and comments that moved, and which frame each node is in now. */
import type { Change, GraphComment, Position } from "@patchbay/graph-core";
import { commentId, isCard, type CommentNode, type FlowNode } from "./flow-types.ts";

export interface Moves {
  readonly changes: readonly Change[];
  /** Nodes and comments that moved. */
  readonly count: number;
}

const differs = (a: Position, b: Position): boolean => a.x !== b.x || a.y !== b.y;

/** Compares where things are drawn with where the document has them. `held`: nodes that a frame took along stay its own. */
export function movesOf(nodes: readonly FlowNode[], held: ReadonlySet<string>): Moves {
  const positions: { [id: string]: Position } = {};
  const frames = nodes.filter((node): node is CommentNode => node.type === "frame");
  const comments = new Map<string, GraphComment>();
  for (const node of nodes) {
    if (isCard(node)) {
      if (differs(node.position, node.data.node.position)) positions[node.id] = { ...node.position };
    } else if (differs(node.position, node.data.comment.position)) comments.set(node.data.comment.id, { ...node.data.comment, position: { ...node.position } });
  }
  const moved = Object.keys(positions);
  const count = moved.length + comments.size;
  for (const frame of frames) {
    const now = membersAfter(frame, nodes, new Set(moved.filter((id) => !held.has(id))));
    if (now) comments.set(frame.data.comment.id, { ...(comments.get(frame.data.comment.id) ?? frame.data.comment), nodes: now });
  }
  const changes: Change[] = [];
  if (moved.length) changes.push({ kind: "move-nodes", positions });
  for (const comment of comments.values()) changes.push({ kind: "set-comment", comment });
  return { changes, count };
}

/** A node that was dropped inside joins the frame, one that was taken out leaves it; null where nothing changes, or where the frame keeps no list. */
function membersAfter(frame: CommentNode, nodes: readonly FlowNode[], moved: ReadonlySet<string>): readonly string[] | null {
  const before = frame.data.comment.nodes;
  if (!before) return null;
  const members = new Set(before);
  for (const node of nodes) {
    if (!isCard(node) || !moved.has(node.id)) continue;
    if (contains(frame, node)) members.add(node.id);
    else members.delete(node.id);
  }
  return members.size === before.length && before.every((id) => members.has(id)) ? null : [...members];
}

/** Of a frame that names no nodes: those that stand in it. */
const inside = (frame: CommentNode, nodes: readonly FlowNode[]): readonly string[] =>
  frame.type === "frame" ? nodes.filter((node) => isCard(node) && contains(frame, node)).map((node) => node.id) : [];

function contains(frame: CommentNode, node: FlowNode): boolean {
  const x = node.position.x + (node.measured?.width ?? 0) / 2 - frame.position.x;
  const y = node.position.y + (node.measured?.height ?? 0) / 2 - frame.position.y;
  return x >= 0 && y >= 0 && x <= (frame.width ?? 0) && y <= (frame.height ?? 0);
}

/** Nodes inside the frames that are dragged move along: further position changes, and who they are about. */
export function takenAlong(nodes: readonly FlowNode[], dragged: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  const along = new Map<string, Position>();
  const cards = new Map(nodes.map((node) => [node.id, node]));
  for (const [key, to] of dragged) {
    const frame = commentId(key) === null ? undefined : cards.get(key);
    if (!frame || isCard(frame)) continue;
    const [dx, dy] = [to.x - frame.position.x, to.y - frame.position.y];
    for (const id of frame.data.comment.nodes ?? inside(frame, nodes)) {
      const node = cards.get(id);
      if (node && !dragged.has(id) && !along.has(id)) along.set(id, { x: node.position.x + dx, y: node.position.y + dy });
    }
  }
  return along;
}
