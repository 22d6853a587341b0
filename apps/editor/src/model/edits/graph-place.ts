/** What edits read: a graph of the document, and what is known of its types. */
import type { GraphBody, GraphDocument, Inference, NodeRegistry, PortType, Scope } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { bodyAt, prefixOf } from "../document-view.ts";
import type { EditorState } from "../editor-state.ts";

export interface GraphPlace {
  readonly body: GraphBody;
  readonly registry: NodeRegistry<RunnableNode>;
  /** The type on an output, as `node.port` inside this graph; undefined where it is not known. */
  typeOf(end: string): PortType | undefined;
}

const EMPTY: GraphBody = { nodes: [], wires: [], interface: { inputs: [], outputs: [] } };

export function graphPlace(document: GraphDocument, scope: Scope, registry: NodeRegistry<RunnableNode>, inference: Pick<Inference, "types">): GraphPlace {
  const prefix = prefixOf(scope);
  return { body: bodyAt(document, scope) ?? EMPTY, registry, typeOf: (end) => inference.types.get(prefix + end) };
}

/** The graph that the editor shows. */
export const shownPlace = (state: Pick<EditorState, "history" | "scope" | "inference">, registry: NodeRegistry<RunnableNode>): GraphPlace => graphPlace(state.history.document, state.scope, registry, state.inference);
