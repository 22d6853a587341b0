/** Writes the part of the drawing that a Trainer traces as IR, with its weights, the batch and whatever else it reads as inputs. */
import type { FlatGraph } from "@patchbay/graph-core";
import type { Builder, Value } from "../ir/builder.ts";
import { sameShape, type TensorData } from "../ir/tensor.ts";
import { arrivalsAt } from "../exec/arrivals.ts";
import { coerceValue, tensorsOf } from "../exec/coerce.ts";
import { lowerNode } from "../exec/lower-node.ts";
import type { Overrides } from "../exec/overrides.ts";
import type { TrainingRegion } from "../exec/plan.ts";
import { NodeFailure } from "../node-api/host.ts";
import { isActivations, type Lowered, type RunnableNode } from "../node-api/node.ts";
import type { RuntimeValue } from "../node-api/values.ts";

export interface DrawingSources {
  flat: FlatGraph<RunnableNode>;
  overrides: Overrides;
  prepared: ReadonlyMap<string, unknown>;
  /** Values of the nodes that feed the region, by `node.port`; of the feed those of its first batch. */
  value(key: string): RuntimeValue;
  /** Determines the region's IR together with the shapes of what it reads. */
  key: string;
}

/** Where the drawing's inputs come from while it is written. */
export interface Given {
  /** What the region reads, by name: of the feed, and of nodes before the region. `undefined`: it must not be read. */
  value(name: string): Value | undefined;
  /** A weight by its full name, such as `conv1.filters`; `undefined`: as it starts. */
  weight(name: string, start: TensorData, trained: boolean): Value | undefined;
  /** Taken in the place of what a node inside the region gives, by `node.port`. */
  instead?: { readonly [key: string]: Value };
}

export interface Written {
  /** What comes out at a port; undefined where nothing asked for it. */
  at(key: string): Lowered | undefined;
  /** The nodes that were written. */
  readonly nodes: readonly string[];
}

export interface Drawing {
  readonly region: TrainingRegion;
  readonly key: string;
  /** What is trained: weights that the loss depends on, by full name, in the order of the drawing, as they start. */
  readonly weights: ReadonlyMap<string, TensorData>;
  /** What the region reads of the feed, by `feed.port`: the first batch. */
  readonly fed: { readonly [key: string]: TensorData };
  /** What else it reads: the same at every step. */
  readonly still: { readonly [name: string]: TensorData };
  /** Full sentences, each about a node. */
  readonly warnings: readonly { readonly node: string; readonly code: string; readonly message: string }[];
  write(b: Builder, given: Given, ends: readonly string[]): Written;
}

/** @throws NodeFailure where the region cannot be trained: plain values between batch and loss, weights that do not fit each other. */
export function traceDrawing(region: TrainingRegion, sources: DrawingSources, scratch: Builder): Drawing {
  const { flat, overrides } = sources;
  const inside = new Set(region.nodes);
  const { fed, still, layersOf, knownAt } = frontier(region, sources, inside);
  const entering = (given: Given, key: string): Lowered => {
    const layers = layersOf.get(key);
    const read = (name: string): Value => given.value(name) ?? unread(name);
    return layers ? { kind: "activations", network: layers.network, layers: layers.names.map((name) => ({ name, value: read(`${key}/${name}`) })) } : read(key);
  };

  const write = (b: Builder, given: Given, ends: readonly string[]): Written => {
    const instead = given.instead ?? {};
    const wanted = new Set(ends.filter((end) => !instead[end]).map(nodeOf));
    for (const id of region.nodes.toReversed()) {
      if (!wanted.has(id)) continue;
      for (const a of arrivalsAt(flat, overrides, id)) if (a.from && inside.has(a.from.node) && !instead[a.key]) wanted.add(a.from.node);
    }
    const nodes = region.nodes.filter((id) => wanted.has(id));
    const done = new Map<string, { readonly [port: string]: Lowered }>();
    const at = (key: string): Lowered | undefined => instead[key] ?? done.get(nodeOf(key))?.[portOf(key)];
    for (const id of nodes) {
      const { declaration } = flat.byId.get(id)!;
      const params = overrides.params.get(id)!;
      const arrivals = new Map<string, Lowered[]>();
      for (const a of arrivalsAt(flat, overrides, id)) {
        if (a.port.known) continue;
        const value = (a.from && inside.has(a.from.node)) || instead[a.key] ? at(a.key)! : entering(given, a.key);
        arrivals.set(a.port.name, [...(arrivals.get(a.port.name) ?? []), value]);
      }
      const trained = declaration!.trainable?.(params) ?? false;
      // A parameter of that name may also hold numbers to begin with.
      const shared = typeof params["weights"] === "string" ? params["weights"] : "";
      const weight = (name: string, start: () => TensorData, share?: string): Value => {
        const tensor = start();
        return given.weight(`${shared || share || id}.${name}`, tensor, trained) ?? b.constant(tensor);
      };
      done.set(id, lowerNode(b, declaration!, params, { prepared: sources.prepared.get(id), arrivals, known: knownAt.get(id) ?? {}, weight }));
    }
    return { at, nodes };
  };

  const types = { ...fed, ...still };
  const inputs = Object.fromEntries(Object.entries(types).map(([name, t]) => [name, scratch.input(name, t)]));
  const { weights, warnings, collect } = collector(region.optimiser);
  const loss = region.ends["loss"]!;
  write(scratch, { value: (name) => inputs[name], weight: (name, start, trained) => (trained ? collect(scratch, name, start) : undefined) }, [`${loss.node}.${loss.port}`]);
  return { region, key: `${sources.key}|${Object.entries(types).map(([n, t]) => `${n}:${t.dtype}[${t.shape}]`).join(",")}`, weights, fed, still, warnings, write };
}

