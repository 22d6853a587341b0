/** All of a node's parameters that count, in their declared order. */
import { paramValues, visibleParams, type GraphNode, type NodeDeclaration } from "@patchbay/graph-core";
import type { ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { words } from "../../model/node-words.ts";
import { exposeParam, hideParam } from "../../params/interface-entries.ts";
import { useParamEdit } from "../../params/param-edit.ts";
import { ParamRow } from "../../params/ParamRow.tsx";
import { useGoOutside, useParamState } from "../../params/use-param-state.ts";
import type { Diagnostic } from "@patchbay/graph-core";
import { SeeLayers } from "./SeeLayers.tsx";
import { useShownBody } from "./use-shown-body.ts";

export function ParamList({ flatId, node, declaration, failures }: { flatId: string; node: GraphNode; declaration: Pick<NodeDeclaration, "params">; failures: readonly Diagnostic[] }): ReactNode {
  const { editor } = useEditor();
  const edit = useParamEdit(flatId);
  const state = useParamState(flatId);
  const goOutside = useGoOutside(flatId);
  const { interface: io } = useShownBody();
  const values = paramValues(node, declaration);
  const expose = (param: string, help: string, exposed: boolean): void =>
    void editor.edit([{ kind: "set-interface", interface: exposed ? exposeParam(io, node.id, param, help) : hideParam(io, node.id, param) }], { label: exposed ? `Expose ${param}` : `No longer expose ${param}` });
  return visibleParams(declaration, values).map((spec) => {
    const outside = state.outside !== null && Object.hasOwn(state.outside, spec.name);
    return (
      <ParamRow
        key={`${flatId} ${spec.name}`} flatId={flatId} spec={spec} params={node.params} value={outside ? state.outside![spec.name]! : values[spec.name]!}
        problems={[...state.problems, ...failures].filter((d) => d.param === spec.name)} setBy={state.inputs.get(spec.name)} outside={outside} readOnly={state.readOnly} edit={edit}
        onExpose={(exposed) => expose(spec.name, words(spec.help), exposed)} onGoOutside={goOutside} tool={spec.name === "layers" || spec.name === "layer" ? <SeeLayers flatId={flatId} /> : null}
      />
    );
  });
}
