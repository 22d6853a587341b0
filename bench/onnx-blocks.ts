/**
 * Why the ONNX lowering and the gradient rules are written as they are: the building blocks of a MobileNet-style trunk with its
 * gradient, each in several formulations, timed by turns on the native ONNX Runtime.
 *
 *   node -e 'import("vite").then((v) => v.runnerImport("./bench/onnx-blocks.ts"))'
 *
 * THREADS (default 2) and SCALE (default 1: maps of a 192×256 picture; 2: of 384×512) are read from the environment. Printed are the
 * least and the median time of each formulation relative to the first of its block; the least is the one to trust on a busy machine.
 */
import * as ort from "onnxruntime-node";
import { Builder, type Value } from "../packages/runtime/src/ir/builder.ts";
import type { Program } from "../packages/runtime/src/ir/program.ts";
import { randomValues } from "../packages/runtime/src/ir/random.ts";
import { resizeMatrix } from "../packages/runtime/src/ir/resampling.ts";
import { programToOnnx } from "../packages/runtime/src/onnx/index.ts";

const THREADS = Number(process.env["THREADS"] ?? 2);
const SCALE = Number(process.env["SCALE"] ?? 1);
const ROUNDS = 40;

type Options = ort.InferenceSession.SessionOptions;
type Variant = readonly [name: string, build: (b: Builder, x: Value) => Value, options?: Options];

const noise = (shape: readonly number[], seed = 1) => randomValues({ distribution: "uniform", shape, seed }).map((v) => v - 0.5);
const weights = (b: Builder, shape: readonly number[], seed = 2) => b.floats(shape, noise(shape, seed));

const settings = (given: Options = {}): Options => ({
  graphOptimizationLevel: "all", intraOpNumThreads: THREADS, logSeverityLevel: 3, extra: { session: { intra_op: { spin_duration_us: "20" } } }, ...given,
});

async function block(title: string, shape: readonly number[], variants: readonly Variant[]): Promise<void> {
  const x = new ort.Tensor("float32", noise(shape), shape);
  const runs = await Promise.all(variants.map(async ([name, build, options]) => {
    const b = new Builder();
    const y = build(b, b.input("x", { dtype: "float32", shape }));
    // A large result would be timed as memory handed to JavaScript; its sum over the last axis needs every element.
    const program: Program = b.build({ y: b.sum(y, [-1]) });
    return { name, session: await ort.InferenceSession.create(programToOnnx(program), settings(options)), times: [] as number[] };
  }));
  for (let round = -3; round < ROUNDS; round++)
    for (const run of runs) {
      const start = performance.now();
      await run.session.run({ x });
      if (round >= 0) run.times.push(performance.now() - start);
    }
  const summary = runs.map(({ name, times }) => ({ name, least: Math.min(...times), median: times.toSorted((p, q) => p - q)[ROUNDS >> 1]! }));
  console.log(`\n${title} [${shape}]: ${summary[0]!.least.toFixed(2)} ms at least, ${summary[0]!.median.toFixed(2)} ms median`);
  for (const s of summary) console.log(`  ${s.name.padEnd(48)} ${(s.least / summary[0]!.least).toFixed(2)}  ${(s.median / summary[0]!.median).toFixed(2)}`);
  for (const { session } of runs) await session.release();
}

const relu6 = (b: Builder, x: Value) => b.clip(x, 0, 6);
const depthwise = (b: Builder, x: Value, options: object = {}) => b.conv(x, weights(b, [x.shape[1]!, 1, 3, 3]), { groups: x.shape[1]!, ...options });
const pointwise = (b: Builder, x: Value, out = x.shape[1]!, seed = 3) => b.conv(x, weights(b, [out, x.shape[1]!, 1, 1], seed));
const reflect = (b: Builder, x: Value) => b.pad(x, [0, 0, 1, 1], [0, 0, 1, 1], { mode: "reflect" });

/** Reflect padding by one, as two concatenations. */
const reflectByConcat = (b: Builder, x: Value) => [2, 3].reduce((v, axis) => {
  const n = v.shape[axis]!;
  return b.concat([b.sliceAxis(v, axis, 1, 2), v, b.sliceAxis(v, axis, n - 2, n - 1)], axis);
}, x);

