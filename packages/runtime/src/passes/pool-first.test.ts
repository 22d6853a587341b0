import { expect, test } from "vitest";
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { printProgram } from "../ir/print.ts";
import { float32 } from "../ir/tensor.ts";
import { gradientErrors } from "./check-gradient.ts";
import { gradient } from "./grad.ts";
import { poolFirst } from "./pool-first.ts";
import { noise } from "./weighted-loss.ts";

const SHAPE = [2, 3, 7, 6];
const x = float32(SHAPE, noise(SHAPE, 1).map((v) => 4 * v));

function pooled(f: (b: Builder, x: Value) => { [name: string]: Value }) {
  const b = new Builder();
  return b.build(f(b, b.input("x", { dtype: "float32", shape: SHAPE })));
}

test("pooling comes before clipping, padded and overlapping too, and gives the same numbers", () => {
  const program = pooled((b, v) => ({ y: b.maxPool(b.clip(v, -1, 6), [3, 2], { strides: [2, 1], padLow: [1, 1], padHigh: [1, 0] }) }));
  const moved = poolFirst(program);
  expect(moved.equations.map((e) => e.op)).toEqual(["maxPool", "clip"]);
  expect(evaluate64(moved, { x })["y"]).toEqual(evaluate64(program, { x })["y"]);
});

test("a clip that something else reads stays where it is", () => {
  const twice = pooled((b, v) => { const c = b.relu(v); return { y: b.maxPool(c, [2, 2]), sum: b.sum(c) }; });
  const output = pooled((b, v) => { const c = b.relu(v); return { y: b.maxPool(c, [2, 2]), c }; });
  for (const program of [twice, output]) expect(printProgram(poolFirst(program))).toBe(printProgram(program));
});

test("gradients are those of the program as it was written", () => {
  const program = pooled((b, v) => ({ y: b.maxPool(b.relu(b.mul(v, v)), [2, 2]), z: b.maxPool(b.clip(v, 0, 6), [2, 3]) }));
  for (const { error } of gradientErrors(program, { x })) expect(error).toBeLessThan(2e-7);
});

test("no gradient where nothing in a window is positive, or everything is beyond the bound", () => {
  const b = new Builder();
  const v = b.input("x", { dtype: "float32", shape: [1, 1, 6] });
  const program = gradient(b.build({ loss: b.sum(b.maxPool(b.clip(v, 0, 6), [2])) }), { output: "loss", inputs: ["x"] });
  expect([...evaluate64(program, { x: float32([1, 1, 6], [-1, -2, 7, 8, 1, -1]) })["grad:x"]!.data].map((g) => g + 0)).toEqual([0, 0, 0, 0, 1, 0]);
});
