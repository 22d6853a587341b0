/** What is found by walking the wires is found again only when the wires or a parameter change. */
import type { FlatGraph } from "@patchbay/graph-core";
import type { EditorState } from "../../model/editor-state.ts";

export function ofFlat<T>(find: (flat: FlatGraph) => T): (state: EditorState) => T {
  let [flat, found]: [unknown, T | undefined] = [null, undefined];
  return (state) => {
    if (state.inference.flat !== flat) [flat, found] = [state.inference.flat, find(state.inference.flat)];
    return found as T;
  };
}
