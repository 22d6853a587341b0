/** What stands on a node: its problems, in the drawing and as the last run told them, and what it is doing; a subgraph tells of its inside. */
import type { Diagnostic } from "@patchbay/graph-core";
import type { EditorState } from "./editor-state.ts";
import type { NodePhase, NodeRun } from "./run-state.ts";

const NONE: readonly Diagnostic[] = [];
const isOf = (flat: string, node: string | undefined): boolean => node !== undefined && (node === flat || node.startsWith(`${flat}/`));

const grouped = new WeakMap<readonly Diagnostic[], ReadonlyMap<string, readonly Diagnostic[]>>();
const joined = new WeakMap<readonly Diagnostic[], { readonly reported: readonly Diagnostic[]; readonly all: readonly Diagnostic[] }>();

/** What runs reported: what went wrong in the last one, and what nodes warned of when they last ran. The same list for the same state. */
export function reportedBy({ problems, notices }: EditorState["run"]): readonly Diagnostic[] {
  if (!notices.length || !problems.length) return notices.length ? notices : problems;
  const known = joined.get(problems);
  if (known?.reported === notices) return known.all;
  const all = [...problems, ...notices];
  joined.set(problems, { reported: notices, all });
  return all;
}

/** By flat id; what was reported inside a subgraph stands on it too. The same list for the same state. */
export function problemsOf({ problemsByNode, run }: Pick<EditorState, "problemsByNode" | "run">, flat: string): readonly Diagnostic[] {
  const drawn = problemsByNode.get(flat) ?? NONE;
  const all = reportedBy(run);
  const reported = all.length ? (reportedByNode(all).get(flat) ?? NONE) : NONE;
  if (!reported.length || !drawn.length) return reported.length ? reported : drawn;
  const known = joined.get(drawn);
  if (known?.reported === reported) return known.all;
  const both = [...drawn, ...reported.filter((d) => !drawn.some((other) => other.message === d.message))];
  joined.set(drawn, { reported, all: both });
  return both;
}

function reportedByNode(problems: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  let made = grouped.get(problems);
  if (made) return made;
  const groups = new Map<string, Diagnostic[]>();
  for (const problem of problems) {
    const steps = problem.node?.split("/") ?? [];
    for (let depth = 1; depth <= steps.length; depth++) {
      const flat = steps.slice(0, depth).join("/");
      groups.set(flat, [...(groups.get(flat) ?? []), problem]);
    }
  }
  grouped.set(problems, (made = groups));
  return made;
}

/** The first of these that any node inside is, the whole is; where all are cached it is cached. */
const RANK: readonly NodePhase[] = ["failed", "running", "queued", "done", "cached"];
const wholes = new WeakMap<EditorState["run"]["nodes"], Map<string, NodeRun | undefined>>();

/** What a subgraph is doing: what the nodes inside are, taken together. */
export function runOfSubgraph({ run: { nodes } }: Pick<EditorState, "run">, flat: string): NodeRun | undefined {
  let made = wholes.get(nodes);
  if (!made) wholes.set(nodes, (made = new Map()));
  if (!made.has(flat)) made.set(flat, together([...nodes].filter(([id]) => id !== flat && isOf(flat, id)).map(([, run]) => run)));
  return made.get(flat);
}

function together(runs: readonly NodeRun[]): NodeRun | undefined {
  const phase = RANK.find((one) => runs.some((run) => run.phase === one));
  if (phase === undefined) return undefined;
  // Between two of its nodes it has begun and is not done.
  const isUnderWay = phase === "queued" && runs.some((run) => run.phase === "done" || run.phase === "cached");
  const progress = phase === "running" ? runs.find((run) => run.progress)?.progress : undefined;
  const milliseconds = runs.reduce((sum, run) => sum + (run.milliseconds ?? 0), 0);
  return { phase: isUnderWay ? "running" : phase, ...(phase === "done" ? { milliseconds } : {}), ...(progress ? { progress } : {}) };
}
