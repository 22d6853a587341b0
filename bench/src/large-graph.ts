/** A graph of 1,000 real nodes and about 2,000 wires: faces compared and pictures styled, block after block. */
import type { Facts, GraphDocument, GraphNode, GraphWire } from "@patchbay/graph-core";

const NODES = 1000;
const LAYERS = ["c0", "c1", "c3", "c4", "c5", "c7"];

export const FACTS: Facts = {
  "a.jpg": { kind: "image", width: 1600, height: 1200 },
  "b.jpg": { kind: "image", width: 1200, height: 900 },
};

/** A node of the block in the middle, for edits: its parameters change the types of all that follows in the block. */
export const MIDDLE = 14;

export function largeGraph(): GraphDocument {
  const nodes: GraphNode[] = [];
  const wires: GraphWire[] = [];
  /** Adds a node with wires from `node.port` by input port. */
  const add = (id: string, type: string, inputs: { readonly [port: string]: string } = {}, params: GraphNode["params"] = {}): void => {
    nodes.push({ id, type, version: 1, params, position: { x: 200 * (nodes.length % 40), y: 160 * Math.floor(nodes.length / 40) } });
    for (const [port, from] of Object.entries(inputs)) wires.push({ from, to: `${id}.${port}` });
  };
  let block = 0;
  for (; nodes.length + BLOCK_SIZE <= NODES; block++) addBlock(add, block);
  for (let i = 0; nodes.length < NODES; i++) add(`across${i}`, "Distance", { a: `encodeA${i % block}.encoding`, b: `encodeB${(i + 1) % block}.encoding` });
  return { format: "patchbay-graph", version: 1, nodes, wires, interface: { inputs: [], outputs: [] } };
}

const BLOCK_SIZE = 36;

function addBlock(add: (id: string, type: string, inputs?: { readonly [port: string]: string }, params?: GraphNode["params"]) => void, i: number): void {
  /** A node of the block before, which the first one has not. */
  const before = (id: string, own: string) => (i ? `${id}${i - 1}` : `${own}${i}`);
  add(`photoA${i}`, "Image", {}, { file: "a.jpg" });
  add(`photoB${i}`, "Image", { fallback: `photoA${i}.image` }, { file: "b.jpg" });
  for (const side of ["A", "B"]) {
    add(`size${side}${i}`, "Resize", { image: `photo${side}${i}.image` }, { width: 192 });
    add(`features${side}${i}`, "FeatureExtractor", { image: `size${side}${i}.image` }, { layers: LAYERS });
    add(`encode${side}${i}`, "Encoder", { image: `size${side}${i}.image` });
  }
  const pair = { a: `encodeA${i}.encoding`, b: `encodeB${i}.encoding` };
  for (const metric of ["euclidean", "squared-euclidean", "cosine", "manhattan", "chi-squared"]) add(`${metric}${i}`, "Distance", pair, { metric });
  add(`chain${i}`, "Distance", { a: `encodeA${i}.encoding`, b: `${before("encodeB", "encodeB")}.encoding` });
  add(`decide${i}`, "Threshold", { distance: `euclidean${i}.distance` });
  add(`unit${i}`, "L2Normalise", { x: `encodeA${i}.encoding` });
  for (const n of [1, 2]) {
    add(`difference${n}${i}`, "DifferenceFeatures", pair);
    add(`content${n}${i}`, "ContentCost", { content: `featuresA${i}.activations`, generated: `featuresA${i}.activations` }, { layer: "c4", normalisation: "relative" });
    add(`style${n}${i}`, "StyleCost", { style: `featuresB${i}.activations`, generated: `featuresA${i}.activations` }, { statistic: "covariance", normalisation: "relative" });
  }
  add(`variation${i}`, "TotalVariation", { image: `sizeA${i}.image` });
  for (const n of [1, 2, 3]) add(`triplet${n}${i}`, "TripletLoss", { anchor: `encodeA${i}.encoding`, positive: `encodeB${i}.encoding`, negative: `${before("encodeA", "encodeB")}.encoding` });
  // Each total takes the one before it, across blocks too: a chain through the whole graph.
  for (let n = 1; n <= 10; n++)
    add(`total${n}${i}`, "TotalCost", { content: `content${1 + (n % 2)}${i}.cost`, style: n > 1 ? `total${n - 1}${i}.total` : i ? `total10${i - 1}.total` : `style1${i}.cost`, variation: `variation${i}.cost` });
}
