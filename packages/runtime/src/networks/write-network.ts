/** Writes a network on a wire as IR: what arrives is channels last and in its own units, what the file takes is not. */
import { Builder, type Value } from "../ir/builder.ts";
import type { TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { NetworkInput, NetworkValue } from "../node-api/values.ts";
import { OpaqueNetwork } from "./opaque.ts";
import type { NetworkSource } from "./network-source.ts";
import { openNetwork } from "./open-network.ts";
import { overExamples } from "./over-examples.ts";

/**
 * What `wanted` (names of layers or outputs) gives for `x` `[N,…spatial,C]`, channels last. Pictures are scaled as the
 * value says and resized bilinearly to the file's size where that is fixed. A file for one example is written for all
 * where it keeps them apart; otherwise a file for a fixed number of examples is written once for each such number.
 *
 * Throws OpaqueNetwork, and NodeFailure (`network-shape`) for inputs that it does not take.
 */
export function writeNetwork(b: Builder, network: NetworkValue, x: Value, wanted: readonly string[], weight?: (name: string, data: TensorData) => Value): Map<string, Value> {
  const source = openNetwork(network);
  if (source.opaque !== null) throw new OpaqueNetwork(`${network.title} has no gradient and no layers to look into. ${source.opaque}`);
  const fixed = source.inputs[0]!.shape[0] ?? null;
  const n = x.shape[0]!;
  const fed = fitInput(b, network, x);
  const write = (part: Value): Map<string, Value> => source.build(b, { [network.input.name]: part }, wanted, weight);
  const together = fixed === 1 && n > 1 ? forAll(b, source, network.input.name, fed, wanted, weight) : null;
  const parts = together ? [together] : fixed === null || fixed === n ? [write(fed)] : inParts(b, network, fed, fixed).map(write);
  const first = (name: string): boolean => channelsFirst(source, name, network.input);
  return new Map(wanted.map((name) => {
    const values = parts.map((p) => (first(name) && p.get(name)!.shape.length > 2 ? b.channelsLast(p.get(name)!) : p.get(name)!));
    return [name, values.length === 1 ? values[0]! : b.concat(values, 0)] as const;
  }));
}

/** The network of one example for all rows of `fed`; `null` where it may not keep them apart. */
function forAll(b: Builder, source: NetworkSource, input: string, fed: Value, wanted: readonly string[], weight?: (name: string, data: TensorData) => Value): Map<string, Value> | null {
  const one = new Builder();
  const weights = new Map<string, Value>();
  const declared = new Map<string, Value>();
  // What is a constant here stays one there: shapes may hang on it.
  const hook = weight && ((name: string, data: TensorData): Value => {
    const known = declared.get(name);
    if (known) return known;
    const value = weight(name, data);
    const definition = b.definition(value);
    const inner = definition?.op === "constant" ? one.constant(definition.attrs.tensor) : one.input(`weight ${name}`, value);
    weights.set(`weight ${name}`, value);
    declared.set(name, inner);
    return inner;
  });
  const example = one.input("example", { dtype: fed.dtype, shape: [1, ...fed.shape.slice(1)] });
  const built = source.build(one, { [input]: example }, wanted, hook);
  return overExamples(b, one.build(Object.fromEntries(built)), fed, "example", weights);
}

function inParts(b: Builder, network: NetworkValue, x: Value, size: number): Value[] {
  const n = x.shape[0]!;
  if (n % size) throw new NodeFailure("network-shape", `${network.title} takes ${size} examples at a time, and ${n} arrive.`);
  return Array.from({ length: n / size }, (_, i) => b.slice(x, [i * size, ...x.shape.slice(1).map(() => 0)], [(i + 1) * size, ...x.shape.slice(1)]));
}

/** What the file takes: scaled, its channels in order and in place, at its size. Throws NodeFailure `network-shape`. */
export function fitInput(b: Builder, { input, title }: Pick<NetworkValue, "input" | "title">, x: Value): Value {
  const [, ...rest] = x.shape;
  if (rest.length !== input.shape.length)
    throw new NodeFailure("network-shape", `${title} takes examples of ${input.shape.length} axes [${input.shape.map((d) => d ?? "any")}], and these have [${rest}].`);
  const [channels, wanted] = [rest.at(-1)!, input.shape.at(-1)];
  if (wanted !== null && wanted !== channels) throw new NodeFailure("network-shape", `${title} takes ${wanted} channels, and ${channels} arrive.`);
  const ordered = input.reversed ? b.emit("reverse", { axes: [rest.length] }, x) : x;
  const scaled = scale(b, ordered, input);
  if (rest.length === 1) return scaled;
  const size = input.shape.slice(0, -1).map((d, i) => d ?? rest[i]!);
  const first = b.resize(b.channelsFirst(scaled), size);
  return input.layout === "channels-first" ? first : b.channelsLast(first);
}

function scale(b: Builder, x: Value, { times, plus }: NetworkInput): Value {
  const row = (values: readonly number[]) => (values.length === 1 ? b.scalar(values[0]!) : b.floats([values.length], values));
  const product = times.every((v) => v === 1) ? x : b.mul(x, row(times));
  return plus.every((v) => v === 0) ? product : b.add(product, row(plus));
}

/** Whether a layer or output has its channels on the second axis: as its operators say, or else as the input has them. */
export function channelsFirst({ layers }: NetworkSource, name: string, { layout }: NetworkInput): boolean {
  const axis = layers.find((l) => l.name === name)?.channelAxis;
  return axis ? axis === "first" : layout === "channels-first";
}
