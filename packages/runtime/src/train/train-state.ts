/** All that a training needs to go on: plain tensors and numbers, in the form of every optimiser's state. */
import { sameShape, sizeOf, type TensorData } from "../ir/tensor.ts";
import type { OptimiserState } from "../optimize/minimise.ts";

/**
 * Among `carried` lie, beside `params` and `state.*`: `kept` (the best weights so far), `validation.step` (int32) and
 * `validation:I:METRIC` (the validations so far; files may list tensors in another order, and the first metric decides), and `feed.NAME` (what the feed has learned).
 */
export type TrainState = OptimiserState;

export interface Validations {
  steps: number[];
  metrics: { [name: string]: number[] };
}

const [VALIDATED, METRIC, FEED] = ["validation.step", "validation:", "feed."];

export interface Parts {
  carried: { readonly [name: string]: TensorData };
  validations: Validations;
  kept: TensorData | undefined;
  feed: { readonly [name: string]: TensorData } | undefined;
}

export function stateOf(step: number, parts: Parts, losses: { readonly [term: string]: readonly number[] }): TrainState {
  const { steps, metrics } = parts.validations;
  const carried: { [name: string]: TensorData } = { ...parts.carried };
  if (parts.kept) carried["kept"] = parts.kept;
  if (steps.length) carried[VALIDATED] = { dtype: "int32", shape: [steps.length], data: Int32Array.from(steps) };
  for (const [i, [name, values]] of Object.entries(metrics).entries()) carried[`${METRIC}${i}:${name}`] = { dtype: "float32", shape: [values.length], data: Float32Array.from(values) };
  for (const [name, tensor] of Object.entries(parts.feed ?? {})) carried[FEED + name] = tensor;
  return { step, carried, losses: Object.fromEntries(Object.entries(losses).map(([term, values]) => [term, values.slice(0, step)])) };
}

/** The same taken apart. */
export function partsOf(state: TrainState, names: readonly string[]): Parts {
  const entries = Object.entries(state.carried);
  const under = (prefix: string) => entries.filter(([name]) => name.startsWith(prefix)).map(([name, t]) => [name.slice(prefix.length), t] as const);
  return {
    carried: Object.fromEntries(names.map((name) => [name, state.carried[name]!])),
    validations: { steps: numbers(state.carried[VALIDATED]), metrics: metricsOf(under(METRIC)) },
    kept: state.carried["kept"],
    feed: under(FEED).length ? Object.fromEntries(under(FEED)) : undefined,
  };
}

const numbers = (t: TensorData | undefined): number[] => Array.from(t?.data ?? []);

/** From `I:METRIC`, in the order of the numbers. */
function metricsOf(entries: readonly (readonly [string, TensorData])[]): Validations["metrics"] {
  const found = entries.map(([name, t]) => ({ place: Number.parseInt(name, 10), name: name.slice(name.indexOf(":") + 1), values: numbers(t) }));
  return Object.fromEntries(found.sort((a, b) => a.place - b.place).map(({ name, values }) => [name, values]));
}

/** Why a training cannot go on from a state, which comes from outside: another graph's, or read from a damaged file. */
export function resumeProblem(state: TrainState, carried: { readonly [name: string]: readonly number[] }): string | null {
  if (!Number.isInteger(state.step) || state.step < 0 || typeof state.carried !== "object" || state.carried === null) return "it is not one that a Trainer gave.";
  for (const [name, shape] of Object.entries({ ...carried, ...(state.carried["kept"] ? { kept: carried["params"]! } : {}) })) {
    const found = state.carried[name];
    if (!found) return `it has no “${name}”; it comes from another method.`;
    if (!(found.data instanceof Float32Array)) return `“${name}” holds no Float32Array; states can be cloned, but not written as JSON.`;
    if (!sameShape(found.shape, shape) || found.data.length !== sizeOf(shape)) return `“${name}” has ${found.data.length} numbers, and ${sizeOf(shape)} are needed; it comes from a drawing with other layers.`;
  }
  const wrong = Object.values(state.losses ?? {}).some((values) => !Array.isArray(values) || values.length !== state.step);
  return wrong ? `its losses do not belong to ${state.step} steps.` : null;
}
