/** Content hashes of what a graph computes: positions, comments, titles and the order of nodes do not count. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { GraphBody, GraphNode, Json } from "../document/document.ts";
import { canonicalJson } from "./canonical-json.ts";

/** SHA-256 as 64 hexadecimal digits; text is hashed as UTF-8. */
export const sha256Hex = (data: Uint8Array | string): string => bytesToHex(sha256(typeof data === "string" ? utf8ToBytes(data) : data));

/** Type, version, parameters, whether it is muted, and what is inside: not its id, nor how it looks. */
export function hashNode(node: GraphNode): string {
  return sha256Hex(canonicalJson({ type: node.type, version: node.version, params: node.params, muted: node.muted === true, inside: node.graph ? hashGraph(node.graph) : null }));
}

/** Nodes by id, the wires of each port in their order, and the interface by name. */
export function hashGraph(graph: GraphBody): string {
  const nodes: Json = graph.nodes.map((node) => [node.id, hashNode(node)]).sort(byText);
  const wires = new Map<string, string[]>();
  for (const { from, to } of graph.wires) {
    const sources = wires.get(to);
    if (sources) sources.push(from);
    else wires.set(to, [from]);
  }
  const inputs: Json[] = graph.interface.inputs.map(({ name, node, param, port, at }) => [name, node, param ?? null, port ?? null, at ?? null]);
  const outputs: Json[] = graph.interface.outputs.map(({ name, node, port }) => [name, node, port]);
  return sha256Hex(canonicalJson({ nodes, wires: [...wires].sort(byText), inputs: inputs.sort(byText), outputs: outputs.sort(byText) }));
}

function byText(a: Json, b: Json): number {
  const [x, y] = [canonicalJson(a), canonicalJson(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
