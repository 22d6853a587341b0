/** Writes the part of the drawing between an optimiser's variable and its loss as one piece of IR. */
import type { FlatGraph, InputPort, PortType } from "@patchbay/graph-core";
import { Builder, type Value } from "../ir/builder.ts";
import type { TensorData } from "../ir/tensor.ts";
import { isActivations, type Lowered, type RunnableNode } from "../node-api/node.ts";
import type { RuntimeValue } from "../node-api/values.ts";
import type { Enter, LossRegion, Shift } from "../optimize/loss-region.ts";
import { arrivalsAt } from "./arrivals.ts";
import { coerceValue, tensorsOf } from "./coerce.ts";
import { lowerNode } from "./lower-node.ts";
import type { Overrides } from "./overrides.ts";
import type { Region } from "./plan.ts";

export interface RegionSources {
  flat: FlatGraph<RunnableNode>;
  overrides: Overrides;
  prepared: ReadonlyMap<string, unknown>;
  types: ReadonlyMap<string, PortType>;
  /** Values of the nodes that feed the region, by `node.port`. */
  value(key: string): RuntimeValue;
  /** Determines the region's IR: node types, versions, parameters and wires. */
  key: string;
}

/**
 * `plain`: as drawn. `shifted`: on a branch that must lie on the generated picture pixel for pixel, so that the jitter
 * moves it along; it turns plain above the port where the picture enters a network.
 */
type Mode = "plain" | "shifted";

