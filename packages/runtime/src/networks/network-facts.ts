/** What can be said of a network before anything runs: the shapes of its layers, found by writing it without computing. */
import type { FileFacts, NetworkLayerType } from "@patchbay/graph-core";
import { Builder, type Value } from "../ir/builder.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { NetworkValue } from "../node-api/values.ts";
import type { NetworkSource } from "./network-source.ts";
import { openNetwork } from "./open-network.ts";
import { writeNetwork } from "./write-network.ts";

/** Lengths in the place of open axes; those of a layer that come out equal for both do not depend on them. */
const PROBES = [160, 224] as const;
const BATCHES = [2, 3] as const;

type NetworkFacts = Extract<FileFacts, { kind: "network" }>;

/** Shapes are channels last with the batch in front (`null`: any number). A network that cannot be written has neither layers nor shapes. */
export function networkFacts(value: NetworkValue): NetworkFacts {
  const source = openNetwork(value);
  const input = [null, ...value.input.shape];
  const facts = { kind: "network" as const, network: value.network, input, opaque: source.opaque };
  if (source.opaque !== null) return { ...facts, output: outputOf(source, value), layers: [] };
  const names = [...new Set([...source.layers.map((l) => l.name), value.output])];
  const shapes = shapesOf(value, names);
  const layers = source.layers.map(({ name, op, channels }): NetworkLayerType => {
    const shape = shapes?.get(name);
    const last = shape?.at(-1);
    return { name, op, channels: channels ?? last ?? null, ...(shape ? { shape } : {}) };
  });
  return { ...facts, output: shapes?.get(value.output) ?? null, layers };
}

/** An opaque file says itself what comes out, if it does. */
function outputOf(source: NetworkSource, { output }: NetworkValue): NetworkFacts["output"] {
  const shape = source.outputs.find((o) => o.name === output)?.shape;
  return shape ? [null, ...shape.slice(1)] : null;
}

/** `null` where the network cannot be written at the probes' sizes (too small for its windows, or for one size alone). */
function shapesOf(value: NetworkValue, names: readonly string[]): ReadonlyMap<string, readonly (number | null)[]> | null {
  const open = value.input.shape.slice(0, -1).includes(null);
  const write = (batch: number, length: number): Map<string, Value> => {
    const b = new Builder();
    const shape = [batch, ...value.input.shape.slice(0, -1).map((d) => d ?? length), value.input.shape.at(-1) ?? 3];
    return writeNetwork(b, value, b.input("x", { dtype: "float32", shape }), names);
  };
  try {
    const fixedBatch = openNetwork(value).inputs[0]!.shape[0];
    const [one, two] = fixedBatch ? [fixedBatch, 2 * fixedBatch] : BATCHES;
    const first = write(one, PROBES[0]);
    const second = write(two, open ? PROBES[1] : PROBES[0]);
    return new Map(names.map((name) => [name, first.get(name)!.shape.map((d, i) => (second.get(name)!.shape[i] === d ? d : null))]));
  } catch (error) {
    if (error instanceof NodeFailure) return null;
    throw error;
  }
}
