import { describe, expect, test } from "vitest";
import { CONFORMANCE_CASES } from "../backends/conformance-cases.ts";
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { checkProgram } from "../ir/check.ts";
import { OP_NAMES } from "../ir/ops.ts";
import { printProgram } from "../ir/print.ts";
import { float32 } from "../ir/tensor.ts";
import { gradientErrors } from "./check-gradient.ts";
import { gradient } from "./grad.ts";
import { NO_GRADIENT, VJP_RULES } from "./vjp/index.ts";

/** Where central differences straddle a corner or a slope is undefined. */
const NOT_SMOOTH = /ties by lower|of zero|halves|negative base, whole|equal floats/;

describe("each operation's gradient agrees with central differences", () => {
  const smooth = CONFORMANCE_CASES.filter((c) => c.op !== "composed" && c.op !== "stopGradient" && !NOT_SMOOTH.test(c.name) && !NO_GRADIENT.has(c.op as never));
  for (const op of OP_NAMES.filter((o) => smooth.some((c) => c.op === o))) {
    test(op, () => {
      for (const c of smooth.filter((s) => s.op === op))
        for (const { input, error } of gradientErrors(c.program, c.inputs)) expect(error, `${c.name}, ${input}`).toBeLessThan(2e-7);
    });
  }
});

test("gradients of gradients agree with central differences too", () => {
  for (const c of CONFORMANCE_CASES.filter((x) => x.op === "composed" && !/gradient of/.test(x.name)))
    for (const { input, error } of gradientErrors(c.program, c.inputs)) expect(error, `${c.name}, ${input}`).toBeLessThan(1e-6);
});

test("the rule table is total, and only what is flat or not of floats has no gradient", () => {
  expect(Object.keys(VJP_RULES).sort()).toEqual([...OP_NAMES].sort());
  expect([...NO_GRADIENT].sort()).toEqual(
    ["and", "argMax", "ceil", "constant", "eq", "floor", "ge", "gt", "le", "lt", "mod", "not", "or", "random", "round", "sign", "stopGradient"].sort(),
  );
});

/** Gradients of `f` at the given inputs, in float64. */
function at(f: (b: Builder, ...x: Value[]) => Value, ...values: number[][]): number[][] {
  const b = new Builder();
  const inputs = values.map((v, i) => b.input(`x${i}`, { dtype: "float32", shape: [v.length] }));
  const program = gradient(b.build({ loss: b.sum(f(b, ...inputs)) }), { output: "loss", inputs: values.map((_, i) => `x${i}`) });
  checkProgram(program);
  const out = evaluate64(program, Object.fromEntries(values.map((v, i) => [`x${i}`, float32([v.length], v)])));
  return values.map((_, i) => [...out[`grad:x${i}`]!.data].map((g) => g + 0));
}

test("conventions where a slope is not unique", () => {
  expect(at((b, x) => b.clip(x, 0, 6), [-1, 0, 3, 6, 7])).toEqual([[0, 1, 1, 1, 0]]);
  expect(at((b, x) => b.relu(x), [-1, 0, 3])).toEqual([[0, 1, 1]]);
  expect(at((b, x) => b.abs(x), [-2, 0, 2])).toEqual([[-1, 0, 1]]);
  expect(at((b, x, y) => b.max(x, y), [1, 2, 3], [2, 2, 2])).toEqual([[0, 0.5, 1], [1, 0.5, 0]]);
  expect(at((b, x) => b.reduceMax(x), [1, 5, 5, 0])).toEqual([[0, 0.5, 0.5, 0]]);
  expect(at((b, x) => b.topK(x, 2).values, [4, 1, 4, 4])).toEqual([[1, 0, 1, 0]]);
  expect(at((b, x) => b.maxPool(b.reshape(x, [1, 1, 4]), [2]), [3, 3, 1, 2])).toEqual([[0.5, 0.5, 0, 1]]);
});

test("square root and power give no NaN where their slope is 0 times infinity", () => {
  expect(at((b, x) => b.sqrt(b.sum(b.square(x))), [0, 0])).toEqual([[0, 0]]);
  expect(at((b, x) => b.pow(x, 0), [0, 2])).toEqual([[0, 0]]);
  expect(at((b, x) => b.pow(x, 2), [0, 3])).toEqual([[0, 6]]);
  expect(at((b, x, y) => b.pow(x, y), [0, 0, 2], [0, 2, 1])[1]).toEqual([0, 0, 2 * Math.log(2)]);
});

test("no gradient flows through stopGradient, comparisons, or integers", () => {
  expect(at((b, x) => b.mul(x, b.stopGradient(x)), [2, 3])).toEqual([[2, 3]]);
  expect(at((b, x) => b.cast(b.gt(x, 2), "float32"), [1, 3])).toEqual([[0, 0]]);
  expect(at((b, x) => b.cast(b.cast(x, "int32"), "float32"), [1.5, 3])).toEqual([[0, 0]]);
});

test("nothing is emitted for inputs that nobody asked about", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [1, 2, 4, 4] });
  const w = b.input("w", { dtype: "float32", shape: [3, 2, 3, 3] });
  const program = gradient(b.build({ loss: b.sum(b.conv(x, w)) }), { output: "loss", inputs: ["x"] });
  expect(printProgram(program)).toMatchInlineSnapshot(`
    "(x:f32[1,2,4,4], w:f32[3,2,3,3]) {
      a:f32[1,3,2,2] = conv x w
      b:f32[] = reduceSum axes=[0,1,2,3] a
      c:f32[1,1,1,1] = reshape shape=[1,1,1,1] 1
      d:f32[1,3,2,2] = broadcast shape=[1,3,2,2] c
      e:f32[1,2,4,4] = convTranspose d w
    } -> loss=b, grad:x=e"
  `);
});

test("the gradient of an intermediate value is taken too, and of an unused input is zero", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [2] });
  b.input("unused", { dtype: "float32", shape: [3] });
  const program = gradient(b.build({ loss: b.sum(b.exp(b.mul(x, 2))) }), { output: "loss", inputs: ["x", "unused"] });
  const out = evaluate64(program, { x: float32([2], [0, 1]), unused: float32([3], [1, 2, 3]) });
  expect([...out["grad:unused"]!.data]).toEqual([0, 0, 0]);
  expect(out["grad:x"]!.data[1]).toBeCloseTo(2 * Math.exp(2), 12);
});

test("names and losses that make no sense are refused", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [2] });
  const program = b.build({ loss: b.sum(x), vector: x });
  expect(() => gradient(program, { output: "vector", inputs: ["x"] })).toThrow("a loss has one element");
  expect(() => gradient(program, { output: "nothing", inputs: ["x"] })).toThrow("no output named nothing");
  expect(() => gradient(program, { output: "loss", inputs: ["y"] })).toThrow("no input named y");
});
