/** What a node has to show, in one subscription: thousands of nodes ask this at every change of the state. */
import type { PortType } from "@patchbay/graph-core";
import { useMemo } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { ShownValue } from "../../model/run-state.ts";

export interface Output {
  readonly port: string;
  /** Flat `node.port` of the node that computes it: inside, for a subgraph. */
  readonly key: string;
  readonly shown: ShownValue;
  readonly type: PortType | undefined;
}

const NOTHING: readonly Output[] = [];

/** The outputs of a node that have a value; the same list for as long as nothing of it changes. */
export function selectOutputs(flatId: string, ports: readonly string[]): (state: EditorState) => readonly Output[] {
  let last = NOTHING;
  let [values, inference]: [unknown, unknown] = [null, null];
  return (state) => {
    // Most changes of the state are of neither.
    if (state.run.values === values && state.inference === inference) return last;
    [values, inference] = [state.run.values, state.inference];
    if (state.run.values.size === 0) return (last = NOTHING);
    const { flat, types } = state.inference;
    const next: Output[] = [];
    for (const port of ports) {
      const drawn = `${flatId}.${port}`;
      const key = flat.outputAliases.get(drawn) ?? drawn;
      const shown = state.run.values.get(key);
      if (shown) next.push({ port, key, shown, type: types.get(key) });
    }
    const same = next.length === last.length && next.every((o, i) => o.shown === last[i]!.shown && o.key === last[i]!.key && o.type === last[i]!.type);
    return same ? last : (last = next.length ? next : NOTHING);
  };
}

export const useOutputs = (flatId: string, ports: readonly string[]): readonly Output[] => useEditorState(useMemo(() => selectOutputs(flatId, ports), [flatId, ports]));
