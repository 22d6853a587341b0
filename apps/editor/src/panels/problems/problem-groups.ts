/** All that is wrong, sorted for the Problems panel: by node, those with errors first. */
import type { Diagnostic, GraphDocument, NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import { bodyAt, nodesById, splitFlatId } from "../../model/document-view.ts";

export interface ProblemGroup {
  /** Flat id; null: of the graph as a whole. */
  readonly node: string | null;
  readonly title: string;
  /** Errors first. */
  readonly problems: readonly Diagnostic[];
}

const RANK = { error: 0, warning: 1, info: 2 } as const;
const sign = (d: Diagnostic): string => [d.node, d.wire, d.port, d.param, d.message].join("\n");

/** The node a diagnostic is about: of a wire's, the node that it leads to. */
export function nodeOf(d: Diagnostic): string | null {
  if (d.node !== undefined) return d.node;
  const end = d.wire?.split(" -> ")[1];
  return end === undefined ? null : end.slice(0, end.lastIndexOf("."));
}

/** What inference says and what the last run said, each sentence once. */
export function allProblems(inferred: readonly Diagnostic[], reported: readonly Diagnostic[]): readonly Diagnostic[] {
  if (reported.length === 0) return inferred;
  const known = new Set(inferred.map(sign));
  return [...inferred, ...reported.filter((d) => !known.has(sign(d)) && known.add(sign(d)))];
}

export function problemGroups(problems: readonly Diagnostic[], document: GraphDocument, registry: NodeRegistry<NodeDeclaration>): readonly ProblemGroup[] {
  const groups = new Map<string | null, Diagnostic[]>();
  for (const problem of problems) {
    const node = nodeOf(problem);
    const list = groups.get(node);
    if (list) list.push(problem);
    else groups.set(node, [problem]);
  }
  const sorted = [...groups].map(([node, list]) => ({ node, title: titleOf(node, document, registry), problems: list.sort((a, b) => RANK[a.severity] - RANK[b.severity]) }));
  return sorted.sort((a, b) => RANK[a.problems[0]!.severity] - RANK[b.problems[0]!.severity]);
}

function titleOf(flat: string | null, document: GraphDocument, registry: NodeRegistry<NodeDeclaration>): string {
  if (flat === null) return "The graph";
  const { scope, id } = splitFlatId(flat);
  const names = [...scope, id].map((step, depth) => {
    const body = bodyAt(document, scope.slice(0, depth));
    const node = body && nodesById(body).get(step);
    return node ? (node.title ?? registry.get(node.type)?.title ?? node.id) : step;
  });
  return names.join(" › ");
}

/** “2 problems”, “1 problem”, “No problems”; notes are not counted. */
export function countText(problems: readonly Diagnostic[]): string {
  const count = problems.filter((d) => d.severity !== "info").length;
  return count === 0 ? "No problems" : count === 1 ? "1 problem" : `${count} problems`;
}
