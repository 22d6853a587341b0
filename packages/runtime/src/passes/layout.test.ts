import { describe, expect, test } from "vitest";
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { printProgram } from "../ir/print.ts";
import type { Program } from "../ir/program.ts";
import { randomValues } from "../ir/random.ts";
import { float32, sizeOf } from "../ir/tensor.ts";
import { dce, fold, gradient, hoistInvariants, layout, optimise, simplify } from "./index.ts";

const transposes = (p: Program, rank: number) => p.equations.filter((e) => e.op === "transpose" && p.types[e.outputs[0]!]!.shape.length === rank).length;
const normal = (shape: readonly number[], seed: number) => float32(shape, randomValues({ distribution: "normal", shape, seed }));

/** Features of a channels-last picture by two convolutions, one of them depthwise with reflected padding. */
function features(b: Builder, x: Value): Value[] {
  const padded = b.pad(b.sub(b.mul(x, 2), 1), [0, 1, 1, 0], [0, 1, 1, 0], { mode: "reflect" });
  const bias = b.constant(normal([4], 2));
  const a = b.clip(b.add(b.channelsLast(b.conv(b.channelsFirst(padded), b.constant(normal([4, 3, 3, 3], 1)))), bias), 0, 6);
  const c = b.clip(b.channelsLast(b.conv(b.channelsFirst(a), b.constant(normal([4, 1, 3, 3], 3)), { strides: [2, 2], groups: 4 })), 0, 6);
  return [a, c];
}

/** One step of style transfer: Gram matrices, covariances and content, with the gradient for the picture's `[1,3,H,W]` parameters. */
function styleStep(): Program {
  const b = new Builder();
  const size = 8;
  const params = b.input("params", { dtype: "float32", shape: [3 * size * size] });
  const style = b.input("style", { dtype: "float32", shape: [1, size, size, 3] });
  const image = b.channelsLast(b.sigmoid(b.reshape(params, [1, 3, size, size])));
  const [drawn, wanted] = [features(b, image), features(b, style)];
  const statistics = (x: Value) => {
    const flat = b.reshape(x, [x.shape[1]! * x.shape[2]!, x.shape[3]!]);
    const centred = b.sub(flat, b.mean(flat, [0], true));
    return [b.matmul(flat, flat, { transposeA: true }), b.matmul(centred, centred, { transposeA: true })];
  };
  const losses = drawn.flatMap((x, i) => {
    const targets = statistics(wanted[i]!);
    return statistics(x).map((g, j) => b.mul(b.sum(b.square(b.sub(g, targets[j]!))), 1 / sizeOf(x.shape) ** 2));
  });
  const content = b.mean(b.square(b.sub(drawn[1]!, wanted[1]!)));
  const variation = b.mean(b.abs(b.sub(b.sliceAxis(image, 1, 1, size), b.sliceAxis(image, 1, 0, size - 1))));
  return gradient(b.build({ total: [...losses, content, variation].reduce((p, q) => b.add(p, q)) }), { output: "total", inputs: ["params"] });
}

test("after optimise, a step of style transfer transposes nothing of full size", () => {
  const step = styleStep();
  expect(transposes(step, 4)).toBeGreaterThanOrEqual(14);
  const { prologue, main } = hoistInvariants(optimise(step, { check: true }), { varying: ["params"] });
  expect(transposes(main, 4)).toBe(0);
  expect(transposes(prologue!, 4)).toBe(1); // the style picture arrives channels-last
  // What is left swaps the two halves of a symmetric [C,C] gradient.
  for (const e of main.equations) if (e.op === "transpose") expect(main.types[e.outputs[0]!]!.shape).toEqual([4, 4]);
  expect(main.inputs.filter((i) => i.name !== "params").every((i) => i.name.startsWith("hoisted:"))).toBe(true);
});

test("the optimised step computes what the step did", () => {
  const step = styleStep();
  const inputs = { params: normal([192], 11), style: normal([1, 8, 8, 3], 12) };
  const [want, got] = [evaluate64(step, inputs), evaluate64(optimise(step), inputs)];
  for (const [name, t] of Object.entries(want)) t.data.forEach((v, i) => expect(Math.abs(got[name]!.data[i]! - v)).toBeLessThan(1e-6 * Math.max(1, Math.abs(v))));
});

