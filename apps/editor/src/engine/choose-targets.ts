/** Which nodes a run is asked for: all that can run, whatever mistakes there are elsewhere in the drawing. */
import type { Diagnostic } from "@patchbay/graph-core";
import { optimisedRegions, type LoadedGraph, type Region } from "@patchbay/runtime";

export interface Targets {
  /** Flat ids, sources first. */
  readonly nodes: readonly string[];
  /** Errors that keep nodes from running. */
  readonly problems: readonly Diagnostic[];
  /** What optimisers swallow. */
  readonly regions: readonly Region[];
}

type Flat = LoadedGraph["inference"]["flat"];

/** `wanted`: flat ids, also of subgraphs, whose inside is then meant; absent: every node. `failed`: nodes that could not do their work in this run. */
export function chooseTargets(graph: LoadedGraph, wanted: readonly string[] | undefined, failed: ReadonlySet<string> = new Set()): Targets {
  const { flat, order } = graph.inference;
  const errors = graph.diagnostics.filter((d) => d.severity === "error");
  const can = new Set(order);
  const broken = new Set([...failed, ...errors.map((d) => d.node).filter((id) => id !== undefined), ...errors.flatMap((d) => (d.wire && !d.node ? receivers(flat, d.wire) : [])), ...flat.nodes.filter((n) => !can.has(n.id)).map((n) => n.id)]);
  const blocked = downstream(flat, broken);
  const runnable = withoutErrors(graph);
  const regions = optimisedRegions(runnable).filter((r) => !blocked.has(r.optimiser));
  // What only passes values on is asked for by whoever computes them.
  const named = wanted && new Set([...wanted, ...[...flat.outputAliases].filter(([from]) => wanted.includes(nodeOf(from))).map(([, to]) => nodeOf(to))]);
  const isWanted = named && ((id: string) => named.has(id) || [...named].some((w) => id.startsWith(`${w}/`)));
  const inside = new Set(regions.flatMap((r) => r.nodes));
  const nodes = order.filter((id) => !blocked.has(id) && (isWanted ? isWanted(id) : !inside.has(id)));
  const isMine = isWanted && upstream(flat, flat.nodes.map((n) => n.id).filter(isWanted));
  return { nodes, problems: isMine ? errors.filter((d) => d.node === undefined || isMine.has(d.node)) : errors, regions };
}

/** The graph as one that may run: its mistakes stand at nodes that no target needs. Its interface is left out, so that outputs are named by node and port alone. */
export function withoutErrors(graph: LoadedGraph): LoadedGraph {
  const { flat } = graph.inference;
  return { ...graph, diagnostics: [], inference: { ...graph.inference, diagnostics: [], flat: { ...flat, outputs: [] } } };
}

const nodeOf = (key: string): string => key.slice(0, key.lastIndexOf("."));

const receivers = (flat: Flat, drawn: string): string[] => flat.wires.filter((w) => w.drawn === drawn).map((w) => w.toNode);

/** These nodes and all that they feed. */
export function downstream(flat: Pick<Flat, "wires">, from: Iterable<string>): Set<string> {
  return reach(from, flat.wires.map((w) => [w.fromNode, w.toNode]));
}

/** These nodes and all that feeds them. */
export function upstream(flat: Pick<Flat, "wires">, from: Iterable<string>): Set<string> {
  return reach(from, flat.wires.map((w) => [w.toNode, w.fromNode]));
}

function reach(from: Iterable<string>, arrows: readonly (readonly [string, string])[]): Set<string> {
  const next = new Map<string, string[]>();
  for (const [a, b] of arrows) {
    const list = next.get(a);
    if (list) list.push(b);
    else next.set(a, [b]);
  }
  const seen = new Set(from);
  const work = [...seen];
  while (work.length) for (const id of next.get(work.pop()!) ?? []) if (!seen.has(id)) work.push((seen.add(id), id));
  return seen;
}
