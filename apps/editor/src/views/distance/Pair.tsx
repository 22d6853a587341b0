/** The two faces whose encodings are compared, left and right of what came out. */
import { useMemo, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { Thumbnail } from "../image/Thumbnail.tsx";
import { pairNode } from "../graph/walk.ts";
import { isPicture, keep, upstreamValue } from "../state/upstream-values.ts";

export function Pair({ node, children }: { node: string; children: ReactNode }): ReactNode {
  const [a, b] = useEditorState(useMemo(() => keep((state) => {
    const pair = pairNode(state.inference.flat, node);
    return pair === null ? [] : ["a", "b"].map((port) => upstreamValue(state, pair, port, isPicture));
  }), [node]));
  if (!a || !b) return children;
  return (
    <div className="pb-pair">
      <Thumbnail of={a} label="First face" />
      {children}
      <Thumbnail of={b} label="Second face" />
    </div>
  );
}