const nodeOf = (key: string): string => key.slice(0, key.lastIndexOf("."));
const portOf = (key: string): string => key.slice(key.lastIndexOf(".") + 1);

const unread = (name: string): never => {
  throw new UnreadValue(name);
};

/** A part of the drawing reads what was not given to it. */
export class UnreadValue extends Error {
  override name = "UnreadValue";
  readonly value: string;
  constructor(value: string) {
    super(`${value} is not given here`);
    this.value = value;
  }
}

/** What the region reads of nodes outside it. */
function frontier(region: TrainingRegion, { flat, overrides, value }: DrawingSources, inside: ReadonlySet<string>) {
  const fed: { [key: string]: TensorData } = {};
  const still: { [name: string]: TensorData } = {};
  const knownAt = new Map<string, { readonly [port: string]: RuntimeValue }>();
  const layersOf = new Map<string, { network: string; names: readonly string[] }>();
  for (const id of region.nodes)
    for (const a of arrivalsAt(flat, overrides, id)) {
      if (a.from && inside.has(a.from.node)) continue;
      const isFed = a.from?.node === region.feed;
      if (a.from && !isFed && dependsOn(flat, a.from.node, region.feed)) throw plainBetween(flat, a.from.node, region.feed);
      const arrived = a.given ?? value(a.key);
      if (a.port.known) {
        if (isFed) throw plainBetween(flat, id, region.feed);
        knownAt.set(id, { ...knownAt.get(id), [a.port.name]: arrived });
        continue;
      }
      const seen = coerceValue(arrived, a.port);
      const parts = tensorsOf(seen);
      if (!parts) throw new NodeFailure("not-tensors", `“${a.key}” carries ${seen.kind}, which no loss can be computed from.`);
      if (seen.kind === "activations") layersOf.set(a.key, { network: seen.network, names: seen.layers.map((l) => l.name) });
      for (const { suffix, tensor } of parts) (isFed ? fed : still)[a.key + suffix] = tensor;
    }
  return { fed, still, knownAt, layersOf };
}

function dependsOn(flat: FlatGraph<RunnableNode>, id: string, feed: string): boolean {
  const seen = new Set<string>();
  const work = [id];
  while (work.length) {
    const next = work.pop()!;
    if (next === feed) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    const role = flat.byId.get(next)?.declaration?.role;
    if (role !== "trainer" && role !== "optimiser") for (const w of flat.incoming.get(next) ?? []) work.push(w.fromNode);
  }
  return false;
}

const plainBetween = (flat: FlatGraph<RunnableNode>, id: string, feed: string): NodeFailure =>
  new NodeFailure("not-differentiable", `“${id}” (${flat.byId.get(id)!.declaration!.title}) lies between the batches of “${feed}” and what is trained, and works on plain values: it cannot follow from batch to batch, and has no gradient. Do its work before “${feed}”.`);

/** Weights in the order in which the drawing asks for them, each once. */
function collector(trainer: string) {
  const weights = new Map<string, TensorData>();
  const values = new Map<string, Value>();
  const warnings: { node: string; code: string; message: string }[] = [];
  const collect = (b: Builder, name: string, start: TensorData): Value => {
    const known = weights.get(name);
    if (!known) {
      weights.set(name, start);
      values.set(name, b.input(`weight:${name}`, start));
    } else if (!sameShape(known.shape, start.shape))
      throw new NodeFailure("weights-mismatch", `Layers that share the weights “${nodeOf(name)}” must be alike: their “${portOf(name)}” are [${known.shape}] and [${start.shape}].`);
    else if (known.data !== start.data && !known.data.every((v, i) => v === start.data[i]) && !warnings.some((w) => w.message.includes(`“${nodeOf(name)}”`)))
      warnings.push({ node: trainer, code: "weights-begin-apart", message: `Layers that share the weights “${nodeOf(name)}” would begin at different numbers; all begin as the first of them. Give them one seed.` });
    return values.get(name)!;
  };
  return { weights, warnings, collect };
}

/** The named tensor value at a port, where it is one. */
export const tensorAt = (written: Written, key: string): Value | undefined => {
  const value = written.at(key);
  return value && !isActivations(value) ? value : undefined;
};
