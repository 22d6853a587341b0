import { describe, expect, test } from "vitest";
import { Builder, type Value } from "../../ir/builder.ts";
import { OP_NAMES } from "../../ir/ops.ts";
import { float32, sizeOf, tensor } from "../../ir/tensor.ts";
import { erf } from "./erf.ts";
import { evaluate64, KERNELS, referenceBackend } from "./index.ts";

/** Evaluates with no inputs: everything is a constant of the program. */
const run = (f: (b: Builder) => Value): number[] => {
  const b = new Builder();
  return [...evaluate64(b.build({ y: f(b) }), {})["y"]!.data];
};
const count = (n: number) => Float32Array.from({ length: n }, (_, i) => i + 1);

test("there is a kernel for every operation", () => {
  expect(Object.keys(KERNELS).sort()).toEqual([...OP_NAMES].sort());
});

test("erf has the values of tables, to double precision", () => {
  expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 15);
  expect(erf(-1)).toBeCloseTo(-0.8427007929497149, 15);
  expect(erf(2.9)).toBeCloseTo(0.9999589021219005, 15);
  expect(erf(3.1)).toBeCloseTo(0.9999883513426328, 15);
  expect(1 - erf(4)).toBeCloseTo(1.541725790028e-8, 15);
});

describe("worked by hand", () => {
  test("convolution: cross-correlation with bias, padding and stride", () => {
    expect(run((b) => b.conv(b.floats([1, 1, 3, 3], count(9)), b.floats([1, 1, 2, 2], [1, 0, 0, -1]), {}, b.floats([1], [10])))).toEqual([6, 6, 6, 6]);
    expect(run((b) => b.conv(b.floats([1, 1, 4], count(4)), b.floats([1, 1, 3], [1, 2, 3]), { strides: [2], padLow: [1], padHigh: [0] }))).toEqual([8, 20]);
  });
  test("grouped and depthwise convolution keep their groups apart", () => {
    expect(run((b) => b.conv(b.floats([1, 2, 2], [1, 2, 10, 20]), b.floats([2, 1, 2], [1, 1, 1, -1]), { groups: 2 }))).toEqual([3, -10]);
    expect(run((b) => b.conv(b.floats([1, 4, 1], [1, 2, 3, 4]), b.floats([2, 2, 1], [1, 10, 1, 10]), { groups: 2 }))).toEqual([21, 43]);
  });
  test("transposed convolution spreads, and output padding adds zeros", () => {
    expect(run((b) => b.convTranspose(b.floats([1, 1, 2], [1, 2]), b.floats([1, 1, 3], [1, 10, 100]), { strides: [2], outputPad: [1] }))).toEqual([1, 10, 102, 20, 200, 0]);
  });
  test("pooling: padding never wins, and is counted only where asked", () => {
    const options = { strides: [2], padLow: [1], padHigh: [1] };
    expect(run((b) => b.maxPool(b.floats([1, 1, 4], [-1, -2, -3, -4]), [2], options))).toEqual([-1, -2, -4]);
    expect(run((b) => b.avgPool(b.floats([1, 1, 4], [2, 4, 6, 8]), [2], options))).toEqual([2, 5, 8]);
    expect(run((b) => b.avgPool(b.floats([1, 1, 4], [2, 4, 6, 8]), [2], { ...options, countIncludePad: true }))).toEqual([1, 5, 4]);
  });
  test("resizing: half-pixel centres, clamped", () => {
    expect(run((b) => b.resize(b.floats([1, 1, 2], [0, 4]), [4]))).toEqual([0, 1, 3, 4]);
    expect(run((b) => b.resize(b.floats([1, 1, 4], [0, 1, 2, 3]), [2]))).toEqual([0.5, 2.5]);
    expect(run((b) => b.resize(b.floats([1, 1, 3], [1, 2, 3]), [6], "nearest"))).toEqual([1, 1, 2, 2, 3, 3]);
  });
  test("padding: zeros between, mirrors without the edge, repeats of the edge", () => {
    expect(run((b) => b.pad(b.floats([3], [1, 2, 3]), [1], [2], { interior: [1], value: 9 }))).toEqual([9, 1, 9, 2, 9, 3, 9, 9]);
    expect(run((b) => b.pad(b.floats([3], [1, 2, 3]), [2], [2], { mode: "reflect" }))).toEqual([3, 2, 1, 2, 3, 2, 1]);
    expect(run((b) => b.pad(b.floats([3], [1, 2, 3]), [2], [1], { mode: "edge" }))).toEqual([1, 1, 1, 2, 3, 3]);
  });
  test("indexing: gather, its transpose, and roll", () => {
    expect(run((b) => b.gather(b.floats([2, 3], count(6)), b.ints([2], [2, 0]), 1))).toEqual([3, 1, 6, 4]);
    expect(run((b) => b.scatterAdd(b.floats([3], [1, 2, 4]), b.ints([3], [1, 1, 0]), 0, 3))).toEqual([4, 3, 0]);
    expect(run((b) => b.roll(b.floats([4], count(4)), b.scalar(-1, "int32"), 0))).toEqual([2, 3, 4, 1]);
    expect(() => run((b) => b.gather(b.floats([2], [1, 2]), b.ints([1], [2]), 0))).toThrow(RangeError);
  });
  test("matmul with both operands transposed, batch repeated", () => {
    // [[1,3],[2,4]]ᵀ·… : a = [[1,2],[3,4]], aᵀ = [[1,3],[2,4]]; b = [[5,6],[7,8]], bᵀ = [[5,7],[6,8]]
    expect(run((b) => b.matmul(b.floats([1, 2, 2], [1, 2, 3, 4]), b.floats([2, 2], [5, 6, 7, 8]), { transposeA: true, transposeB: true }))).toEqual([23, 31, 34, 46]);
  });
  test("order: first of equals, ties by lower index", () => {
    expect(run((b) => b.argMax(b.floats([2, 3], [1, 7, 7, 5, 5, 0]), 1))).toEqual([1, 0]);
    expect(run((b) => b.topK(b.floats([4], [2, 9, 2, 9]), 3).indices)).toEqual([1, 3, 0]);
    expect(run((b) => b.topK(b.floats([4], [2, 9, 2, 9]), 3, false).indices)).toEqual([0, 2, 1]);
  });
  test("integers wrap, divide towards zero, and have the divisor's modulus", () => {
    expect(run((b) => b.mul(b.ints([1], [2 ** 30]), 4))).toEqual([0]);
    expect(run((b) => b.div(b.ints([2], [7, -7]), 2))).toEqual([3, -3]);
    expect(run((b) => b.mod(b.ints([2], [7, -7]), -3))).toEqual([-2, -1]);
  });
});

