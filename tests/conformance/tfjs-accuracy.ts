/** Where tfjs-webgpu takes other shaders than in the small conformance cases: long sums, tiles, ties, whole numbers, many axes. */
import { Builder, float32, tensor } from "../../packages/runtime/src/ir/index.ts";
import type { Value } from "../../packages/runtime/src/ir/builder.ts";
import { conformanceError } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { referenceBackend } from "../../packages/runtime/src/backends/reference/index.ts";
import { tfjsWebgpuBackend as backend } from "../../packages/runtime/src/backends/tfjs/index.ts";
import { must, noise, type Check } from "./check.ts";

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

export const ACCURACY: readonly Check[] = [
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
    name: "tensors without elements pass through",
    async run() {
      const b = new Builder();
      const x = b.input("x", { dtype: "float32", shape: [2, 3] });
      const none = b.sliceAxis(x, 1, 1, 1);
      const program = b.build({
        none, joined: b.concat([x, none], 1), sum: b.sum(none, [1]), largest: b.reduceMax(none, [1]), padded: b.pad(none, [0, 1], [0, 1], { value: 4 }),
        product: b.matmul(none, b.transpose(none, [1, 0])), doubled: b.add(none, none), picked: b.gather(x, b.ints([0], []), 0),
      });
      const inputs = { x: noise([2, 3], 1) };
      const [tested, reference] = [await backend.compile(program), await referenceBackend.compile(program)];
      const [got, want] = [await tested.run(inputs), await reference.run(inputs)];
      await tested.dispose();
      for (const name of Object.keys(want)) must(conformanceError(got[name]!, want[name]!) < 1e-6, `${name}: [${got[name]!.data}] of shape [${got[name]!.shape}] where [${want[name]!.data}] is wanted`);
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
];
