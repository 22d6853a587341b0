/** A node's parameters on the node itself: the few that matter most, one row each. Their fields are loaded with the first node that has any. */
import { paramValues, visibleParams, type GraphNode, type NodeDeclaration } from "@patchbay/graph-core";
import { lazy, memo, Suspense, type ReactNode } from "react";
import { chooseInline } from "./inline-choice.ts";
import "./params.css";

const Rows = lazy(() => import("./InlineRows.tsx"));

export interface InlineParamsProps {
  readonly flatId: string;
  readonly node: GraphNode;
  readonly declaration: Pick<NodeDeclaration, "params">;
}

export const InlineParams = memo(function InlineParams({ flatId, node, declaration }: InlineParamsProps): ReactNode {
  const values = paramValues(node, declaration);
  const { shown, more } = chooseInline(visibleParams(declaration, values), node.params);
  if (shown.length === 0) return null;
  // As tall as the rows will be: nodes do not jump when the fields arrive.
  const waiting = <div className="pb-inline" aria-hidden="true">{shown.map((spec) => <div key={spec.name} className="pb-inline-row" />)}{more ? <div className="pb-inline-more" /> : null}</div>;
  return <Suspense fallback={waiting}><Rows {...{ flatId, node, shown, more, values }} /></Suspense>;
});
