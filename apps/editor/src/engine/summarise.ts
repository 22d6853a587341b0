/** Says of a value what can be shown without having all of it: size, statistics, a small picture. */
import { bytesOf, type RuntimeValue } from "@patchbay/runtime/node-api";
import type { ShownValue, TensorSummary, ValueSummary } from "../model/run-state.ts";
import { thumbnailOf } from "./thumbnail.ts";

/** Larger values stay with the engine until they are asked for. */
export const WHOLE = 2 * 2 ** 20;

const BINS = 32;

/** The value as it is shown: whole where it is small. */
export function shownValue(value: RuntimeValue): ShownValue {
  const summary = summarise(value);
  return { ...(summary.bytes <= WHOLE ? { value } : {}), summary, fresh: true };
}

export function summarise(value: RuntimeValue): ValueSummary {
  const thumbnail = thumbnailOf(value);
  const first = value.kind === "tensor" ? value : value.kind === "activations" ? value.layers[0]?.tensor : undefined;
  return {
    kind: value.kind,
    bytes: bytesOf(value),
    ...(first ? { tensor: tensorSummary(first) } : {}),
    ...(value.kind === "activations" ? { layers: value.layers.map(({ name, tensor }) => ({ name, shape: [...tensor.shape] })) } : {}),
    ...(thumbnail ? { thumbnail } : {}),
  };
}

interface Numbers {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Of the finite numbers; where there are none, least, mean and largest are NaN. */
export function tensorSummary({ dtype, shape, data }: Numbers): TensorSummary {
  let [min, max, sum, finite] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (!Number.isFinite(x)) continue;
    if (x < min) min = x;
    if (x > max) max = x;
    sum += x;
    finite++;
  }
  const histogram = new Array<number>(BINS).fill(0);
  const scale = max > min ? BINS / (max - min) : 0;
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (Number.isFinite(x)) histogram[Math.min(BINS - 1, Math.floor((x - min) * scale))]!++;
  }
  const some = finite > 0;
  return { dtype, shape: [...shape], min: some ? min : NaN, mean: some ? sum / finite : NaN, max: some ? max : NaN, histogram, notFinite: data.length - finite };
}
