/** Which nodes a run must compute for the outputs that are asked for, and which of them an optimiser or a trainer swallows. */
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
  /** Where the optimiser goes through a list of pictures: the node that gives it, and those between it and the region, sources first. */
  sequence?: { readonly node: string; readonly chain: readonly string[] };
}

/** What a Trainer swallows. */
export interface TrainingRegion {
  /** The trainer. */
  optimiser: string;
  /** The node whose outputs change from step to step. */
  feed: string;
  /** What is traced, by the trainer's port (`loss`, `predictions`, `input`): the producer. */
  ends: { readonly [port: string]: { readonly node: string; readonly port: string } };
  /** Lowered nodes from the feed and other values to the ends, sources first. */
  nodes: readonly string[];
}

export interface Plan {
  /** Nodes to compute one by one, sources first. */
  order: readonly string[];
  /** By optimiser or trainer. */
  regions: ReadonlyMap<string, Region | TrainingRegion>;
  /** How many of the planned nodes and outputs read each node: values are freed at their last use. */
  readers: ReadonlyMap<string, number>;
}

type Flat = FlatGraph<RunnableNode>;

const lowered = (node: FlatNode<RunnableNode> | undefined, overrides: Overrides): boolean =>
  Boolean(node?.declaration && isLowered(node.declaration, overrides.params.get(node.id)!));

/**
 * Walks back from `targets`. The loss of an optimiser or trainer is not computed as a value: its lowered ancestors become a
 * region that is compiled into the optimisation step, and only what feeds the region is computed beforehand.
 */
export function makePlan(flat: Flat, overrides: Overrides, targets: readonly string[]): Plan {
  const needed = new Set<string>();
  const regions = new Map<string, Region | TrainingRegion>();
  const work = [...targets];
  while (work.length) {
    const id = work.pop()!;
    if (needed.has(id) || !flat.byId.has(id)) continue;
    needed.add(id);
    const node = flat.byId.get(id)!;
    const wires = flat.incoming.get(id) ?? [];
    const { role } = node.declaration ?? {};
    if (role !== "optimiser" && role !== "trainer") {
      for (const w of wires) if (!overrides.ports.has(w.toKey)) work.push(w.fromNode);
      continue;
    }
    const traced = tracedPorts(flat, id);
    for (const w of wires) if (!traced.has(w.toPort)) work.push(w.fromNode);
    const region = role === "trainer" ? findTraining(flat, overrides, id) : findRegion(flat, overrides, id);
    if (!region) continue;
    regions.set(id, region);
    work.push(...frontierOf(flat, region));
  }
  const order = flat.order.filter((id) => needed.has(id));
  const readers = new Map<string, number>();
  const read = (id: string) => readers.set(id, (readers.get(id) ?? 0) + 1);
  for (const id of order) for (const source of sourcesOf(flat, regions, id)) read(source);
  for (const id of targets) read(id);
  return { order, regions, readers };
}

/** The nodes whose values a planned node reads, each once. */
export function sourcesOf(flat: Flat, regions: ReadonlyMap<string, Region | TrainingRegion>, id: string): ReadonlySet<string> {
  const region = regions.get(id);
  const traced = tracedPorts(flat, id);
  const sources = new Set<string>();
  for (const w of flat.incoming.get(id) ?? []) if (!(region && traced.has(w.toPort))) sources.add(w.fromNode);
  for (const source of region ? frontierOf(flat, region) : []) sources.add(source);
  return sources;
}

/** Input ports whose drawing is taken rather than their value. */
const tracedPorts = (flat: Flat, id: string): ReadonlySet<string> => new Set(flat.byId.get(id)!.declaration?.inputs.flatMap((p) => (p.traced ? [p.name] : [])));