/** Gradient of reflect padding by one: slices beside each other, or shifted strips padded to full size and added, or a matrix. */
const foldByConcat = (b: Builder, g: Value) => [3, 2].reduce((v, axis) => {
  const n = v.shape[axis]! - 2;
  const at = (i: number, end = i + 1) => b.sliceAxis(v, axis, i, end);
  return b.concat([at(1), b.add(at(2), at(0)), at(3, n - 1), b.add(at(n - 1), at(n + 1)), at(n)], axis);
}, g);
const foldByAdding = (b: Builder, g: Value) => [3, 2].reduce((v, axis) => {
  const n = v.shape[axis]! - 2;
  const only = (i: number) => v.shape.map((_, a) => (a === axis ? i : 0));
  const strip = (from: number, to: number) => b.pad(b.sliceAxis(v, axis, from, from + 1), only(to), only(n - 1 - to));
  return b.add(b.add(b.sliceAxis(v, axis, 1, n + 1), strip(0, 1)), strip(n + 1, n - 2));
}, g);
const foldByMatrix = (b: Builder, g: Value) => {
  const matrix = (n: number) => {
    const m = new Float32Array(n * (n + 2));
    for (let j = 0; j < n + 2; j++) m[(j === 0 ? 1 : j === n + 1 ? n - 2 : j - 1) * (n + 2) + j] = 1;
    return b.floats([n, n + 2], m);
  };
  return b.matmul(matrix(g.shape[2]! - 2), b.matmul(g, matrix(g.shape[3]! - 2), { transposeB: true }));
};

const spread = (b: Builder, x: Value) => b.pad(x, [0, 0, 0, 0], [0, 0, 0, 0], { interior: [0, 0, 1, 1] });
const [H, W] = [96 * SCALE, 128 * SCALE];

const masks: readonly Variant[] = [
  ["select(eq(clip(x), x), g, 0)", (b, x) => { const y = relu6(b, x); return b.select(b.eq(y, x), b.mul(x, 2), 0); }],
  ["g · cast(eq(clip(x), x))", (b, x) => { const y = relu6(b, x); return b.mul(b.mul(x, 2), b.cast(b.eq(y, x), "float32")); }],
  ["select(and(gt(y, 0), lt(y, 6)), g, 0)", (b, x) => { const y = relu6(b, x); return b.select(b.and(b.gt(y, 0), b.lt(y, 6)), b.mul(x, 2), 0); }],
  ["g · cast(and(gt(y, 0), lt(y, 6)))", (b, x) => { const y = relu6(b, x); return b.mul(b.mul(x, 2), b.cast(b.and(b.gt(y, 0), b.lt(y, 6)), "float32")); }],
];

