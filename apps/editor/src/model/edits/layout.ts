/** Auto layout: sources at the left, results at the right, wires short. Frames stay around their nodes. */
import { splitEndpoint, type Change, type GraphBody, type GraphComment, type Position } from "@patchbay/graph-core";
import { frameAround } from "./frames.ts";
import { around, boxesOf, boxOf, type Sizes } from "./geometry.ts";

/** Room for the types that stand on wires. */
const BETWEEN_RANKS = 170;
const BETWEEN_NODES = 36;

/** Of these nodes; the whole stays where its top left corner is. Loads the layout library when it is first used. */
export async function layoutChanges(body: GraphBody, ids: ReadonlySet<string>, sizes: Sizes): Promise<Change[]> {
  const boxes = boxesOf(body, ids, sizes);
  if (boxes.length < 2) return [];
  const dagre = await import("@dagrejs/dagre");
  const frames = (body.comments ?? []).filter((comment) => comment.nodes?.some((id) => ids.has(id)));
  const whole = frames.filter((frame) => frame.nodes!.every((id) => ids.has(id)));
  const graph = new dagre.Graph({ compound: true, multigraph: false });
  graph.setGraph({ rankdir: "LR", ranksep: BETWEEN_RANKS, nodesep: BETWEEN_NODES, edgesep: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, box } of boxes) graph.setNode(id, { width: box.width, height: box.height });
  const framed = new Set<string>();
  for (const frame of whole) {
    const members = frame.nodes!.filter((id) => graph.hasNode(id) && !framed.has(id));
    if (members.length === 0) continue;
    graph.setNode(cluster(frame), {});
    for (const id of members) {
      framed.add(id);
      graph.setParent(id, cluster(frame));
    }
  }
  for (const wire of body.wires) {
    const [from, to] = [splitEndpoint(wire.from).node, splitEndpoint(wire.to).node];
    if (from !== to && ids.has(from) && ids.has(to)) graph.setEdge(from, to);
  }
  dagre.layout(graph);

  const before = around(boxes.map((b) => b.box))!;
  const corners = new Map(boxes.map(({ id, box }) => {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Position>;
    return [id, { ...box, x: x - box.width / 2, y: y - box.height / 2 }];
  }));
  const after = around([...corners.values()])!;
  const positions: { [id: string]: Position } = {};
  for (const [id, box] of corners) positions[id] = { x: Math.round(box.x - after.x + before.x), y: Math.round(box.y - after.y + before.y) };
  const nodes = body.nodes.map((node) => (positions[node.id] ? { ...node, position: positions[node.id]! } : node));
  const moved = nodes.filter((node, i) => node.position.x !== body.nodes[i]!.position.x || node.position.y !== body.nodes[i]!.position.y);
  if (moved.length === 0) return [];
  const changes: Change[] = [{ kind: "move-nodes", positions: Object.fromEntries(moved.map((node) => [node.id, node.position])) }];
  for (const frame of frames) {
    const members = nodes.filter((node) => frame.nodes!.includes(node.id)).map((node) => boxOf(node, sizes));
    changes.push({ kind: "set-comment", comment: { ...frame, ...frameAround(members) } });
  }
  return changes;
}

const cluster = (frame: GraphComment): string => `frame:${frame.id}`;