test("reductions match sums taken one by one, whatever axes", () => {
  const shape = [2, 3, 4];
  for (const axes of [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2], []]) {
    const kept = shape.map((d, i) => (axes.includes(i) ? 1 : d));
    const want = new Array<number>(sizeOf(kept)).fill(0);
    for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) for (let k = 0; k < 4; k++) {
      const at = [i, j, k].reduce((n, v, axis) => n * kept[axis]! + (axes.includes(axis) ? 0 : v), 0);
      want[at]! += i * 12 + j * 4 + k + 1;
    }
    expect(run((b) => b.emit("reduceSum", { axes, keepDims: true }, b.floats(shape, count(24)))), `${axes}`).toEqual(want);
  }
});

describe("as a backend", () => {
  const program = () => {
    const b = new Builder();
    return b.build({ y: b.mul(b.input("x", { dtype: "float32", shape: [2] }), 0.1) });
  };
  test("rounds to float32 once, at the end", async () => {
    const out = await (await referenceBackend.compile(program())).run({ x: float32([2], [3, 7]) });
    expect(out["y"]!.data).toEqual(Float32Array.of(3 * Math.fround(0.1), 7 * Math.fround(0.1)));
  });
  test("refuses inputs that are missing or of another type", async () => {
    const x = await referenceBackend.compile(program());
    await expect(x.run({})).rejects.toThrow("input x is not given");
    await expect(x.run({ x: float32([3], [1, 2, 3]) })).rejects.toThrow("[3] where [2]");
    await expect(x.run({ x: tensor("int32", [2], [1, 2]) })).rejects.toThrow("int32 where float32");
  });
  test("stops when its signal is aborted", async () => {
    const abort = new AbortController();
    abort.abort();
    await expect((await referenceBackend.compile(program())).run({ x: float32([2], [1, 2]) }, { signal: abort.signal })).rejects.toThrow(/abort/i);
  });
});
