/** Programs with an open batch axis give, for any number of examples, what the program written for that number gives. */
import { expect, test } from "vitest";
import { onnxNativeBackend } from "../backends/onnx/native.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { float32, sizeOf } from "../ir/tensor.ts";
import { optimise } from "../passes/index.ts";
import { MixesBatch, programsToBatchedOnnx } from "./batched-onnx.ts";

const wave = (shape: readonly number[], salt: number) => float32(shape, Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(0.7 * i + salt)));

type Draw = (b: Builder, x: Value, weight: Value) => Value;
const program = (draw: Draw, example: readonly number[], weight: readonly number[]) => (examples: number) => {
  const b = new Builder();
  return optimise(b.build({ y: draw(b, b.input("x", { dtype: "float32", shape: [examples, ...example] }), b.input("w", { dtype: "float32", shape: weight })) }));
};

const CASES: readonly (readonly [name: string, draw: Draw, example: readonly number[], weight: readonly number[]])[] = [
  ["convolution, pool, flatten, matrix", (b, x, w) => {
    const h = b.maxPool(b.relu(b.conv(b.channelsFirst(x), b.constant(wave([6, 2, 3, 3], 2)))), [2, 2]);
    const last = b.channelsLast(h);
    return b.matmul(b.reshape(last, [x.shape[0]!, -1]), w);
  }, [8, 7, 2], [36, 3]],
  ["lengths equal to the first sizes tried", (b, x, w) => b.matmul(b.reshape(b.transpose(x, [0, 2, 1]), [x.shape[0]!, 35]), w), [5, 7], [35, 5]],
  ["a batch written beside a repeated row", (b, x, w) => b.concat([x, b.broadcast(b.reshape(w, [1, 4]), [x.shape[0]!, 4])], 1), [3], [4]],
  ["examples split over two axes", (b, x, w) => b.reshape(b.mul(b.reshape(x, [x.shape[0]! * 2, 3]), w), [x.shape[0]!, 6]), [6], [3]],
  ["few channels mixed by a 1×1 convolution", (b, x, w) => b.channelsLast(b.conv(b.channelsFirst(x), b.reshape(w, [4, 3, 1, 1]))), [6, 5, 3], [12]],
  ["a mean over positions, in two stages", (b, x, w) => b.mul(b.mean(x, [1, 2]), w), [64, 96, 2], [2]],
];

test.each(CASES)("%s", async (_name, draw, example, weight) => {
  const at = program(draw, example, weight);
  const w = wave(weight, 1);
  const opened = await onnxNativeBackend.openOnnx!(programsToBatchedOnnx(at, { batch: "x", weights: new Map([["w", w]]) }));
  expect(opened.inputs).toEqual([{ name: "x", dtype: "float32", shape: [null, ...example] }]);
  for (const examples of [1, 2, 5, 17]) {
    const x = wave([examples, ...example], 3);
    const closed = await onnxNativeBackend.compile(at(examples));
    const [found, expected] = [(await opened.run({ x }))["y"]!, (await closed.run({ x, w }))["y"]!];
    expect(found.shape).toEqual(expected.shape);
    found.data.forEach((v, i) => expect(v).toBeCloseTo(expected.data[i]!, 4));
    await closed.dispose();
  }
  await opened.dispose();
});

test.each<readonly [string, Draw]>([
  ["a mean over the batch", (b, x, w) => b.mul(b.sub(x, b.mean(x, [0], true)), w)],
  ["no batch axis in the result", (b, x, w) => b.mul(b.reduceMax(x, [0]), w)],
])("%s is refused", (_name, draw) => {
  expect(() => programsToBatchedOnnx(program(draw, [3], [3]), { batch: "x", weights: new Map([["w", wave([3], 1)]]) })).toThrow(MixesBatch);
});
