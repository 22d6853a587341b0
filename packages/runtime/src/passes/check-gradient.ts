/** Compares gradients with central differences, both in float64; for tests. */
import { evaluate64 } from "../backends/reference/evaluate.ts";
import type { Program } from "../ir/program.ts";
import { sizeOf, type TensorData } from "../ir/tensor.ts";
import { gradient } from "./grad.ts";
import { noise, weightedLoss } from "./weighted-loss.ts";

/** Optimal for central differences is about the cube root of float64's precision. */
const STEP = 1e-5;
const DIRECTIONS = 3;

export interface GradientError {
  readonly input: string;
  /** |analytic − numeric| slope along random directions, relative to the slope (at least 1). */
  readonly error: number;
}

/** How far the gradient of `weightedLoss(program)` is from central differences, per float32 input, the worst of a few directions. */
export function gradientErrors(program: Program, inputs: { readonly [name: string]: TensorData }): GradientError[] {
  const loss = weightedLoss(program);
  const names = program.inputs.filter((i) => program.types[i.value]!.dtype === "float32" && sizeOf(program.types[i.value]!.shape) > 0).map((i) => i.name);
  const grads = evaluate64(gradient(loss, { output: "loss", inputs: names }), inputs);
  return names.map((input) => {
    const { shape, data } = inputs[input]!;
    const errors = Array.from({ length: DIRECTIONS }, (_, seed) => {
      const direction = noise(shape, 200 + seed);
      const moved = (by: number) => evaluate64(loss, { ...inputs, [input]: { shape, data: Float64Array.from(data, (v, i) => v + by * direction[i]!) } })["loss"]!.data[0]!;
      const numeric = (moved(STEP) - moved(-STEP)) / (2 * STEP);
      const analytic = grads[`grad:${input}`]!.data.reduce((sum, g, i) => sum + g * direction[i]!, 0);
      return Math.abs(analytic - numeric) / Math.max(1, Math.abs(numeric));
    });
    return { input, error: errors.some(Number.isNaN) ? Infinity : Math.max(...errors) };
  });
}