describe("where transposes go", () => {
  /** `f` of a channels-first picture seen channels-last, `[1,4,5,3]`, after the passes that matter here. */
  const moved = (f: (b: Builder, x: Value) => Value, shape = [1, 3, 4, 5]) => {
    const b = new Builder();
    const x = b.input("x", { dtype: "float32", shape });
    return printProgram(dce(simplify(fold(layout(simplify(b.build({ y: f(b, b.channelsLast(x)) })))))));
  };

  test("through arithmetic with per-channel constants, back to a convolution", () => {
    expect(moved((b, x) => b.channelsFirst(b.relu(b.add(b.mul(x, b.floats([3], [1, 2, 3])), b.floats([4, 5, 1], Float32Array.from({ length: 20 }, (_, i) => i))))))).toMatchInlineSnapshot(`
      "(x:f32[1,3,4,5]) {
        a:f32[1,3,1,1] = constant {1 2 3}
        b:f32[1,3,4,5] = mul x a
        c:f32[1,1,4,5] = constant {0 1 2 3 4 5 …}
        d:f32[1,3,4,5] = add b c
        e:f32[1,3,4,5] = clip min=0 max=Infinity d
      } -> y=e"
    `);
  });
  test("through padding, slices, reversal, concatenation and rolls", () => {
    expect(moved((b, x) => b.channelsFirst(b.roll(b.reverse(b.concat([b.pad(x, [0, 1, 2, 0], [0, 0, 0, 0]), b.pad(b.sliceAxis(x, 1, 1, 4), [0, 2, 2, 0], [0, 0, 0, 0])], 3), [1]), b.scalar(2, "int32"), 2)))).toMatchInlineSnapshot(`
      "(x:f32[1,3,4,5]) {
        a:f32[1,3,5,7] = pad low=[0,0,1,2] x
        b:f32[1,3,3,5] = slice starts=[0,0,1,0] ends=[1,3,4,5] x
        c:f32[1,3,5,7] = pad low=[0,0,2,2] b
        d:f32[1,6,5,7] = concat axis=1 a c
        e:f32[1,6,5,7] = reverse axes=[2] d
        f:f32[1,6,5,7] = roll axis=3 e 2i32
      } -> y=f"
    `);
  });
  test("into the flags of a Gram matrix, through the reshape that merges height and width", () => {
    expect(moved((b, x) => { const flat = b.reshape(x, [20, 3]); return b.matmul(flat, flat, { transposeA: true }); })).toMatchInlineSnapshot(`
      "(x:f32[1,3,4,5]) {
        a:f32[3,20] = reshape shape=[3,20] x
        b:f32[3,3] = matmul transposeB a a
      } -> y=b"
    `);
  });
  test("a batch keeps its own Gram matrices", () => {
    expect(moved((b, x) => { const flat = b.reshape(x, [2, 20, 3]); return b.matmul(flat, flat, { transposeA: true }); }, [2, 3, 4, 5])).toMatchInlineSnapshot(`
      "(x:f32[2,3,4,5]) {
        a:f32[2,3,20] = reshape shape=[2,3,20] x
        b:f32[2,3,3] = matmul transposeB a a
      } -> y=b"
    `);
  });
  test("past reductions, whose axes are renamed", () => {
    expect(moved((b, x) => b.sub(b.mean(x, [1, 2]), b.reduceMax(b.sum(x, [3]), [1, 2])))).toMatchInlineSnapshot(`
      "(x:f32[1,3,4,5]) {
        a:f32[1,3] = reduceSum axes=[2,3] x
        b:f32[1,3] = mul a 0.05
        c:f32[1,4,5] = reduceSum axes=[1] x
        d:f32[1] = reduceMax axes=[1,2] c
        e:f32[1,3] = sub b d
      } -> y=e"
    `);
  });
  test("up into a product whose result only one reshape separates from it", () => {
    const b = new Builder();
    const [p, q] = [b.input("p", { dtype: "float32", shape: [20, 6] }), b.input("q", { dtype: "float32", shape: [6, 3] })];
    const y = b.channelsFirst(b.relu(b.reshape(b.matmul(p, q), [1, 4, 5, 3])));
    expect(printProgram(layout(b.build({ y })))).toMatchInlineSnapshot(`
      "(p:f32[20,6], q:f32[6,3]) {
        a:f32[3,20] = matmul transposeA transposeB q p
        b:f32[1,3,4,5] = reshape shape=[1,3,4,5] a
        c:f32[1,3,4,5] = clip min=0 max=Infinity b
      } -> y=c"
    `);
  });
  test("a transpose that nothing undoes stays one transpose", () => {
    expect(moved((b, x) => b.tanh(b.add(x, 1)))).toMatchInlineSnapshot(`
      "(x:f32[1,3,4,5]) {
        a:f32[1,4,5,3] = transpose perm=[0,2,3,1] x
        b:f32[1,4,5,3] = add a 1
        c:f32[1,4,5,3] = tanh b
      } -> y=c"
    `);
  });
});
