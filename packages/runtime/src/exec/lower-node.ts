/** Writes one node as IR, whether alone in its program or as part of a region. */
import type { InputPort, ParamValues } from "@patchbay/graph-core";
import type { Builder, Value } from "../ir/builder.ts";
import type { StaticType } from "../ir/tensor.ts";
import { isActivations, type Lowered, type RunnableNode } from "../node-api/node.ts";
import { tensorValue, type RuntimeValue } from "../node-api/values.ts";
import type { TensorData } from "../ir/tensor.ts";
import { coerceLowered, tensorsOf } from "./coerce.ts";

/** Whether the node is computed as IR with these parameters. */
export const isLowered = (node: RunnableNode, params: ParamValues): boolean => Boolean(node.lower) && (!node.evaluate || (node.lowers?.(params) ?? true));

export type Arrivals<T> = ReadonlyMap<string, readonly T[]>;

/** Where a node's weights come from: constants, or a Trainer's variables. */
export type Weight = (name: string, start: () => TensorData, share?: string) => Value;

export interface Lowering {
  prepared: unknown;
  /** Of tensors, by port. */
  arrivals: Arrivals<Lowered>;
  /** Of ports that are declared `known`. */
  known: { readonly [port: string]: RuntimeValue | undefined };
  weight?: Weight;
}

/** Calls the node's lowering with what arrived on its ports, unwrapped as the ports ask for. */
export function lowerNode(b: Builder, node: RunnableNode, params: ParamValues, { prepared, arrivals, known, weight }: Lowering): { readonly [port: string]: Lowered } {
  const inputs: { [port: string]: Lowered | undefined } = {};
  const inputLists: { [port: string]: readonly Lowered[] } = {};
  for (const port of node.inputs) {
    const arrived = (arrivals.get(port.name) ?? []).map((v) => coerceLowered(v, port));
    if (port.multiple) inputLists[port.name] = arrived;
    else inputs[port.name] = arrived[0];
  }
  return node.lower!({ b, inputs, inputLists, params, prepared, known, weight: weight ?? ((_, start) => b.constant(start())) });
}

/** Declares program inputs for a value; `name` is extended by the layer's name for activations. */
export function declareInputs(b: Builder, name: string, value: RuntimeValue, types: Map<string, TensorData>): Lowered {
  const parts = tensorsOf(value);
  if (!parts) throw new Error(`a value of kind ${value.kind} cannot enter a program`);
  const values = parts.map(({ suffix, tensor }) => {
    types.set(name + suffix, tensor);
    return b.input(name + suffix, tensor as StaticType);
  });
  return value.kind === "activations"
    ? { kind: "activations", network: value.network, layers: value.layers.map((l, i) => ({ name: l.name, value: values[i]! })) }
    : values[0]!;
}

/** Names for a node's outputs in a program: `port`, or `port/layer`. */
export function flattenOutputs(outputs: { readonly [port: string]: Lowered }): { [name: string]: Value } {
  const flat: { [name: string]: Value } = {};
  for (const [port, v] of Object.entries(outputs))
    if (isActivations(v)) for (const l of v.layers) flat[`${port}/${l.name}`] = l.value;
    else flat[port] = v;
  return flat;
}

/** The way back: tensors by flat name to values by port. */
export function gatherOutputs(shape: { readonly [port: string]: OutputShape }, tensors: { readonly [name: string]: TensorData }): { [port: string]: RuntimeValue } {
  return Object.fromEntries(
    Object.entries(shape).map(([port, s]) => [
      port,
      s.layers
        ? { kind: "activations" as const, network: s.network ?? "", layers: s.layers.map((name) => ({ name, tensor: tensors[`${port}/${name}`]! })) }
        : tensorValue(tensors[port]!, s.network),
    ]),
  );
}

/** What must be known besides the tensors to put a port's value together again. */
export interface OutputShape {
  layers?: readonly string[];
  network?: string;
}

export function outputShapes(outputs: { readonly [port: string]: Lowered }): { [port: string]: OutputShape } {
  return Object.fromEntries(Object.entries(outputs).map(([port, v]) => [port, isActivations(v) ? { layers: v.layers.map((l) => l.name), network: v.network } : {}]));
}

export type { InputPort };