await block("Depthwise 3×3, reflected border, ReLU6", [1, 64, H, W], [
  ["Pad + Conv, blocked layout", (b, x) => relu6(b, depthwise(b, reflect(b, x)))],
  ["Pad + Conv, plain layout", (b, x) => relu6(b, depthwise(b, reflect(b, x))), { graphOptimizationLevel: "extended" }],
  ["Slice + Concat + Conv, blocked layout", (b, x) => relu6(b, depthwise(b, reflectByConcat(b, x)))],
  ["zero border (bound)", (b, x) => relu6(b, depthwise(b, x, { padLow: [1, 1], padHigh: [1, 1] }))],
]);
await block("Input gradient of depthwise 3×3, stride 1", [1, 64, H, W], [
  ["convTranspose (lowered to Conv)", (b, x) => b.convTranspose(x, weights(b, [64, 1, 3, 3]), { groups: 64 })],
  ["Conv, filters reversed", (b, x) => depthwise(b, x, { padLow: [2, 2], padHigh: [2, 2] })],
]);
await block("Input gradient of depthwise 3×3, stride 2", [1, 64, H / 2, W / 2], [
  ["ConvTranspose", (b, x) => b.convTranspose(x, weights(b, [64, 1, 3, 3]), { groups: 64, strides: [2, 2] })],
  ["zeros between (Concat), then Conv", (b, x) => depthwise(b, spread(b, x), { padLow: [2, 2], padHigh: [2, 2] })],
]);
await block("Input gradient of dense 3×3 to 3 channels, stride 2", [1, 32, H, W], [
  ["ConvTranspose", (b, x) => b.convTranspose(x, weights(b, [32, 3, 3, 3]), { strides: [2, 2] })],
  ["zeros between, then Conv", (b, x) => b.conv(spread(b, x), weights(b, [3, 32, 3, 3]), { padLow: [2, 2], padHigh: [2, 2] })],
]);
await block("Pointwise 1×1, ReLU6", [1, 128, H / 2, W / 2], [
  ["Conv", (b, x) => relu6(b, pointwise(b, x))],
  ["MatMul", (b, x) => relu6(b, b.matmul(weights(b, [128, 128]), b.reshape(x, [128, -1])))],
]);
await block("Gradient of ReLU6", [1, 64, H, W], masks);
await block("Gradient of a reflected border", [1, 64, H + 2, W + 2], [
  ["slices beside each other", foldByConcat], ["strips padded and added", foldByAdding], ["two matrix products", foldByMatrix],
]);
await block("Gram matrix of [C,HW]", [64, H * W], [
  ["Gemm with transB", (b, x) => b.matmul(x, x, { transposeB: true })],
  ["MatMul of a Transpose", (b, x) => b.matmul(x, b.transpose(x, [1, 0]))],
]);
await block("Its gradient, [C,C] by [C,HW]", [64, H * W], [
  ["MatMul", (b, x) => b.matmul(weights(b, [64, 64]), x)],
  ["1×1 Conv", (b, x) => b.reshape(b.conv(b.reshape(x, [1, 64, 1, H * W]), weights(b, [64, 64, 1, 1])), [64, H * W])],
]);
await block("Bilinear, up by 2", [1, 3, H, W], [
  ["Resize", (b, x) => b.emit("resize", { size: [2 * H, 2 * W], mode: "linear" }, x)],
  ["two matrix products", (b, x) => b.matmul(b.floats([2 * H, H], resizeMatrix(H, 2 * H, "linear")), b.matmul(x, b.floats([2 * W, W], resizeMatrix(W, 2 * W, "linear")), { transposeB: true }))],
]);
const sizes = [0, 1, 2, 3, 4, 5].map((k) => 3 * ((4 * H * W) >> (2 * k)));
const adam = (b: Builder, g: Value) => {
  const [m, v] = [b.mul(g, 0.1), b.mul(b.mul(g, g), 0.001)];
  return b.sub(g, b.div(b.mul(m, 0.05), b.add(b.sqrt(v), 1e-8)));
};
await block("Adam of six tensors", [sizes.reduce((n, s) => n + s, 0)], [
  ["one flat vector", adam],
  ["six", (b, x) => { let at = 0; return b.concat(sizes.map((n) => adam(b, b.slice(x, [at], [(at += n)]))), 0); }],
]);

const chain = (b: Builder, x: Value) => [1, 2, 3, 4, 5, 6].reduce((v, seed) => relu6(b, pointwise(b, relu6(b, depthwise(b, reflect(b, v))), 128, seed)), x);
const session = (name: string, extra: object, more: Options = {}): Variant => [name, chain, { ...more, extra: { session: extra } }];
await block("Session options, six separable convolutions", [1, 128, H / 2, W / 2], [
  session("helpers spin 20 µs, then sleep", { intra_op: { spin_duration_us: "20" } }),
  session("helpers sleep at once", { intra_op: { allow_spinning: "0" } }),
  session("helpers spin until the run ends", { force_spinning_stop: "1" }),
  session("denormals are zero", { set_denormal_as_zero: "1", intra_op: { spin_duration_us: "20" } }),
  session("no prepacking", { disable_prepacking: "1", intra_op: { spin_duration_us: "20" } }),
  session("no memory arena", { intra_op: { spin_duration_us: "20" } }, { enableCpuMemArena: false }),
]);