/** Throws an Error when a feeding value is no tensor (type checking prevents it). */
export function lossRegion(region: Region, sources: RegionSources): LossRegion {
  const { flat, overrides } = sources;
  const inside = new Set(region.nodes);
  const frontier: { [name: string]: TensorData } = {};
  const knownAt = new Map<string, { readonly [port: string]: RuntimeValue }>();
  const layersOf = new Map<string, { network: string; names: readonly string[] }>();
  for (const id of region.nodes)
    for (const w of arrivalsAt(flat, overrides, id)) {
      if (w.from && inside.has(w.from.node)) continue;
      const given = w.given ?? sources.value(w.key);
      if (w.port.known) {
        knownAt.set(id, { ...knownAt.get(id), [w.port.name]: given });
        continue;
      }
      const seen = coerceValue(given, w.port);
      const parts = tensorsOf(seen);
      if (!parts) throw new Error(`${w.key} carries ${seen.kind}, which no loss can be computed from`);
      if (seen.kind === "activations") layersOf.set(w.key, { network: seen.network, names: seen.layers.map((l) => l.name) });
      for (const { suffix, tensor } of parts) frontier[w.key + suffix] = tensor;
    }
  const entering = (values: Frontier, key: string): Lowered => {
    const layers = layersOf.get(key);
    return layers ? { kind: "activations", network: layers.network, layers: layers.names.map((name) => ({ name, value: values[`${key}/${name}`]! })) } : values[key]!;
  };

  /** Lowers what the target needs; `picture` stands in for the variable. Iterative: drawings may be long chains. */
  const lower = (b: Builder, values: Frontier, target: string, picture: Value | undefined, shift: Shift | undefined, enter?: Enter): Map<string, { readonly [port: string]: Lowered }> => {
    const done = new Map<string, { readonly [port: string]: Lowered }>();
    /** Still nodes behind a picture's entrance: what they give is no picture any more. */
    const behind = new Set<string>();
    const wanted = new Map<string, Set<Mode>>([[target, new Set<Mode>(["plain"])]]);
    for (const id of [...region.nodes].reverse())
      for (const mode of wanted.get(id) ?? []) {
        if (id === region.variable && picture) continue;
        for (const w of arrivalsAt(flat, overrides, id))
          if (w.from && inside.has(w.from.node)) {
            const set = wanted.get(w.from.node) ?? new Set<Mode>();
            wanted.set(w.from.node, set.add(upstream(mode, w.port)));
          }
      }
    for (const id of region.nodes)
      for (const mode of wanted.get(id) ?? []) {
        if (id === region.variable && picture) {
          done.set(`${id}|${mode}`, { [flat.byId.get(id)!.declaration!.outputs[0]!.name]: picture });
          continue;
        }
        const byPort = new Map<string, Lowered[]>();
        for (const w of arrivalsAt(flat, overrides, id)) {
          if (w.port.known) continue;
          const from = w.from && inside.has(w.from.node) ? `${w.from.node}|${upstream(mode, w.port)}` : undefined;
          const source = from ? done.get(from)![w.from!.port]! : entering(values, w.key);
          const still = !(w.from && region.moving.has(w.from.node)) && !(from && behind.has(from));
          const seen = enter && still && isEntrance(id, w.port, source) ? enter(source as Value, { name: `${w.key}>${id}.${w.port.name}|${mode}`, aligned: mode === "shifted" || w.port.alignedWith !== undefined }) : source;
          if (!region.moving.has(id) && ((still && w.port.jitter) || (from && behind.has(from)))) behind.add(`${id}|${mode}`);
          const moved = shift && w.port.jitter && (mode === "shifted" || region.moving.has(id)) ? roll(b, seen, shift) : seen;
          byPort.set(w.port.name, [...(byPort.get(w.port.name) ?? []), moved]);
        }
        const node = flat.byId.get(id)!;
        done.set(`${id}|${mode}`, lowerNode(b, node.declaration!, overrides.params.get(id)!, { prepared: sources.prepared.get(id), arrivals: byPort, known: knownAt.get(id) ?? {} }));
      }
    return done;
  };

  /** Pictures enter networks at `jitter` ports; what meets the generated picture itself has its size. */
  const isEntrance = (id: string, port: InputPort, source: Lowered): boolean =>
    !isActivations(source) && source.shape.length === 4 && source.shape[0] === 1 && (port.jitter === true || (region.moving.has(id) && source.shape[1] === height && source.shape[2] === width));

  const upstream = (mode: Mode, port: InputPort): Mode => (port.alignedWith !== undefined ? "shifted" : port.jitter ? "plain" : mode);
  const variable = flat.byId.get(region.variable)!;
  const startOf = (b: Builder, values: Frontier): Value =>
    lower(b, values, region.variable, undefined, undefined).get(`${region.variable}|plain`)![variable.declaration!.outputs[0]!.name] as Value;

  const [height, width] = pictureSize(startOf, frontier);
  const terms = region.nodes.filter((id) => id !== region.loss.node && region.moving.has(id)).flatMap((id) => lossPorts(flat.byId.get(id)!.declaration!).map((port) => ({ id, port })));
  return {
    variable: region.variable,
    height,
    width,
    frontier,
    key: `${sources.key}|${Object.entries(frontier).map(([n, t]) => `${n}:${t.shape}`).join(",")}`,
    start: startOf,
    loss(b, values, picture, shift, enter) {
      const done = lower(b, values, region.loss.node, picture, shift, enter);
      const named: { [node: string]: Value } = {};
      for (const { id, port } of terms) {
        const value = done.get(`${id}|plain`)?.[port];
        if (value && !isActivations(value)) named[id] = value;
      }
      return { loss: done.get(`${region.loss.node}|plain`)![region.loss.port] as Value, terms: named };
    },
  };
}

type Frontier = { readonly [name: string]: Value };

function roll(b: Builder, picture: Lowered, shift: Shift): Lowered {
  if (isActivations(picture)) return picture;
  return b.roll(b.roll(picture, shift.dy, 1), shift.dx, 2);
}

const lossPorts = (node: RunnableNode): string[] => node.outputs.filter((o) => o.type.kind === "tensor" && o.type.meaning === "loss" && o.type.shape?.length === 0).map((o) => o.name);

/** Height and width of the start picture, found by writing it. */
function pictureSize(start: (b: Builder, values: Frontier) => Value, frontier: { readonly [name: string]: TensorData }): [number, number] {
  const b = new Builder();
  const shape = start(b, Object.fromEntries(Object.entries(frontier).map(([n, t]) => [n, b.input(n, t)]))).shape;
  return [shape[1]!, shape[2]!];
}
