/** Values of other nodes that can be laid over a volume: one number a voxel. */
import { splitEndpoint } from "@patchbay/graph-core";
import type { TensorValue } from "@patchbay/runtime";
import { useMemo } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { nodeTitle } from "../graph/names.ts";
import { useWholeValue } from "../state/use-whole-value.ts";

export interface Overlays {
  readonly choices: readonly { readonly key: string; readonly title: string }[];
  /** The chosen one, once it is fetched. */
  readonly value: TensorValue | null;
}

export function useOverlays(valueKey: string, shape: readonly number[], chosen: string): Overlays {
  const { editor } = useEditor();
  const values = useEditorState((s) => s.run.values);
  const size = shape.slice(0, 4).join();
  const choices = useMemo(() => {
    const fits = [...values].filter(([key, { summary }]) => key !== valueKey && summary.kind === "tensor" && summary.tensor?.shape.length === 5 && summary.tensor.shape.join() === `${size},1`);
    const state = editor.store.getState();
    return fits.map(([key]) => {
      const { node, port } = splitEndpoint(key);
      return { key, title: `${nodeTitle(state, editor.registry, node) ?? node}: ${port}` };
    });
  }, [values, editor, valueKey, size]);
  const key = choices.some((c) => c.key === chosen) ? chosen : undefined;
  const whole = useWholeValue(key, key === undefined ? undefined : values.get(key), key !== undefined);
  return { choices, value: key !== undefined && whole.state === "ready" && whole.value.kind === "tensor" ? whole.value : null };
}
