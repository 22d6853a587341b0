/** How a conformance case is written: a small program whose inputs come with seeded data. */
import { Builder, type Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import type { Program } from "../../ir/program.ts";
import { randomValues } from "../../ir/random.ts";
import { sizeOf, tensor, type TensorData } from "../../ir/tensor.ts";

export interface ConformanceCase {
  readonly name: string;
  /** The operation in question, or `composed`. */
  readonly op: OpName | "composed";
  readonly program: Program;
  readonly inputs: { readonly [name: string]: TensorData };
  /** Upper bound on `conformanceError` of each output. 0: exact. */
  readonly tolerance: number;
}

/** Data for an input of a given shape. */
export type Fill = (shape: readonly number[], seed: number) => TensorData;

const uniform = (shape: readonly number[], seed: number) => randomValues({ distribution: "uniform", shape, seed });

/** float32, evenly spread over an interval. */
export const between = (low: number, high: number): Fill => (shape, seed) => tensor("float32", shape, uniform(shape, seed).map((u) => low + u * (high - low)));

/** float32 in [−1, 1], no two closer than 1/size: nothing that compares or sorts them meets a tie. */
export const distinct: Fill = (shape, seed) => {
  const order = [...uniform(shape, seed).entries()].sort((a, b) => a[1] - b[1]);
  const values = new Float32Array(order.length);
  order.forEach(([at], rank) => (values[at] = ((2 * rank + 1) / order.length - 1)));
  return tensor("float32", shape, values);
};

/** float32 away from whole numbers and halves, both signs. */
export const uneven: Fill = (shape, seed) => tensor("float32", shape, uniform(shape, seed).map((u) => Math.floor(u * 16 - 8) / 2 + 0.1 + ((u * 997) % 0.3)));

/** int32 from low to high, both included. */
export const whole = (low: number, high: number): Fill => (shape, seed) => tensor("int32", shape, uniform(shape, seed).map((u) => low + Math.floor(u * (high - low + 1))));

export const bools: Fill = (shape, seed) => tensor("bool", shape, uniform(shape, seed).map((u) => (u < 0.5 ? 0 : 1)));

export const exactly = (dtype: "float32" | "int32" | "bool", values: readonly number[]): Fill => (shape) => tensor(dtype, shape, values);

/** Adds an input to the program under construction, and its data to the case. */
export type Input = (shape: readonly number[], fill?: Fill) => Value;

/** Relative to the largest value (at least 1); float32 rounding of a few hundred terms stays below it. */
const TOLERANCE = 1e-5;

/** One case; `build` returns one value, or several by name. Inputs are named x0, x1, …; the seed follows from the name. */
export function makeCase(
  op: ConformanceCase["op"],
  detail: string,
  build: (b: Builder, input: Input) => Value | { [name: string]: Value },
  tolerance = TOLERANCE,
): ConformanceCase {
  const b = new Builder();
  const name = `${op}: ${detail}`;
  const inputs: { [name: string]: TensorData } = {};
  let seed = [...name].reduce((n, c) => (Math.imul(n, 31) + c.charCodeAt(0)) >>> 0, 7);
  const built = build(b, (shape, fill = between(-2, 2)) => {
    const data = fill(shape, seed++);
    const key = `x${Object.keys(inputs).length}`;
    inputs[key] = data;
    return b.input(key, data);
  });
  const outputs = isValue(built) ? { y: built } : built;
  return { name, op, program: b.build(outputs), inputs, tolerance };
}

const isValue = (v: Value | { [name: string]: Value }): v is Value => typeof v.id === "number";

/** Seeded constant data, for what a program holds rather than is given (filters, indices). */
export const seeded = (shape: readonly number[], seed: number, fill: Fill = between(-1, 1)): TensorData => fill(shape, seed);

/**
 * How far `got` is from `want`: the largest difference, relative to the largest finite |want| (at least 1). Equal infinities and
 * NaN for NaN differ by 0; any other mismatch of what is finite, of dtype, or of shape gives Infinity.
 */
export function conformanceError(got: TensorData, want: TensorData): number {
  if (got.dtype !== want.dtype || got.shape.join() !== want.shape.join() || got.data.length !== sizeOf(want.shape)) return Infinity;
  let [scale, worst] = [1, 0];
  for (const w of want.data) if (Number.isFinite(w)) scale = Math.max(scale, Math.abs(w));
  for (let i = 0; i < want.data.length; i++) {
    const [g, w] = [got.data[i]!, want.data[i]!];
    if (Object.is(g, w) || g === w) continue;
    const difference = Math.abs(g - w);
    if (!Number.isFinite(difference)) return Infinity;
    worst = Math.max(worst, difference);
  }
  return worst / scale;
}
