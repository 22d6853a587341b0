/** Nodes and wires as React Flow takes them. */
import type { GraphComment, GraphNode, GraphWire } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { Edge, Node } from "@xyflow/react";
import type { PortKind } from "../../model/port-kind.ts";
import type { DrawnPorts } from "./drawn-ports.ts";

export interface NodeData extends Record<string, unknown> {
  readonly node: GraphNode;
  /** Absent: nobody knows this type. */
  readonly declaration: RunnableNode | undefined;
  readonly ports: DrawnPorts;
}

export interface CommentData extends Record<string, unknown> {
  readonly comment: GraphComment;
}

export type CardNode = Node<NodeData, "card" | "reroute">;
export type CommentNode = Node<CommentData, "frame" | "note">;
export type FlowNode = CardNode | CommentNode;

export interface WireData extends Record<string, unknown> {
  readonly wire: GraphWire;
  /** What stands on it: `float32 [1,224,224,3]`; empty while it is not known. */
  readonly label: string;
  readonly kind: PortKind;
  /** What is wrong with it, in full sentences. */
  readonly problem: string | null;
  /** What it leads into is running now. */
  readonly running: boolean;
  /** One of its ends is muted: nothing of its own flows here. */
  readonly muted: boolean;
}

export type FlowWire = Edge<WireData, "wire">;

export const isCard = (node: FlowNode): node is CardNode => "node" in node.data;

/** Ids of comments and of nodes are apart: a colon is in no id. */
export const commentKey = (id: string): string => `comment:${id}`;
export const commentId = (key: string): string | null => (key.startsWith("comment:") ? key.slice(8) : null);
