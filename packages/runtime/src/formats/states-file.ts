/**
 * The states of optimisers and trainers as a file, so that a run can go on after its process has ended: safetensors, with the
 * tensors by node and the rest as JSON in its metadata, where each tensor's name stands in its place.
 */
import type { TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";
import type { OptimiserState } from "../optimize/course.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

const FORMAT = "patchbay-states";
const VERSION = "1";

/** Stands in the JSON for a tensor. */
interface Reference {
  tensor: string;
}

export type States = { readonly [node: string]: OptimiserState };

export function encodeStates(states: States): Uint8Array {
  const tensors: { [name: string]: TensorData } = {};
  const described = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((v, i) => described(v, `${path}/${i}`));
    if (typeof value !== "object" || value === null) return value;
    if (isTensor(value)) {
      tensors[path] = { dtype: value.dtype, shape: value.shape, data: value.data };
      return { tensor: path } satisfies Reference;
    }
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, described(v, path ? `${path}/${name}` : name)]));
  };
  return encodeSafetensors(tensors, { format: FORMAT, version: VERSION, states: JSON.stringify(described(states, "")) });
}

/** @throws NodeFailure `states-invalid` for a file that holds none. What a state means is checked by the optimiser that goes on from it. */
export function decodeStates(bytes: Uint8Array): States {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata["format"] !== FORMAT) throw invalid("it holds tensors, but no states to go on from");
  if (metadata["version"] !== VERSION) throw invalid(`it is of version ${metadata["version"]}, and this program reads version ${VERSION}`);
  const resolved = (value: unknown, depth: number): unknown => {
    if (depth > 16) throw invalid("its states are nested too deeply");
    if (Array.isArray(value)) return value.map((v) => resolved(v, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    const { tensor } = value as Partial<Reference>;
    if (typeof tensor !== "string") return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, resolved(v, depth + 1)]));
    if (!Object.hasOwn(tensors, tensor)) throw invalid(`it names the tensor “${tensor}”, which it does not hold`);
    return tensors[tensor];
  };
  let states: unknown;
  try {
    states = JSON.parse(metadata["states"] ?? "");
  } catch {
    throw invalid("its states are not JSON");
  }
  if (typeof states !== "object" || states === null || Array.isArray(states) || Object.values(states).some((s) => typeof s !== "object" || s === null)) throw invalid("its states are not listed by node");
  return resolved(states, 0) as States;
}

const isTensor = (value: object): value is TensorData => "dtype" in value && "shape" in value && "data" in value && ArrayBuffer.isView(value.data);

const invalid = (what: string): NodeFailure => new NodeFailure("states-invalid", `This file cannot be gone on from: ${what}.`);
