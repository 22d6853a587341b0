/** Where boxes stand so that wires between them run from left to right: plain data in and out, so that it can be thought out in a worker. */

export interface LayoutRequest {
  readonly boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  /** Pairs of ids. */
  readonly edges: readonly (readonly [from: string, to: string])[];
  /** Boxes that stay together, each in one at most. */
  readonly clusters: readonly (readonly string[])[];
}

/** The middles of the boxes, in the order of the request. */
export type LayoutAnswer = readonly { readonly x: number; readonly y: number }[];

/** Room for the types that stand on wires. */
const BETWEEN_RANKS = 170;
const BETWEEN_NODES = 36;
/** From here on the ranks are found by the faster way, which makes wires a little longer. */
const MANY = 150;

export async function layeredLayout({ boxes, edges, clusters }: LayoutRequest): Promise<LayoutAnswer> {
  const dagre = await import("@dagrejs/dagre");
  const graph = new dagre.Graph({ compound: true });
  graph.setGraph({ rankdir: "LR", ranksep: BETWEEN_RANKS, nodesep: BETWEEN_NODES, edgesep: 12, ranker: boxes.length > MANY ? "tight-tree" : "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [i, members] of clusters.entries()) {
    // No id of a node holds a colon.
    graph.setNode(`cluster:${i}`, {});
    for (const id of members) graph.setParent(id, `cluster:${i}`);
  }
  for (const [from, to] of edges) graph.setEdge(from, to);
  dagre.layout(graph);
  return boxes.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
    return { x, y };
  });
}
