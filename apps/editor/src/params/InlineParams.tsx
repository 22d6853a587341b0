/** A node's parameters on the node itself: the few that matter most, one row each. */
import { paramValues, visibleParams, type GraphNode, type NodeDeclaration } from "@patchbay/graph-core";
import { memo, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { splitFlatId } from "../model/document-view.ts";
import { chooseInline } from "./inline-choice.ts";
import { useParamEdit } from "./param-edit.ts";
import { ParamField } from "./ParamField.tsx";
import { ParamLabel } from "./ParamLabel.tsx";
import { useParamState } from "./use-param-state.ts";
import "./params.css";

export interface InlineParamsProps {
  readonly flatId: string;
  readonly node: GraphNode;
  readonly declaration: Pick<NodeDeclaration, "params">;
}

export const InlineParams = memo(function InlineParams({ flatId, node, declaration }: InlineParamsProps): ReactNode {
  const values = paramValues(node, declaration);
  const { shown, more } = chooseInline(visibleParams(declaration, values), node.params);
  if (shown.length === 0) return null;
  return <Rows {...{ flatId, node, declaration, shown, more, values }} />;
});

type RowsProps = InlineParamsProps & ReturnType<typeof chooseInline> & { readonly values: ReturnType<typeof paramValues> };

function Rows({ flatId, node, shown, more, values }: RowsProps): ReactNode {
  const { editor } = useEditor();
  const edit = useParamEdit(flatId);
  const { problems, inputs, outside, readOnly } = useParamState(flatId);
  const showAll = (): void => {
    const { scope, id } = splitFlatId(flatId);
    const state = editor.store.getState();
    if (state.scope.join("/") !== scope.join("/")) editor.enter(scope);
    editor.select({ nodes: [id] });
    editor.setUi({ panels: { ...state.ui.panels, inspector: true } });
  };
  return (
    <div className="pb-inline nodrag nowheel nopan nokey">
      {shown.map((spec) => {
        const problem = problems.find((d) => d.param === spec.name && d.severity !== "info");
        const isOutside = outside !== null && Object.hasOwn(outside, spec.name);
        const value = isOutside ? outside[spec.name]! : values[spec.name]!;
        const disabled = readOnly || isOutside;
        return (
          <div key={spec.name} className="pb-inline-row" data-severity={problem?.severity} title={problem?.message}>
            <ParamLabel spec={spec} value={value} params={node.params} disabled={disabled} compact {...(inputs.has(spec.name) ? { setBy: inputs.get(spec.name)! } : {})} edit={edit} />
            <span className="pb-inline-field" data-kind={spec.kind}>
              <ParamField
                spec={spec} value={value} flatId={flatId} label={spec.title} invalid={problem?.severity === "error"} disabled={disabled} compact
                onChange={(v) => edit.change(spec, v)} onDone={edit.done} onSet={(v) => edit.set(spec, v)}
              />
            </span>
          </div>
        );
      })}
      {more > 0 ? <button type="button" className="pb-inline-more" onClick={showAll}>+{more} more</button> : null}
    </div>
  );
}
