/** A program for one example, written for several: each row is what it would be alone, and where rows would mix it is not written. */
import { describe, expect, it } from "vitest";
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { float32 } from "../ir/tensor.ts";
import { overExamples } from "./over-examples.ts";

const values = (size: number, seed = 1): number[] => Array.from({ length: size }, (_, i) => Math.sin((i + 1) * 0.7 * seed));

/** The rows of `rows` examples `[…example]` together, and each alone. */
function both(example: readonly number[], build: (b: Builder, x: Value, w: Value) => Value, rows = 3) {
  const one = new Builder();
  const program = one.build({ y: build(one, one.input("example", { dtype: "float32", shape: [1, ...example] }), one.input("weight w", { dtype: "float32", shape: [4, 4] })) });
  const b = new Builder();
  const written = overExamples(b, program, b.input("x", { dtype: "float32", shape: [rows, ...example] }), "example", new Map([["weight w", b.input("w", { dtype: "float32", shape: [4, 4] })]]));
  if (!written) return null;
  const size = example.reduce((n, d) => n * d, 1);
  const [all, w] = [values(rows * size), float32([4, 4], values(16, 3))];
  const together = evaluate64(b.build({ y: written.get("y")! }), { x: float32([rows, ...example], all), w })["y"]!;
  const alone = Array.from({ length: rows }, (_, r) => evaluate64(program, { example: float32([1, ...example], all.slice(r * size, (r + 1) * size)), "weight w": w })["y"]!);
  return { shape: together.shape, together: [...together.data], alone: alone.flatMap((t) => [...t.data]) };
}

describe("keeps examples apart", () => {
  it.each<[string, readonly number[], (b: Builder, x: Value, w: Value) => Value, readonly number[]]>([
    ["a convolution, flattened to [1,16] by a fixed shape, and a dense layer", [1, 4, 4], (b, x, w) => b.matmul(b.slice(b.reshape(b.relu(b.conv(x, b.floats([4, 1, 2, 2], values(16)), { strides: [2, 2] })), [1, 16]), [0, 4], [1, 8]), w), [3, 4]],
    ["channels shuffled in groups", [4, 2, 2], (b, x) => b.reshape(b.transpose(b.reshape(x, [1, 2, 2, 2, 2]), [0, 2, 1, 3, 4]), [1, 4, 2, 2]), [3, 4, 2, 2]],
    ["a row of its length", [4], (b, x) => b.div(x, b.sqrt(b.sum(b.square(x), [1], true))), [3, 4]],
    ["a matrix for every example, as a 1×1 convolution is", [4, 3], (b, x, w) => b.matmul(w, x), [3, 4, 3]],
    ["attention", [2, 4], (b, x) => b.matmul(b.matmul(x, b.transpose(x, [0, 2, 1])), x), [3, 2, 4]],
    ["branches joined, padded and shifted by a constant", [2, 3], (b, x) => b.concat([b.add(x, b.floats([1, 2, 1], [1, 2])), b.emit("reverse", { axes: [2] }, x)], 1), [3, 4, 3]],
  ])("%s", (_name, example, build, shape) => {
    const found = both(example, build)!;
    expect(found.shape).toEqual(shape);
    found.together.forEach((v, i) => expect(v).toBeCloseTo(found.alone[i]!, 12));
    expect(new Set(found.together).size).toBeGreaterThan(4);
  });
});

it.each<[string, readonly number[], (b: Builder, x: Value, w: Value) => Value]>([
  ["a mean over all of it", [4], (b, x) => b.mean(x, [0, 1], true)],
  ["the batch axis turned away", [4], (b, x) => b.transpose(b.transpose(x, [1, 0]), [1, 0])],
  ["the batch axis folded into the next one", [4, 2], (b, x) => b.reshape(b.reshape(x, [4, 2]), [1, 8])],
  ["a batch that looks at itself", [4], (b, x) => b.matmul(b.matmul(x, x, { transposeB: true }), x)],
  ["an example repeated as further rows", [4], (b, x) => b.slice(b.concat([x, x], 0), [0, 0], [1, 4])],
  ["examples as columns", [4], (b, x, w) => b.reshape(b.matmul(w, x, { transposeB: true }), [1, 4])],
  ["filters made from the example", [4], (b, x) => b.conv(b.reshape(x, [1, 1, 4]), b.reshape(x, [1, 1, 4]))],
  ["the example set beside another axis", [4], (b, x) => b.add(x, b.floats([2, 1, 4], values(8)))],
  ["what no example changes", [4], (b) => b.floats([1, 2], [1, 2])],
])("does not write %s", (_name, example, build) => expect(both(example, build)).toBeNull());