/** The nodes whose values a region reads; of a feed also what it is fed from, since it goes on giving batches. */
function frontierOf(flat: Flat, region: Region | TrainingRegion): string[] {
  const inside = new Set(region.nodes);
  const sources = region.nodes.flatMap((n) => (flat.incoming.get(n) ?? []).map((w) => w.fromNode)).filter((n) => !inside.has(n));
  // What lies between a list of pictures and the region is computed again for each of them.
  if (!("feed" in region)) return [...sources, ...(region.sequence?.chain ?? []).flatMap((n) => (flat.incoming.get(n) ?? []).map((w) => w.fromNode))];
  return [...sources, region.feed, ...(flat.incoming.get(region.feed) ?? []).map((w) => w.fromNode)];
}

/** Lowered nodes from which these are reached without a node in between that is not, sources first. */
function loweredBefore(flat: Flat, overrides: Overrides, ends: readonly string[]): string[] {
  const inside = new Set<string>();
  const work = [...ends];
  while (work.length) {
    const id = work.pop()!;
    if (inside.has(id) || !lowered(flat.byId.get(id), overrides)) continue;
    inside.add(id);
    for (const w of flat.incoming.get(id) ?? []) if (!overrides.ports.has(w.toKey)) work.push(w.fromNode);
  }
  return flat.order.filter((id) => inside.has(id));
}

/** The nodes after `source` that values of the region's frontier depend on. */
function between(flat: Flat, source: string, region: readonly string[]): string[] {
  const inside = new Set(region);
  const after = new Set([source]);
  for (const id of flat.order) if (!inside.has(id) && (flat.incoming.get(id) ?? []).some((w) => after.has(w.fromNode))) after.add(id);
  const read = new Set<string>();
  const work = region.flatMap((n) => (flat.incoming.get(n) ?? []).map((w) => w.fromNode)).filter((n) => !inside.has(n));
  while (work.length) {
    const id = work.pop()!;
    if (read.has(id)) continue;
    read.add(id);
    for (const w of flat.incoming.get(id) ?? []) work.push(w.fromNode);
  }
  return flat.order.filter((id) => id !== source && after.has(id) && read.has(id));
}

function findRegion(flat: Flat, overrides: Overrides, optimiser: string): Region | null {
  const entry = flat.incoming.get(optimiser)?.find((w) => w.toPort === "loss");
  if (!entry) return null;
  const nodes = loweredBefore(flat, overrides, [entry.fromNode]);
  const variable = nodes.find((id) => flat.byId.get(id)!.declaration!.role === "variable");
  if (!variable) return null;
  const moving = new Set([variable]);
  for (const id of nodes) if ((flat.incoming.get(id) ?? []).some((w) => moving.has(w.fromNode))) moving.add(id);
  const list = flat.incoming.get(optimiser)?.find((w) => w.toPort === "frames")?.fromNode;
  return { optimiser, loss: { node: entry.fromNode, port: entry.fromPort }, nodes, moving, variable, ...(list === undefined ? {} : { sequence: { node: list, chain: between(flat, list, nodes) } }) };
}

/** `null` where no loss is drawn, or nothing feeds it. A node that changes with the batch, and is no tensors, is left to who reads the region. */
function findTraining(flat: Flat, overrides: Overrides, trainer: string): TrainingRegion | null {
  const traced = tracedPorts(flat, trainer);
  const wires = (flat.incoming.get(trainer) ?? []).filter((w) => traced.has(w.toPort));
  const nodes = loweredBefore(flat, overrides, wires.map((w) => w.fromNode));
  const reached = new Set<string>();
  const work = wires.map((w) => w.fromNode);
  while (work.length) {
    const id = work.pop()!;
    if (reached.has(id)) continue;
    reached.add(id);
    const role = flat.byId.get(id)?.declaration?.role;
    if (role !== "feed" && role !== "trainer" && role !== "optimiser") for (const w of flat.incoming.get(id) ?? []) work.push(w.fromNode);
  }
  const feed = [...reached].find((id) => flat.byId.get(id)!.declaration?.role === "feed");
  if (!feed || !wires.some((w) => w.toPort === "loss")) return null;
  return { optimiser: trainer, feed, ends: Object.fromEntries(wires.map((w) => [w.toPort, { node: w.fromNode, port: w.fromPort }])), nodes };
}
