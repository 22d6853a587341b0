/** What tfjs-webgpu must do beyond single operations: hold its memory, stop when told, tell of a lost device, stay accurate at size. */
import { Builder, float32, tensor, type TensorData } from "../../packages/runtime/src/ir/index.ts";
import { randomValues } from "../../packages/runtime/src/ir/random.ts";
import { referenceBackend } from "../../packages/runtime/src/backends/reference/index.ts";
import { conformanceError } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { DeviceLost, tfjsWebgpuBackend as backend } from "../../packages/runtime/src/backends/tfjs/index.ts";
import type { Value } from "../../packages/runtime/src/ir/builder.ts";

/** Throws where the check fails; may return a line worth printing. */
export interface Check {
  readonly name: string;
  run(): Promise<string | void>;
}

const noise = (shape: readonly number[], seed: number): TensorData => float32(shape, randomValues({ distribution: "uniform", shape, seed }));
const must = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise);
};

async function thrown(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => null, (error: unknown) => error);
}

/** One convolution step with constants, prepared filters, an index table and several dtypes. */
function stepProgram() {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [1, 3, 12, 12] });
  const w = b.constant(noise([4, 3, 3, 3], 1));
  const features = b.relu(b.conv(b.pad(x, [0, 0, 1, 1], [0, 0, 1, 1], { mode: "edge" }), w, {}, b.constant(noise([4], 2))));
  const pooled = b.avgPool(features, [3, 3], { strides: [2, 2], padLow: [1, 1], padHigh: [1, 1] });
  const rolled = b.roll(pooled, b.ints([], [2]), 3);
  const best = b.argMax(b.reshape(rolled, [4, -1]), 1);
  return b.build({ loss: b.sum(b.square(rolled)), best, sines: b.sin(pooled) });
}

/** How far a program of one input is from the reference. */
async function errorOf(shape: readonly number[], seed: number, build: (b: Builder, x: Value) => Value, data = noise(shape, seed)): Promise<number> {
  const b = new Builder();
  const y = build(b, b.input("x", data));
  const program = b.build({ y });
  const inputs = { x: data };
  const [tested, reference] = [await backend.compile(program), await referenceBackend.compile(program)];
  const [got, want] = [await tested.run(inputs), await reference.run(inputs)];
  await tested.dispose();
  return conformanceError(got["y"]!, want["y"]!);
}

const numTensors = async (): Promise<number> => (await import("@tensorflow/tfjs-core")).memory().numTensors;

