/** A graph that came in the page's address, in the fragment that never leaves the browser. */
import { emptyGraph, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { InitialGraph } from "./initial-graph.ts";

/** Null where the address carries none. */
export async function sharedGraph(hash: string, registry: NodeRegistry<RunnableNode>): Promise<InitialGraph | null> {
  if (!hash.startsWith("#share=")) return null;
  const { readShareLink } = await import("../formats/share-link.ts");
  const read = readShareLink(hash, registry);
  if ("problem" in read) return { document: emptyGraph(), notice: { kind: "error", text: read.problem } };
  return { document: read.document, notice: { kind: "success", text: `“${read.document.title ?? "Untitled graph"}” came with the link. It is a graph of your own now.` } };
}
