/** Which nodes a run must compute for the outputs that are asked for, and which of them an optimiser swallows. */
import type { FlatGraph, FlatNode } from "@patchbay/graph-core";
import type { RunnableNode } from "../node-api/node.ts";
import type { Overrides } from "./overrides.ts";
import { isLowered } from "./lower-node.ts";

export interface Region {
  optimiser: string;
  /** Producer of the loss. */
  loss: { node: string; port: string };
  /** Lowered nodes from the frontier to the loss, sources first. */
  nodes: readonly string[];
  /** Those of them that the variable reaches. */
  moving: ReadonlySet<string>;
  variable: string;
}

export interface Plan {
  /** Nodes to compute one by one, sources first. */
  order: readonly string[];
  /** By optimiser. */
  regions: ReadonlyMap<string, Region>;
  /** How many of the planned nodes and outputs read each node: values are freed at their last use. */
  readers: ReadonlyMap<string, number>;
}

type Flat = FlatGraph<RunnableNode>;

const lowered = (node: FlatNode<RunnableNode> | undefined, overrides: Overrides): boolean =>
  Boolean(node?.declaration && isLowered(node.declaration, overrides.params.get(node.id)!));

/**
 * Walks back from `targets`. The loss of an optimiser is not computed as a value: its lowered ancestors become a region
 * that is compiled into the optimisation step, and only what feeds the region is computed beforehand.
 */
export function makePlan(flat: Flat, overrides: Overrides, targets: readonly string[]): Plan {
  const needed = new Set<string>();
  const regions = new Map<string, Region>();
  const work = [...targets];
  while (work.length) {
    const id = work.pop()!;
    if (needed.has(id) || !flat.byId.has(id)) continue;
    needed.add(id);
    const node = flat.byId.get(id)!;
    const wires = flat.incoming.get(id) ?? [];
    if (node.declaration?.role !== "optimiser") {
      for (const w of wires) if (!overrides.ports.has(w.toKey)) work.push(w.fromNode);
      continue;
    }
    for (const w of wires) if (w.toPort !== "loss") work.push(w.fromNode);
    const region = findRegion(flat, overrides, id);
    if (!region) continue;
    regions.set(id, region);
    for (const inside of region.nodes) for (const w of flat.incoming.get(inside) ?? []) if (!region.nodes.includes(w.fromNode)) work.push(w.fromNode);
  }
  const order = flat.order.filter((id) => needed.has(id));
  const readers = new Map<string, number>();
  const read = (id: string) => readers.set(id, (readers.get(id) ?? 0) + 1);
  for (const id of order) for (const source of sourcesOf(flat, regions, id)) read(source);
  for (const id of targets) read(id);
  return { order, regions, readers };
}

/** The nodes whose values a planned node reads, each once. */
export function sourcesOf(flat: Flat, regions: ReadonlyMap<string, Region>, id: string): ReadonlySet<string> {
  const region = regions.get(id);
  const sources = new Set<string>();
  for (const w of flat.incoming.get(id) ?? []) if (!(region && w.toPort === "loss")) sources.add(w.fromNode);
  if (region) {
    const inside = new Set(region.nodes);
    for (const n of region.nodes) for (const w of flat.incoming.get(n) ?? []) if (!inside.has(w.fromNode)) sources.add(w.fromNode);
  }
  return sources;
}

function findRegion(flat: Flat, overrides: Overrides, optimiser: string): Region | null {
  const entry = flat.incoming.get(optimiser)?.find((w) => w.toPort === "loss");
  if (!entry) return null;
  const inside = new Set<string>();
  const work = [entry.fromNode];
  while (work.length) {
    const id = work.pop()!;
    if (inside.has(id) || !lowered(flat.byId.get(id), overrides)) continue;
    inside.add(id);
    for (const w of flat.incoming.get(id) ?? []) if (!overrides.ports.has(w.toKey)) work.push(w.fromNode);
  }
  const nodes = flat.order.filter((id) => inside.has(id));
  const variable = nodes.find((id) => flat.byId.get(id)!.declaration!.role === "variable");
  if (!variable) return null;
  const moving = new Set([variable]);
  for (const id of nodes) if ((flat.incoming.get(id) ?? []).some((w) => moving.has(w.fromNode))) moving.add(id);
  return { optimiser, loss: { node: entry.fromNode, port: entry.fromPort }, nodes, moving, variable };
}
