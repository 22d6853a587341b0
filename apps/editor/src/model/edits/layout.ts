/** Auto layout: sources at the left, results at the right, wires short. Frames stay around their nodes. */
import { splitEndpoint, type Change, type GraphBody, type GraphComment, type Position } from "@patchbay/graph-core";
import { frameAround } from "./frames.ts";
import { layOut } from "./lay-out.ts";
import { around, boxesOf, boxOf, boxOfComment, type Sizes } from "./geometry.ts";

/** Of these nodes; the whole stays where its top left corner is. Large graphs take seconds, during which the page goes on. */
export async function layoutChanges(body: GraphBody, ids: ReadonlySet<string>, sizes: Sizes): Promise<Change[]> {
  const boxes = boxesOf(body, ids, sizes);
  if (boxes.length < 2) return [];
  const frames = (body.comments ?? []).map((comment) => ({ comment, members: membersOf(comment, body, sizes) })).filter(({ members }) => members.some((id) => ids.has(id)));
  const framed = new Set<string>();
  const clusters: string[][] = [];
  for (const { members } of frames) {
    const own = members.filter((id) => !framed.has(id));
    if (own.length === 0 || !members.every((id) => ids.has(id))) continue;
    for (const id of own) framed.add(id);
    clusters.push(own);
  }
  const edges = body.wires.map((wire): [string, string] => [splitEndpoint(wire.from).node, splitEndpoint(wire.to).node]).filter(([from, to]) => from !== to && ids.has(from) && ids.has(to));
  const places = await layOut({ boxes: boxes.map(({ id, box: { width, height } }) => ({ id, width, height })), edges, clusters });

  const before = around(boxes.map((b) => b.box))!;
  const corners = new Map(boxes.map(({ id, box }, i) => [id, { ...box, x: places[i]!.x - box.width / 2, y: places[i]!.y - box.height / 2 }]));
  const after = around([...corners.values()])!;
  const positions: { [id: string]: Position } = {};
  for (const [id, box] of corners) positions[id] = { x: Math.round(box.x - after.x + before.x), y: Math.round(box.y - after.y + before.y) };
  const nodes = body.nodes.map((node) => (positions[node.id] ? { ...node, position: positions[node.id]! } : node));
  const moved = nodes.filter((node, i) => node.position.x !== body.nodes[i]!.position.x || node.position.y !== body.nodes[i]!.position.y);
  if (moved.length === 0) return [];
  const changes: Change[] = [{ kind: "move-nodes", positions: Object.fromEntries(moved.map((node) => [node.id, node.position])) }];
  for (const { comment, members } of frames) changes.push({ kind: "set-comment", comment: { ...comment, ...frameAround(nodes.filter((node) => members.includes(node.id)).map((node) => boxOf(node, sizes))) } });
  return changes;
}

/** The nodes that a frame names, or those in the middle of a comment that names none but was drawn around some. */
function membersOf(comment: GraphComment, body: GraphBody, sizes: Sizes): readonly string[] {
  if (comment.nodes) return comment.nodes.filter((id) => body.nodes.some((node) => node.id === id));
  const frame = boxOfComment(comment);
  const isInside = (value: number, from: number, length: number): boolean => value >= from && value <= from + length;
  return body.nodes.filter((node) => {
    const box = boxOf(node, sizes);
    return isInside(box.x + box.width / 2, frame.x, frame.width) && isInside(box.y + box.height / 2, frame.y, frame.height);
  }).map((node) => node.id);
}
