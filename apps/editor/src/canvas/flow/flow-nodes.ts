/** Turns the nodes and comments of the document into what React Flow draws, and keeps every object that says the same as before. */
import { visibleParams, paramValues, type GraphBody, type GraphComment, type GraphNode, type GraphWire, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { Position, type NodeHandle } from "@xyflow/react";
import { declaredNode } from "../../model/declared-node.ts";
import { wiresByNode } from "../../model/document-view.ts";
import type { Selection } from "../../model/editor-state.ts";
import { drawnPorts, type DrawnPorts } from "./drawn-ports.ts";
import { commentKey, isCard, type CardNode, type CommentNode, type FlowNode } from "./flow-types.ts";
import { collapsedHeight, guessedHeight, MARK, NODE_WIDTH, portMiddles, REROUTE } from "./measures.ts";

const NO_WIRES: readonly GraphWire[] = [];

/** Handed to React Flow, which would give a wrapper a role of its own: what is inside has the name and the focus. */
const PLAIN_WRAPPER = { "aria-roledescription": undefined } as const;

export function flowNodes(before: readonly FlowNode[], body: GraphBody, selection: Selection, registry: NodeRegistry<RunnableNode>): readonly FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const wires = wiresByNode(body);
  const next: FlowNode[] = [];
  for (const comment of body.comments ?? []) next.push(flowComment(known.get(commentKey(comment.id)), comment, selection.comments.has(comment.id)));
  for (const node of body.nodes) next.push(flowCard(known.get(node.id), node, wires.get(node.id) ?? NO_WIRES, selection.nodes.has(node.id), registry));
  return next.length === before.length && next.every((node, i) => node === before[i]) ? before : next;
}

function flowCard(before: FlowNode | undefined, node: GraphNode, wires: readonly GraphWire[], selected: boolean, registry: NodeRegistry<RunnableNode>): CardNode {
  const old = before && isCard(before) ? before : undefined;
  const declaration = declaredNode(node, registry);
  const ports = drawnPorts(node, declaration, wires, old?.data.ports);
  if (old && old.data.node === node && old.data.declaration === declaration && old.data.ports === ports) return old.selected === selected ? old : { ...old, selected, zIndex: selected ? 2 : 1 };
  const reroute = isReroute(declaration);
  const collapsed = node.collapsed ?? false;
  const same = old && old.data.ports === ports && (old.data.node.collapsed ?? false) === collapsed;
  const moved = !old || old.data.node.position !== node.position;
  return {
    id: node.id,
    type: reroute ? "reroute" : "card",
    position: moved ? node.position : old.position,
    data: { node, declaration, ports },
    selected,
    zIndex: selected ? 2 : 1,
    measured: old?.type === (reroute ? "reroute" : "card") && old.measured ? old.measured : guessedSize(node, declaration, ports, reroute),
    handles: same && old.handles ? old.handles : reroute ? rerouteHandles(ports) : cardHandles(ports, collapsed),
    domAttributes: PLAIN_WRAPPER,
    ...(old?.dragging && !moved ? { dragging: true } : {}),
  };
}

export const isReroute = (declaration: RunnableNode | undefined): boolean => declaration?.passThrough === true && declaration.inputs.length === 1 && declaration.outputs.length === 1;

function guessedSize(node: GraphNode, declaration: RunnableNode | undefined, { inputs, outputs }: DrawnPorts, reroute: boolean): { width: number; height: number } {
  if (reroute) return { width: REROUTE, height: REROUTE };
  const rows = Math.max(inputs.length, outputs.length);
  if (node.collapsed) return { width: NODE_WIDTH, height: collapsedHeight(rows) };
  return { width: NODE_WIDTH, height: guessedHeight(rows, declaration ? visibleParams(declaration, paramValues(node, declaration)).length : 0) };
}

function cardHandles({ inputs, outputs }: DrawnPorts, collapsed: boolean): NodeHandle[] {
  const left = portMiddles(inputs.length, outputs.length, collapsed);
  const right = portMiddles(outputs.length, inputs.length, collapsed);
  const size = { width: MARK, height: MARK };
  return [
    ...inputs.map((port, i): NodeHandle => ({ id: port.name, type: "target", position: Position.Left, x: -MARK / 2, y: left[i]! - MARK / 2, ...size })),
    ...outputs.map((port, i): NodeHandle => ({ id: port.name, type: "source", position: Position.Right, x: NODE_WIDTH - MARK / 2, y: right[i]! - MARK / 2, ...size })),
  ];
}

/** Both in the middle of the dot. */
function rerouteHandles({ inputs, outputs }: DrawnPorts): NodeHandle[] {
  const place = { x: REROUTE / 2 - 1, y: REROUTE / 2 - 1, width: 2, height: 2 };
  return [
    ...inputs.map((port): NodeHandle => ({ id: port.name, type: "target", position: Position.Left, ...place })),
    ...outputs.map((port): NodeHandle => ({ id: port.name, type: "source", position: Position.Right, ...place })),
  ];
}

/** A comment with room for nodes is a frame, drawn around them; a small one is a note. */
export const isFrame = ({ size, nodes }: GraphComment): boolean => (size ? size.height >= (nodes ? 120 : 180) : nodes !== undefined);

function flowComment(before: FlowNode | undefined, comment: GraphComment, selected: boolean): CommentNode {
  const old = before && !isCard(before) ? before : undefined;
  if (old?.data.comment === comment) return old.selected === selected ? old : { ...old, selected };
  const size = comment.size ?? (isFrame(comment) ? { width: 480, height: 320 } : { width: 240, height: 120 });
  const moved = !old || old.data.comment.position !== comment.position;
  return {
    id: commentKey(comment.id),
    type: isFrame(comment) ? "frame" : "note",
    position: moved ? comment.position : old.position,
    width: size.width,
    height: size.height,
    measured: size,
    data: { comment },
    selected,
    zIndex: isFrame(comment) ? -2 : -1,
    handles: [],
    domAttributes: PLAIN_WRAPPER,
    ...(isFrame(comment) ? { dragHandle: ".pb-frame-title" } : {}),
  };
}
