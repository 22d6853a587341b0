/** Where lowering to ONNX branches by size or attribute: both sides of each branch against the reference, or against exact sums. */
import { describe, expect, test } from "vitest";
import { Builder, type Value } from "../../ir/builder.ts";
import { randomValues } from "../../ir/random.ts";
import { float32, sizeOf, tensor, type TensorData } from "../../ir/tensor.ts";
import { conformanceError } from "../conformance-cases.ts";
import { referenceBackend } from "../reference/index.ts";
import { onnxNativeBackend } from "./native.ts";
import { onnxWasmBackend } from "./web.ts";

const uniform = (shape: readonly number[], seed = 1) => float32(shape, randomValues({ distribution: "uniform", shape, seed }));

const CASES: readonly (readonly [name: string, shape: readonly number[], build: (b: Builder, x: Value) => Value])[] = [
  ["max pool padded beyond its window", [1, 2, 6, 5], (b, x) => b.maxPool(b.neg(x), [2, 2], { strides: [1, 1], padLow: [1, 0], padHigh: [2, 3] })],
  ["average pool padded beyond its window, counting the pads", [1, 2, 6, 5], (b, x) => b.avgPool(x, [2, 3], { strides: [1, 2], padLow: [2, 0], padHigh: [0, 3], countIncludePad: true })],
  ["average pool padded beyond its window on one side, strided past it", [1, 2, 6, 4], (b, x) => b.avgPool(x, [2, 2], { strides: [3, 2], padLow: [0, 0], padHigh: [2, 0] })],
  ["max pool of integers", [1, 1, 4, 4], (b, x) => b.maxPool(b.cast(b.mul(x, 100), "int32"), [2, 2])],
  ["few channels mixed, with a bias, in a batch", [3, 3, 4, 5], (b, x) => b.conv(x, b.constant(uniform([4, 3, 1, 1], 2)), {}, b.constant(uniform([4], 3)))],
  ["many channels mixed", [2, 12, 4, 5], (b, x) => b.conv(x, b.constant(uniform([9, 12, 1, 1], 2)), {}, b.constant(uniform([9], 3)))],
  ["transposed convolution of stride 1 to few channels", [2, 5, 6, 7], (b, x) => b.convTranspose(x, b.constant(uniform([5, 3, 3, 2], 2)), { padLow: [1, 0], padHigh: [0, 1] })],
  ["transposed convolution of stride 1 to many channels", [2, 5, 6, 7], (b, x) => b.convTranspose(x, b.constant(uniform([5, 9, 3, 2], 2)), { padLow: [1, 0], padHigh: [0, 1] })],
  ["transposed convolution of stride 1, grouped, padded beyond its reach", [1, 4, 9, 8], (b, x) => b.convTranspose(x, b.constant(uniform([4, 3, 3, 1], 2)), { groups: 2, padLow: [3, 1], padHigh: [2, 0] })],
  ["transposed convolution of rank 3, grouped, strided, dilated", [1, 4, 3, 3, 2], (b, x) => b.convTranspose(x, b.constant(uniform([4, 2, 2, 3, 2], 2)), { groups: 2, strides: [2, 1, 3], dilations: [1, 2, 1], padLow: [1, 0, 0], padHigh: [0, 1, 0] })],
  ["interior padding of an axis of length 1", [1, 3], (b, x) => b.pad(x, [0, 1], [2, 0], { interior: [3, 2], value: 7 })],
  ["nearest, a whole multiple", [1, 2, 3, 4], (b, x) => b.emit("resize", { size: [6, 12], mode: "nearest" }, x)],
  ["nearest, smaller and odd", [1, 2, 7, 9], (b, x) => b.emit("resize", { size: [3, 5], mode: "nearest" }, x)],
  ["linear, smaller on one axis", [1, 2, 9, 4], (b, x) => b.emit("resize", { size: [4, 7], mode: "linear" }, x)],
  ["a transpose that only moves axes of length 1", [1, 4, 1, 5], (b, x) => b.transpose(x, [1, 0, 3, 2])],
  ["a long sum over middle axes", [3, 64, 96, 2], (b, x) => b.sum(b.add(x, 1), [1, 2])],
  ["a long sum over the leading axes, kept", [64, 96, 3], (b, x) => b.sum(b.add(x, 1), [0, 1], true)],
  ["a long sum over outer axes around one that stays", [5, 3, 4096], (b, x) => b.sum(b.add(x, 1), [0, 2])],
  ["a sum of a prime number of terms", [4099], (b, x) => b.sum(x)],
];

describe.each([onnxNativeBackend, onnxWasmBackend])("$id", (backend) => {
  const run = async (build: (b: Builder, x: Value) => Value, x: TensorData, on = backend) => {
    const b = new Builder();
    const compiled = await on.compile(b.build({ y: build(b, b.input("x", x)) }));
    const { y } = await compiled.run({ x });
    await compiled.dispose();
    return y!;
  };

  test.each(CASES)("%s", async (_name, shape, build) => {
    const x = uniform(shape);
    expect(conformanceError(await run(build, x), await run(build, x, referenceBackend))).toBeLessThanOrEqual(1e-5);
  });

  test("a sum of a million terms errs below 2e-6", async () => {
    const x = uniform([1, 16, 256, 256]);
    const exact = [...x.data].reduce((sum, v) => sum + v, 0);
    expect(Math.abs((await run((b, v) => b.sum(v), x)).data[0]! / exact - 1)).toBeLessThan(2e-6);
  });

  test("scatterAdd counts every update, however often an index comes", async () => {
    const x = float32([20_000, 8], new Float32Array(160_000).fill(1));
    const indices = tensor("int32", [20_000], Array.from({ length: 20_000 }, (_, i) => i % 3));
    expect([...(await run((b, v) => b.sum(b.scatterAdd(v, b.constant(indices), 0, 3), [1]), x)).data]).toEqual([53_336, 53_336, 53_328]);
  });

  test("constants of every dtype survive", async () => {
    const values = { float32: [1.5, -2, 3e-8], int32: [2 ** 31 - 1, -(2 ** 31), 7], bool: [1, 0, 1] } as const;
    for (const dtype of ["float32", "int32", "bool"] as const) {
      const given = tensor(dtype, [3], values[dtype]);
      const got = await run((b, v) => b.reshape(b.concat([b.constant(given), b.slice(b.cast(v, dtype), [0], [1])], 0), [sizeOf([4])]), float32([1], [1]));
      expect([...got.data].slice(0, 3)).toEqual([...given.data]);
    }
  });
});
