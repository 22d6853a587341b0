/** Changes one node's parameters: drags and typing join one step of the history, everything else is a step of its own. */
import type { Json, ParamSpec } from "@patchbay/graph-core";
import { useMemo } from "react";
import { useEditor } from "../app/editor-context.ts";
import { splitFlatId } from "../model/document-view.ts";
import type { Editor } from "../model/editor.ts";
import { sameJson } from "./inline-choice.ts";

export interface ParamEdit {
  /** Within a gesture that `done` ends. */
  change(spec: ParamSpec, value: Json): void;
  done(): void;
  /** At once. */
  set(spec: ParamSpec, value: Json, label?: string): void;
  reset(spec: ParamSpec): void;
}

export function paramEdit(editor: Editor, flatId: string): ParamEdit {
  const { scope, id } = splitFlatId(flatId);
  const put = (spec: ParamSpec, value: Json | undefined, options: { gesture?: string; label?: string }): void => {
    const kept = value === undefined || sameJson(value, spec.default as Json) ? undefined : value;
    editor.edit([{ kind: "set-param", node: id, param: spec.name, value: kept }], { scope, label: `Set ${lower(spec.title)}`, ...options });
  };
  return {
    change: (spec, value) => put(spec, value, { gesture: `param ${flatId} ${spec.name}` }),
    done: () => editor.endGesture(),
    set: (spec, value, label) => put(spec, value, label ? { label } : {}),
    reset: (spec) => put(spec, undefined, { label: `Reset ${lower(spec.title)}` }),
  };
}

/** Within a sentence; abbreviations such as “ONNX file” stay. */
export const lower = (title: string): string => (/^.[A-Z]/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1));

export function useParamEdit(flatId: string): ParamEdit {
  const { editor } = useEditor();
  return useMemo(() => paramEdit(editor, flatId), [editor, flatId]);
}
