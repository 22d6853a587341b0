/** Removes what is selected. Of a frame only the frame goes: what is in it is selected by itself or stays. */
import type { Change, GraphBody } from "@patchbay/graph-core";
import { wireOfKey } from "../document-view.ts";
import type { Selection } from "../editor-state.ts";
import { removeComments } from "./frames.ts";

export function removeChanges(body: GraphBody, selection: Selection): Change[] {
  const nodes = body.nodes.filter((node) => selection.nodes.has(node.id)).map((node) => node.id);
  const gone = new Set(nodes);
  const of = (end: string): string => end.slice(0, end.indexOf("."));
  const wires = [...selection.wires].map(wireOfKey).filter((wire) => !gone.has(of(wire.from)) && !gone.has(of(wire.to)));
  return [...wires.map((wire): Change => ({ kind: "disconnect", wire })), ...(nodes.length ? [{ kind: "remove-nodes" as const, ids: nodes }] : []), ...removeComments(selection.comments)];
}
