/**
 * Why the gradient of a convolution's filters is computed as it is: every way of `passes/vjp/conv-filters.ts`, by shape, timed by turns
 * on the native ONNX Runtime.
 *
 *   npm run bench:filters            (THREADS, default 2; ROUNDS, default 30; ONLY, a pattern for names)
 *
 * Printed are GFLOP/s in the least time of each way (on a busy machine the one to trust), and which of them the rule takes.
 */
import * as ort from "onnxruntime-node";
import { Builder, type Value } from "../packages/runtime/src/ir/builder.ts";
import type { ConvAttrs } from "../packages/runtime/src/ir/ops.ts";
import { randomValues } from "../packages/runtime/src/ir/random.ts";
import { sizeOf } from "../packages/runtime/src/ir/tensor.ts";
import { programToOnnx } from "../packages/runtime/src/onnx/index.ts";
import { optimise } from "../packages/runtime/src/passes/index.ts";
import { byConvolution, byMatrix, byPlanes, convFilterGradient, tapByTap } from "../packages/runtime/src/passes/vjp/conv-filters.ts";

const THREADS = Number(process.env["THREADS"] ?? 2);
const ROUNDS = Number(process.env["ROUNDS"] ?? 30);

type Way = (b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs) => Value;

const convolved: Way = (b, x, grad, shape, a) =>
  byConvolution(b, b.channelsLast(x), b.transpose(grad, [1, 0, ...grad.shape.slice(2).map((_, i) => i + 2)]), shape, a);
const WAYS: { readonly [name: string]: Way } = { "tap by tap": tapByTap, matrix: byMatrix, convolution: convolved, planes: byPlanes, rule: convFilterGradient };

/** Batch, channels, filters, spatial axes, kernel; "same" padding, strides of 1 unless told. */
const SHAPES: readonly (readonly [what: string, n: number, c: number, o: number, spatial: readonly number[], kernel: number, stride?: number])[] = [
  ["picture, first layer", 33, 3, 16, [32, 32], 3], ["picture, second layer", 33, 16, 32, [16, 16], 3], ["picture, third layer", 33, 32, 64, [8, 8], 3],
  ["larger picture, first layer", 33, 3, 16, [64, 64], 3], ["larger picture, second layer", 33, 16, 32, [32, 32], 3],
  ["picture, 5×5, first layer", 33, 3, 16, [32, 32], 5], ["picture, 5×5, second layer", 33, 16, 32, [16, 16], 5], ["picture, 5×5, third layer", 33, 32, 64, [8, 8], 5],
  ["grey picture", 33, 1, 16, [32, 32], 3], ["picture, 1×1", 33, 32, 64, [16, 16], 1], ["picture, stride 2", 33, 16, 32, [32, 32], 3, 2],
  ["signal, first layer", 66, 1, 16, [256], 5], ["signal, second layer", 66, 16, 32, [128], 5], ["signal, 7 taps", 66, 32, 32, [64], 7],
  ["volume, first layer", 15, 1, 8, [16, 16, 16], 3], ["volume, second layer", 15, 8, 16, [8, 8, 8], 3],
  ["last block, 9×9×256", 16, 256, 256, [9, 9], 3],
];

for (const [what, n, c, o, spatial, k, stride = 1] of SHAPES) {
  if (!new RegExp(process.env["ONLY"] ?? "").test(what)) continue;
  const each = (v: number) => spatial.map(() => v);
  const attrs: ConvAttrs = { strides: each(stride), dilations: each(1), padLow: each(k >> 1), padHigh: each(k >> 1), groups: 1 };
  const [shape, given, out] = [[o, c, ...each(k)], [n, c, ...spatial], [n, o, ...spatial.map((d) => Math.ceil(d / stride))]];
  const feed = (s: readonly number[], seed: number) => new ort.Tensor("float32", randomValues({ distribution: "normal", shape: s, seed }), s);
  const feeds = { x: feed(given, 1), grad: feed(out, 2) };
  const runs = await Promise.all(Object.entries(WAYS).filter(([name]) => name !== "planes" || spatial.length === 3).map(async ([name, way]) => {
    const b = new Builder();
    const filters = way(b, b.input("x", { dtype: "float32", shape: given }), b.input("grad", { dtype: "float32", shape: out }), shape, attrs);
    const options = { graphOptimizationLevel: "all", intraOpNumThreads: THREADS, logSeverityLevel: 3, extra: { session: { intra_op: { spin_duration_us: "20" } } } } as const;
    return { name, session: await ort.InferenceSession.create(programToOnnx(optimise(b.build({ filters }))), options), least: Infinity };
  }));
  for (let round = -3; round < ROUNDS; round++)
    for (const run of runs) {
      const start = performance.now();
      await run.session.run(feeds);
      if (round >= 0) run.least = Math.min(run.least, performance.now() - start);
    }
  const gigaflops = 2e-6 * n * sizeOf(out.slice(2)) * sizeOf(shape);
  console.log(`${`${what} [${given}] → ${o}, kernel ${k}`.padEnd(58)} ${runs.map((r) => `${r.name} ${(gigaflops / r.least).toFixed(0).padStart(3)}`).join("  ")}`);
  for (const { session } of runs) await session.release();
}
