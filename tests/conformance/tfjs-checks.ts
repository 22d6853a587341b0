/** What tfjs-webgpu must do beyond single operations: hold its memory, stop when told, tell of a lost device, stay accurate at size. */
import { Builder, float32, tensor, type TensorData } from "../../packages/runtime/src/ir/index.ts";
import { conformanceError } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { DeviceLost, tfjsWebgpuBackend as backend } from "../../packages/runtime/src/backends/tfjs/index.ts";
import { must, noise, type Check } from "./check.ts";
import { ACCURACY } from "./tfjs-accuracy.ts";

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

const numTensors = async (): Promise<number> => (await import("@tensorflow/tfjs-core")).memory().numTensors;

export const CHECKS: readonly Check[] = [
  ...ACCURACY,
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
