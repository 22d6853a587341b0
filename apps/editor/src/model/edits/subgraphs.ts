/** Makes one node of several, and takes it apart again. */
import { SUBGRAPH, uniqueName, type Change, type GraphBody } from "@patchbay/graph-core";
import { nodesById } from "../document-view.ts";

/** Null without nodes. */
export function subgraphChanges(body: Pick<GraphBody, "nodes">, ids: ReadonlySet<string>, title = "Subgraph"): { changes: Change[]; id: string } | null {
  const members = body.nodes.filter((node) => ids.has(node.id)).map((node) => node.id);
  if (members.length === 0) return null;
  const id = uniqueName("subgraph", nodesById(body));
  return { changes: [{ kind: "group", ids: members, id, title }], id };
}

/** Every Subgraph node among these. */
export function unpackChanges(body: Pick<GraphBody, "nodes">, ids: ReadonlySet<string>): Change[] {
  return body.nodes.filter((node) => ids.has(node.id) && node.type === SUBGRAPH && node.graph).map((node): Change => ({ kind: "ungroup", id: node.id }));
}
