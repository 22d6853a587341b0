/** The rows of parameters on a node. */
import type { GraphNode, ParamSpec, ParamValues } from "@patchbay/graph-core";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { splitFlatId } from "../model/document-view.ts";
import { useParamEdit } from "./param-edit.ts";
import { ParamField } from "./ParamField.tsx";
import { ParamLabel } from "./ParamLabel.tsx";
import { useParamState } from "./use-param-state.ts";

export interface InlineRowsProps {
  readonly flatId: string;
  readonly node: GraphNode;
  readonly shown: readonly ParamSpec[];
  readonly more: number;
  readonly values: ParamValues;
}

export default function InlineRows({ flatId, node, shown, more, values }: InlineRowsProps): ReactNode {
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
