/** The content hash of a node's value: equal keys have equal values, so that nothing is computed twice. */
import { canonicalJson, type FlatGraph } from "@patchbay/graph-core";
import type { RunnableNode } from "../node-api/node.ts";
import { arrivalsAt } from "./arrivals.ts";
import { hashText, hashValue } from "./content-hash.ts";
import type { Overrides } from "./overrides.ts";
import type { Region, TrainingRegion } from "./plan.ts";

export interface KeyQuestion {
  flat: FlatGraph<RunnableNode>;
  overrides: Overrides;
  backend: string;
  /** Hashes of the node's files, by parameter: they count by content, not by path. */
  contents: { readonly [param: string]: string };
  /** Keys of the nodes before it. */
  keys: ReadonlyMap<string, string>;
  /** Of an optimiser or trainer: what it swallows, and where it continues. */
  region?: Region | TrainingRegion | undefined;
  /** Hashes of the files of the nodes inside the region, by node and parameter. */
  insideContents?: unknown;
  resumed?: unknown;
}

export async function nodeKey(id: string, q: KeyQuestion): Promise<string> {
  const { type, version } = q.flat.byId.get(id)!;
  const own = await arriving(id, q);
  const inside: unknown[] = [];
  for (const n of q.region?.nodes ?? []) {
    const node = q.flat.byId.get(n)!;
    inside.push([n, node.type, node.version, q.overrides.params.get(n)!, await arriving(n, q)]);
  }
  const resumed = q.resumed === undefined ? null : await hashValue(q.resumed);
  return hashText(canonicalJson([q.backend, type, version, q.overrides.params.get(id)!, q.contents, own, inside, q.insideContents ?? null, resumed] as never));
}

/** By port: what a value is known by, whether it came over a wire, lies inside the region (a loss), or was fed by the caller. */
async function arriving(id: string, q: KeyQuestion): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const a of arrivalsAt(q.flat, q.overrides, id)) {
    const source = a.given ? await hashValue(a.given) : q.region?.nodes.includes(a.from!.node) ? a.key : `${q.keys.get(a.from!.node)}.${a.from!.port}`;
    found.push([a.port.name, source]);
  }
  return found;
}
