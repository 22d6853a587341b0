/** Values further up the wires that a view shows beside its own. */
import type { EditorState } from "../../model/editor-state.ts";
import type { ShownValue } from "../../model/run-state.ts";
import { pictureCount } from "../pixels/tensor-pictures.ts";
import { upstreamKeys } from "../graph/walk.ts";

export interface Upstream {
  readonly key: string;
  readonly shown: ShownValue;
}

/** The nearest value upstream of a node's port that the test accepts. A selector's answer: `keep` gives it one identity. */
export function upstreamValue(state: EditorState, node: string, port: string | undefined, accepts: (shown: ShownValue, key: string) => boolean): Upstream | null {
  for (const key of upstreamKeys(state.inference.flat, node, port)) {
    const shown = state.run.values.get(key);
    if (shown && accepts(shown, key)) return { key, shown };
  }
  return null;
}

/** A single value is one picture, decoded or as numbers. */
export function isPicture({ value, summary }: ShownValue): boolean {
  if (summary.kind === "image") return true;
  if (summary.kind !== "tensor") return false;
  const shape = value?.kind === "tensor" ? value.shape : summary.tensor?.shape;
  return shape !== undefined && shape.length === 4 && pictureCount({ shape }) > 0;
}

/** Gives the last answer again where nothing of it has changed; and walks the wires only where the wires or the values have. */
export function keep(select: (state: EditorState) => readonly (Upstream | null)[]): (state: EditorState) => readonly (Upstream | null)[] {
  let last: readonly (Upstream | null)[] = [];
  let [flat, values]: [unknown, unknown] = [null, null];
  return (state) => {
    if (state.inference.flat === flat && state.run.values === values) return last;
    [flat, values] = [state.inference.flat, state.run.values];
    const next = select(state);
    const same = next.length === last.length && next.every((one, i) => one?.key === last[i]?.key && one?.shown === last[i]?.shown);
    return same ? last : (last = next);
  };
}
