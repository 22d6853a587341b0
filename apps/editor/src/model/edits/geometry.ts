/** Rectangles of what is drawn: nodes and comments with the sizes that the canvas measured. */
import type { GraphBody, GraphComment, GraphNode, Position } from "@patchbay/graph-core";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size, Position {}

/** Measured sizes by node id; what is missing is taken to be of the usual size. */
export type Sizes = ReadonlyMap<string, Size>;

export const USUAL_SIZE: Size = { width: 248, height: 140 };

export const sizeOf = (id: string, sizes: Sizes): Size => sizes.get(id) ?? USUAL_SIZE;
export const boxOf = (node: Pick<GraphNode, "id" | "position">, sizes: Sizes): Box => ({ ...node.position, ...sizeOf(node.id, sizes) });
export const boxOfComment = (comment: GraphComment): Box => ({ ...comment.position, width: comment.size?.width ?? 240, height: comment.size?.height ?? 120 });

/** Around all of them; null around nothing. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((b) => b.x));
  const y = Math.min(...boxes.map((b) => b.y));
  return { x, y, width: Math.max(...boxes.map((b) => b.x + b.width)) - x, height: Math.max(...boxes.map((b) => b.y + b.height)) - y };
}

/** The rectangles of these nodes, in the order of the document. */
export const boxesOf = (body: Pick<GraphBody, "nodes">, ids: ReadonlySet<string>, sizes: Sizes): { id: string; box: Box }[] => body.nodes.filter((node) => ids.has(node.id)).map((node) => ({ id: node.id, box: boxOf(node, sizes) }));
