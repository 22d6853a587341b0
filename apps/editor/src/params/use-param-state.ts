/** What is known of one node's parameters besides their values: their problems, and who else sets them. */
import type { Diagnostic, Json } from "@patchbay/graph-core";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { bodyAt, splitFlatId } from "../model/document-view.ts";
import { paramInputs } from "./interface-entries.ts";

export interface ParamState {
  readonly problems: readonly Diagnostic[];
  /** By parameter, the input of the graph around it that sets it. */
  readonly inputs: ReadonlyMap<string, string>;
  /** By parameter, what an enclosing Subgraph node sets it to. */
  readonly outside: { readonly [param: string]: Json } | null;
  readonly readOnly: boolean;
}

const NONE: ReadonlyMap<string, string> = new Map();
const NO_PROBLEMS: readonly Diagnostic[] = [];

export function useParamState(flatId: string): ParamState {
  const problems = useEditorState((s) => s.problemsByNode.get(flatId)) ?? NO_PROBLEMS;
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const { scope, id } = splitFlatId(flatId);
  const inputs = useEditorState((s) => {
    const body = bodyAt(s.history.document, scope);
    return body ? paramInputs(body.interface.inputs).get(id) : undefined;
  });
  // As text: the record of a flat node is made anew whenever the graph changes.
  const outside = useEditorState((s) => {
    const flat = scope.length ? s.inference.flat.byId.get(flatId) : undefined;
    return flat?.overridden?.size ? JSON.stringify(Object.fromEntries([...flat.overridden].map((param) => [param, flat.params[param]]))) : null;
  });
  return { problems, inputs: inputs ?? NONE, outside: outside === null ? null : (JSON.parse(outside) as { [param: string]: Json }), readOnly };
}

/** Goes out to the Subgraph node that sets a parameter of a node inside it. */
export function useGoOutside(flatId: string): () => void {
  const { editor } = useEditor();
  return () => {
    const { scope } = splitFlatId(flatId);
    editor.enter(scope.slice(0, -1));
    editor.select({ nodes: [scope.at(-1)!] });
  };
}
