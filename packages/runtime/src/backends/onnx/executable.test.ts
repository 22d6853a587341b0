/** Sessions behave: wrong inputs are named, results are the caller's, cancelled and disposed programs say so, memory stays. */
import { describe, expect, test } from "vitest";
import { Builder } from "../../ir/builder.ts";
import { float32, tensor } from "../../ir/tensor.ts";
import { onnxNativeBackend } from "./native.ts";
import { onnxWasmBackend } from "./web.ts";

const addOne = () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [2, 2] });
  return b.build({ x: b.add(x, 1), unchanged: x });
};
const x = float32([2, 2], [1, 2, 3, 4]);

describe.each([onnxNativeBackend, onnxWasmBackend])("$id", (backend) => {
  test("the probe says what it is", async () => {
    const probe = await backend.probe();
    expect(probe).toMatchObject({ available: true, version: "1.30.0" });
    expect(await backend.probe()).toBe(probe);
  });

  test("a missing input, a wrong dtype and a wrong shape are named", async () => {
    const run = await backend.compile(addOne());
    await expect(run.run({})).rejects.toThrow("Input x is not given.");
    await expect(run.run({ x: tensor("int32", [2, 2], [1, 2, 3, 4]) })).rejects.toThrow("Input x is int32[2,2] where float32[2,2] is wanted.");
    await expect(run.run({ x: float32([4], [1, 2, 3, 4]) })).rejects.toThrow("float32[4]");
    await run.dispose();
  });

  test("outputs may feed the next run; no result shares memory with an input or an earlier result", async () => {
    const run = await backend.compile(addOne());
    const first = await run.run({ x });
    const second = await run.run({ x: first["x"]! });
    expect([[...first["x"]!.data], [...second["x"]!.data], [...x.data]]).toEqual([[2, 3, 4, 5], [3, 4, 5, 6], [1, 2, 3, 4]]);
    expect(new Set([x.data.buffer, ...[first, second].flatMap((r) => Object.values(r).map((t) => t.data.buffer))]).size).toBe(5);
    await run.dispose();
  });

  test("an aborted signal rejects with its reason, a disposed program with a sentence", async () => {
    const run = await backend.compile(addOne());
    await expect(run.run({ x }, { signal: AbortSignal.abort(new Error("stopped")) })).rejects.toThrow("stopped");
    await run.dispose();
    await run.dispose();
    await expect(run.run({ x })).rejects.toThrow("disposed");
  });

  test("runs that overlap each get their own result", async () => {
    const run = await backend.compile(addOne());
    const results = await Promise.all(Array.from({ length: 8 }, (_, i) => run.run({ x: float32([2, 2], [i, i, i, i]) })));
    expect(results.map((r) => r["x"]!.data[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await run.dispose();
  });
});

test("a thousand runs and fifty compilations leave the memory where it was", async () => {
  const b = new Builder();
  const image = b.input("image", { dtype: "float32", shape: [1, 8, 64, 64] });
  const program = b.build({ y: b.conv(image, b.random("normal", [8, 8, 3, 3], 1), { padLow: [1, 1], padHigh: [1, 1] }) });
  const inputs = { image: float32([1, 8, 64, 64], new Float32Array(8 * 64 * 64)) };
  const cycle = async (runs: number) => {
    const run = await onnxNativeBackend.compile(program);
    for (let i = 0; i < runs; i++) await run.run(inputs);
    await run.dispose();
  };
  await cycle(200);
  for (let i = 0; i < 10; i++) await cycle(1);
  const before = process.memoryUsage().rss;
  await cycle(1000); // 128 KiB of result a run: 128 MB if any were kept
  for (let i = 0; i < 50; i++) await cycle(1);
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(60);
});