export const CHECKS: readonly Check[] = [
  {
    name: "200 runs of one executable leave the number of tensors flat, and disposing of it leaves none",
    async run() {
      const before = await numTensors();
      const exe = await backend.compile(stepProgram());
      const inputs = { x: noise([1, 3, 12, 12], 3) };
      const first = await exe.run(inputs);
      const afterFirst = await numTensors();
      let last = first;
      for (let i = 0; i < 199; i++) last = await exe.run(inputs);
      const afterAll = await numTensors();
      must(afterAll === afterFirst, `${afterFirst} tensors after the first run, ${afterAll} after the last`);
      must(conformanceError(last["loss"]!, first["loss"]!) < 1e-6, "the last run gives another result than the first");
      await exe.dispose();
      must((await numTensors()) === before, `${before} tensors before, ${await numTensors()} after disposing`);
      return `${afterFirst - before} tensors held between runs`;
    },
  },
  {
    name: "reductions over up to 64×64×64 elements agree with float64 accumulation",
    async run() {
      const cube = [64, 64, 64];
      const errors = {
        "sum of all": await errorOf(cube, 1, (b, x) => b.sum(x)),
        "sum over the first axis": await errorOf(cube, 2, (b, x) => b.sum(x, [0])),
        "sum over the outer axes": await errorOf(cube, 3, (b, x) => b.sum(x, [0, 2])),
        "mean of signed values": await errorOf(cube, 4, (b, x) => b.sum(b.sub(x, 0.5))),
        "sum of a prime number of elements": await errorOf([3, 10007], 5, (b, x) => b.sum(x, [1])),
        "sum with 6 axes": await errorOf([8, 8, 8, 8, 8, 8], 6, (b, x) => b.sum(x, [0, 2, 4])),
        "largest": await errorOf(cube, 8, (b, x) => b.reduceMax(x)),
        "smallest over two axes": await errorOf(cube, 9, (b, x) => b.reduceMin(x, [1, 2])),
      };
      for (const [what, error] of Object.entries(errors)) must(error <= 2e-6, `${what}: ${error}`);
      return `worst ${Math.max(...Object.values(errors)).toExponential(1)}`;
    },
  },
  {
    name: "at sizes where other shaders take over, operations still agree",
    async run() {
      const whole = (shape: readonly number[], seed: number) => tensor("int32", shape, noise(shape, seed).data.map((u) => Math.floor(u * 100 - 50)));
      const filters = (b: Builder, shape: readonly number[], seed: number) => b.constant(noise(shape, seed));
      const errors = {
        // 4.22 sums these by atomic additions, wrongly when the right side is transposed.
        "Gram matrix of rows": await errorOf([16, 4096], 1, (b, x) => b.matmul(x, x, { transposeB: true })),
        "Gram matrix of columns": await errorOf([2003, 20], 2, (b, x) => b.matmul(x, x, { transposeA: true })),
        "long product without a fitting divisor": await errorOf([3, 2039], 3, (b, x) => b.matmul(x, filters(b, [2039, 5], 4))),
        "product in tiles": await errorOf([100, 130], 5, (b, x) => b.matmul(x, filters(b, [130, 64], 6))),
        "convolution, four channels at a time": await errorOf([1, 32, 18, 18], 7, (b, x) => b.conv(x, filters(b, [64, 32, 3, 3], 8), { padLow: [1, 1], padHigh: [1, 1] })),
        "1×1 convolution as a product": await errorOf([1, 64, 16, 16], 9, (b, x) => b.conv(x, filters(b, [32, 64, 1, 1], 10))),
        "depthwise, four channels at a time": await errorOf([1, 32, 20, 20], 11, (b, x) => b.conv(x, filters(b, [32, 1, 3, 3], 12), { groups: 32, padLow: [1, 1], padHigh: [1, 1] })),
        "tiled transpose": await errorOf([96, 65], 13, (b, x) => b.transpose(x, [1, 0])),
        "more parts than a shader binds": await errorOf([4, 30], 14, (b, x) => b.concat(Array.from({ length: 15 }, (_, i) => b.sliceAxis(x, 1, 28 - 2 * i, 30 - 2 * i)), 1)),
        // Whole numbers, which the engine's own transposes and segment sums get wrong.
        "whole numbers: largest over the middle axis": await errorOf([5, 40, 7], 15, (b, x) => b.reduceMax(x, [1]), whole([5, 40, 7], 15)),
        "whole numbers: sum at indices": await errorOf([6, 5], 16, (b, x) => b.scatterAdd(x, b.ints([6], [1, 0, 1, 2, 2, 2]), 0, 4), whole([6, 5], 16)),
        "whole numbers: division and remainder": await errorOf([500], 17, (b, x) => b.add(b.mul(b.div(x, 7), 100), b.mod(x, 7)), whole([500], 17)),
      };
      for (const [what, error] of Object.entries(errors)) must(error <= 2e-6, `${what}: ${error}`);
    },
  },
  {
    name: "among equal elements argMax and topK give the lowest index, at lengths beyond one workgroup",
    async run() {
      const length = 1000;
      const data = Float32Array.from({ length: 2 * length }, (_, i) => (i % 7 === 3 || i % 65 === 1 ? 5 : i % 3));
      const b = new Builder();
      const x = b.input("x", { dtype: "float32", shape: [2, length] });
      const top = b.topK(x, 20);
      const low = b.topK(x, 20, false);
      const program = b.build({ best: b.argMax(x, 1), indices: top.indices, values: top.values, lowest: low.indices });
      const inputs = { x: float32([2, length], data) };
      const [tested, reference] = [await backend.compile(program), await referenceBackend.compile(program)];
      const [got, want] = [await tested.run(inputs), await reference.run(inputs)];
      await tested.dispose();
      for (const name of Object.keys(want)) must(conformanceError(got[name]!, want[name]!) === 0, `${name}: [${got[name]!.data}] where [${want[name]!.data}] is wanted`);
    },
  },
  {
    name: "operations reach beyond the six axes of the engine's shaders",
    async run() {
      const b = new Builder();
      const shape = [2, 3, 2, 3, 2, 3, 2];
      const x = b.input("x", { dtype: "float32", shape });
      const y = b.input("y", { dtype: "float32", shape: [2, 1, 2, 1, 2, 1, 2] });
      const moved = b.transpose(x, [6, 4, 2, 0, 5, 3, 1]);
      const program = b.build({
        sum: b.add(x, y), picked: b.select(b.gt(x, y), x, y), moved, alternate: b.sum(x, [0, 2, 4, 6]),
        wide: b.broadcast(y, shape), part: b.slice(x, [0, 1, 0, 1, 0, 0, 1], [2, 3, 1, 3, 1, 3, 2], [1, 1, 1, 1, 1, 2, 1]), turned: b.reverse(x, [0, 2, 4, 6]),
        padded: b.pad(x, [1, 0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1, 0]), sines: b.sin(x),
      });
      const inputs = { x: noise(shape, 1), y: noise([2, 1, 2, 1, 2, 1, 2], 2) };
      const [tested, reference] = [await backend.compile(program), await referenceBackend.compile(program)];
      const [got, want] = [await tested.run(inputs), await reference.run(inputs)];
      await tested.dispose();
      for (const name of Object.keys(want)) must(conformanceError(got[name]!, want[name]!) < 1e-6, `${name} differs by ${conformanceError(got[name]!, want[name]!)}`);
    },
  },
  {
    name: "results are the caller's own, also where an input, a constant or one value twice is returned",
    async run() {
      const b = new Builder();
      const x = b.input("x", { dtype: "float32", shape: [3] });
      const constant = b.floats([3], [7, 8, 9]);
      const y = b.add(x, constant);
      const exe = await backend.compile(b.build({ x, constant, y, again: y }));
      const given = Float32Array.of(1, 2, 3);
      const first = await exe.run({ x: float32([3], given) });
      for (const t of Object.values(first)) t.data.fill(-1);
      must(given.join() === "1,2,3", "the caller's input was overwritten through a result");
      const pending = exe.run({ x: float32([3], given) });
      given.fill(100);
      const second = await pending;
      await exe.dispose();
      const seen = Object.entries(second).map(([name, t]) => `${name} ${t.data.join()}`).join("; ");
      must(seen === "x 1,2,3; constant 7,8,9; y 8,10,12; again 8,10,12", seen);
      must(second["y"]!.data !== second["again"]!.data, "two outputs share one array");
    },
  },
  {
    name: "runs of one executable may overlap",
    async run() {
      const exe = await backend.compile(stepProgram());
      const images = Array.from({ length: 4 }, (_, i) => ({ x: noise([1, 3, 12, 12], 10 + i) }));
      const alone: TensorData[] = [];
      for (const image of images) alone.push((await exe.run(image))["loss"]!);
      const together = await Promise.all(images.map((image) => exe.run(image)));
      await exe.dispose();
      together.forEach((result, i) => must(conformanceError(result["loss"]!, alone[i]!) < 1e-6, `run ${i} differs when it overlaps others`));
    },
  },
  {
    name: "a run stops between equations when its signal aborts, and frees what it held",
    async run() {
      const b = new Builder();
      let x = b.input("x", { dtype: "float32", shape: [64] });
      for (let i = 0; i < 20_000; i++) x = b.sin(x);
      const exe = await backend.compile(b.build({ x }));
      const inputs = { x: noise([64], 1) };
      const before = await numTensors();
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error("enough")), 50);
      const start = performance.now();
      const error = await thrown(exe.run(inputs, { signal: controller.signal }));
      const took = performance.now() - start;
      must(error instanceof Error && error.message === "enough", `it ended with ${String(error)}`);
      must((await numTensors()) === before, "tensors of the stopped run are left");
      const already = await thrown(exe.run(inputs, { signal: AbortSignal.abort(new Error("before")) }));
      must(already instanceof Error && already.message === "before", "an aborted signal did not stop the run at its start");
      await exe.dispose();
      return `stopped after ${took.toFixed(0)} ms`;
    },
  },
  {
    name: "inputs that are missing or of another type are refused by name",
    async run() {
      const exe = await backend.compile(stepProgram());
      const missing = await thrown(exe.run({}));
      const wrong = await thrown(exe.run({ x: tensor("int32", [2], [1, 2]) }));
      await exe.dispose();
      must(missing instanceof TypeError && missing.message === "Input x is not given.", String(missing));
      must(wrong instanceof TypeError && wrong.message === "Input x is int32[2] where float32[1,3,12,12] is wanted.", String(wrong));
      must((await thrown(exe.run({}))) instanceof Error, "a disposed executable ran");
    },
  },
  {
    name: "a lost device ends runs with DeviceLost, and compiling again starts afresh",
    async run() {
      const program = stepProgram();
      const inputs = { x: noise([1, 3, 12, 12], 3) };
      const exe = await backend.compile(program);
      const want = await exe.run(inputs);
      const running = thrown(exe.run(inputs));
      await backend.dispose!();
      const during = await running;
      must(during instanceof DeviceLost || during === null, `the run under way ended with ${String(during)}`);
      const after = await thrown(exe.run(inputs));
      must(after instanceof DeviceLost, `a later run ended with ${String(after)}`);
      await exe.dispose();
      const again = await backend.compile(program);
      const got = await again.run(inputs);
      await again.dispose();
      must(conformanceError(got["loss"]!, want["loss"]!) < 1e-6, "the new device gives another result");
    },
  },
];

export interface CheckReport {
  readonly name: string;
  readonly error: string | null;
  readonly said?: string;
}

/** One after the other: the last one takes the device away. */
export async function runChecks(): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const { name, run } of CHECKS) {
    try {
      reports.push({ name, error: null, said: (await run()) ?? undefined });
    } catch (error) {
      reports.push({ name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  }
  return reports;
}
