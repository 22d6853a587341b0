/** Conformance cases of matrix products, convolutions, pooling and resampling. */
import type { ConvAttrs, PoolAttrs } from "../../ir/ops.ts";
import { between, distinct, makeCase, seeded, type ConformanceCase } from "./case.ts";

const SIZES: readonly (readonly [a: readonly number[], b: readonly number[]])[] = [
  [[3, 4], [4, 5]], [[1, 7], [7, 1]], [[2, 3, 4], [2, 4, 2]], [[2, 3, 4], [4, 5]], [[3, 4], [2, 4, 5]], [[2, 1, 3, 4], [3, 4, 2]], [[16, 32], [32, 16]],
];
const swap = (shape: readonly number[]) => [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];

const matmul = SIZES.flatMap(([p, q]) =>
  [[false, false], [true, false], [false, true], [true, true]].map(([transposeA, transposeB]) =>
    makeCase("matmul", `[${p}]${transposeA ? "ᵀ" : ""} by [${q}]${transposeB ? "ᵀ" : ""}`, (b, input) => b.matmul(input(transposeA ? swap(p) : p), input(transposeB ? swap(q) : q), { transposeA, transposeB })),
  ),
);

type Conv = readonly [detail: string, x: readonly number[], filters: readonly number[], options?: Partial<ConvAttrs>];
const CONVS: readonly Conv[] = [
  ["1D", [2, 3, 10], [4, 3, 3]],
  ["1D, stride 2, padded", [1, 3, 11], [2, 3, 4], { strides: [2], padLow: [1], padHigh: [2] }],
  ["1D, dilated", [1, 2, 12], [3, 2, 3], { dilations: [3], padLow: [2], padHigh: [0] }],
  ["1D, many channels, stride 2, rows left over", [3, 8, 12], [3, 8, 4], { strides: [2], padLow: [1], padHigh: [2] }],
  ["1D, many channels, dilated", [2, 8, 11], [3, 8, 3], { dilations: [2], padLow: [3], padHigh: [1] }],
  ["1D, depthwise", [2, 4, 9], [4, 1, 3], { groups: 4 }],
  ["2D", [1, 3, 8, 9], [4, 3, 3, 3]],
  ["2D, same padding", [2, 3, 6, 7], [5, 3, 3, 3], { padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, 1×1", [1, 8, 5, 6], [4, 8, 1, 1]],
  ["2D, 1×1, stride 2", [1, 4, 6, 7], [3, 4, 1, 1], { strides: [2, 2] }],
  ["2D, stride 2, uneven padding", [1, 3, 9, 8], [4, 3, 3, 3], { strides: [2, 2], padLow: [0, 1], padHigh: [1, 1] }],
  ["2D, strides 2 and 3, 5×2 kernel", [1, 2, 12, 11], [3, 2, 5, 2], { strides: [2, 3], padLow: [2, 0], padHigh: [1, 1] }],
  ["2D, rows left over", [1, 2, 10, 10], [3, 2, 3, 3], { strides: [3, 4] }],
  ["2D, dilated", [1, 2, 9, 10], [3, 2, 3, 3], { dilations: [2, 3], padLow: [2, 1], padHigh: [2, 1] }],
  ["2D, rows of 1", [3, 2, 1, 9], [4, 2, 1, 5], { padLow: [0, 2], padHigh: [0, 2] }],
  ["2D, one channel", [3, 1, 7, 8], [4, 1, 3, 3], { strides: [1, 2], padLow: [1, 0], padHigh: [0, 1] }],
  ["2D, dilated along the last axis, stride 2", [2, 3, 8, 11], [2, 3, 3, 3], { strides: [2, 2], dilations: [1, 2], padLow: [1, 2], padHigh: [0, 3] }],
  ["2D, 3×5, eight channels", [2, 8, 5, 7], [3, 8, 3, 5], { padLow: [1, 2], padHigh: [0, 3], dilations: [2, 1] }],
  ["2D, 1×5, padding beyond the kernel", [1, 8, 2, 3], [2, 8, 1, 5], { padLow: [0, 6], padHigh: [0, 7] }],
  ["2D, grouped", [1, 6, 7, 7], [4, 3, 3, 3], { groups: 2, padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, grouped, stride 2", [2, 4, 8, 7], [6, 2, 3, 3], { groups: 2, strides: [2, 2], padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, depthwise", [1, 5, 8, 8], [5, 1, 3, 3], { groups: 5, padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, depthwise, stride 2", [1, 5, 8, 9], [5, 1, 3, 3], { groups: 5, strides: [2, 2], padLow: [0, 0], padHigh: [1, 1] }],
  ["2D, depthwise, two filters a channel", [1, 3, 7, 7], [6, 1, 3, 3], { groups: 3 }],
  ["2D, depthwise, dilated", [1, 3, 9, 9], [3, 1, 3, 3], { groups: 3, dilations: [2, 2], padLow: [2, 2], padHigh: [2, 2] }],
  ["3D", [1, 2, 5, 6, 5], [3, 2, 3, 3, 3]],
  ["3D, stride 2, padded", [1, 2, 6, 5, 7], [2, 2, 3, 2, 3], { strides: [2, 1, 2], padLow: [1, 0, 1], padHigh: [1, 1, 1] }],
  ["3D, same padding", [2, 1, 4, 4, 4], [2, 1, 3, 3, 3], { padLow: [1, 1, 1], padHigh: [1, 1, 1] }],
  ["3D, dilated planes", [2, 1, 7, 4, 5], [3, 1, 2, 3, 3], { dilations: [3, 1, 1], strides: [2, 1, 1], padLow: [1, 1, 1], padHigh: [0, 0, 1] }],
  ["3D, many channels, stride 2, rows left over", [2, 6, 5, 6, 6], [2, 6, 2, 3, 3], { strides: [2, 1, 2], padLow: [1, 1, 0], padHigh: [0, 1, 0] }],
  ["3D, eight channels, dilated", [1, 8, 3, 4, 6], [2, 8, 2, 3, 3], { padLow: [0, 1, 2], padHigh: [1, 1, 0], dilations: [1, 1, 2] }],
  ["3D, grouped", [1, 4, 4, 4, 4], [4, 2, 2, 2, 2], { groups: 2 }],
];

const conv = CONVS.flatMap(([detail, x, filters, options]) => [
  makeCase("conv", detail, (b, input) => b.conv(input(x), input(filters), options)),
  makeCase("conv", `${detail}, constant filters and bias`, (b, input) => b.conv(input(x), b.constant(seeded(filters, 8)), options, b.constant(seeded([filters[0]!], 9)))),
]);

/** The same geometries the other way: filters [C,O/g,…]. */
const TRANSPOSED: readonly (readonly [detail: string, x: readonly number[], filters: readonly number[], options?: Partial<ConvAttrs> & { outputPad?: readonly number[] }])[] = [
  ["1D", [2, 3, 5], [3, 4, 3]],
  ["1D, stride 2", [1, 3, 5], [3, 2, 4], { strides: [2], padLow: [1], padHigh: [2] }],
  ["1D, stride 3, output padding", [1, 2, 4], [2, 2, 3], { strides: [3], outputPad: [2] }],
  ["2D", [1, 3, 5, 6], [3, 4, 3, 3]],
  ["2D, padded", [2, 3, 5, 6], [3, 2, 3, 3], { padLow: [1, 0], padHigh: [1, 1] }],
  ["2D, stride 2", [1, 3, 4, 5], [3, 2, 3, 3], { strides: [2, 2], padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, stride 2, output padding", [1, 3, 4, 5], [3, 2, 3, 3], { strides: [2, 2], padLow: [1, 1], padHigh: [1, 1], outputPad: [1, 0] }],
  ["2D, kernel 4, stride 2", [1, 4, 3, 3], [4, 2, 4, 4], { strides: [2, 2], padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, dilated", [1, 2, 5, 5], [2, 3, 3, 3], { dilations: [2, 2], padLow: [1, 2], padHigh: [1, 2] }],
  ["2D, grouped, stride 2", [1, 4, 4, 4], [4, 3, 3, 3], { groups: 2, strides: [2, 2] }],
  ["2D, depthwise, stride 2", [1, 4, 4, 5], [4, 1, 3, 3], { groups: 4, strides: [2, 2], padLow: [0, 1], padHigh: [1, 1], outputPad: [1, 1] }],
  ["2D, 1×1, stride 2", [1, 3, 4, 4], [3, 2, 1, 1], { strides: [2, 2], outputPad: [1, 1] }],
  ["3D", [1, 2, 3, 4, 3], [2, 3, 2, 3, 2]],
  ["3D, stride 2", [1, 2, 3, 3, 2], [2, 2, 3, 3, 3], { strides: [2, 1, 2], padLow: [1, 1, 0], padHigh: [1, 1, 1], outputPad: [1, 0, 0] }],
];

const convTranspose = TRANSPOSED.flatMap(([detail, x, filters, options]) => [
  makeCase("convTranspose", detail, (b, input) => b.convTranspose(input(x), input(filters), options)),
  makeCase("convTranspose", `${detail}, constant filters`, (b, input) => b.convTranspose(input(x), b.constant(seeded(filters, 10)), options)),
]);

const POOLS: readonly (readonly [detail: string, x: readonly number[], kernel: readonly number[], options?: Partial<PoolAttrs>])[] = [
  ["1D", [2, 3, 9], [3]],
  ["1D, overlapping, padded", [1, 2, 10], [3], { strides: [2], padLow: [1], padHigh: [1] }],
  ["2D, 2×2", [1, 3, 8, 6], [2, 2]],
  ["2D, rows left over", [2, 3, 7, 9], [2, 2]],
  ["2D, 3×3, stride 2", [1, 3, 9, 9], [3, 3], { strides: [2, 2] }],
  ["2D, 3×3, stride 2, padded", [1, 3, 8, 9], [3, 3], { strides: [2, 2], padLow: [1, 0], padHigh: [1, 1] }],
  ["2D, stride 1, padded", [1, 2, 6, 6], [3, 3], { strides: [1, 1], padLow: [1, 1], padHigh: [1, 1] }],
  ["2D, whole", [1, 4, 5, 6], [5, 6]],
  ["2D, strides beyond the window", [1, 2, 9, 9], [2, 2], { strides: [3, 4] }],
  ["3D", [1, 2, 6, 4, 4], [2, 2, 2]],
  ["3D, overlapping, padded", [1, 2, 5, 5, 6], [3, 2, 3], { strides: [2, 1, 2], padLow: [1, 0, 1], padHigh: [1, 1, 1] }],
];

const pools = POOLS.flatMap(([detail, x, kernel, options]) => [
  makeCase("maxPool", detail, (b, input) => b.maxPool(input(x, distinct), kernel, options)),
  ...[false, true].map((countIncludePad) => makeCase("avgPool", `${detail}${countIncludePad ? ", counting padding" : ""}`, (b, input) => b.avgPool(input(x), kernel, { ...options, countIncludePad }))),
]);
const negative = makeCase("maxPool", "padding never wins over negatives", (b, input) => b.maxPool(input([1, 2, 4, 4], between(-3, -1)), [3, 3], { strides: [2, 2], padLow: [1, 1], padHigh: [1, 1] }));

const RESIZES: readonly (readonly [x: readonly number[], size: readonly number[]])[] = [
  [[1, 2, 5], [10]], [[1, 2, 9], [4]], [[1, 3, 4, 5], [8, 10]], [[2, 3, 4, 6], [7, 9]], [[1, 3, 8, 8], [4, 4]], [[1, 2, 9, 7], [5, 3]], [[1, 2, 1, 1], [3, 4]], [[1, 2, 5, 6], [5, 12]], [[1, 2, 3, 4, 2], [6, 4, 4]],
];
/** `nearest` where no source position is a tie. */
const NEAREST: readonly (readonly [x: readonly number[], size: readonly number[]])[] = [[[1, 2, 5], [10]], [[1, 3, 4, 5], [8, 15]], [[1, 2, 9, 6], [3, 2]], [[1, 2, 4, 6], [7, 11]], [[1, 2, 2, 3, 2], [4, 6, 4]], [[2, 3, 2, 3, 2], [4, 3, 6]], [[1, 2, 2, 3, 2], [3, 6, 4]]];

export const LINEAR_CASES: readonly ConformanceCase[] = [
  ...matmul,
  makeCase("matmul", "constant on the right", (b, input) => b.matmul(input([3, 8]), b.constant(seeded([8, 5], 13)))),
  makeCase("matmul", "a matrix by its own transpose", (b, input) => {
    const x = input([20, 6]);
    return b.matmul(x, x, { transposeA: true });
  }),
  ...conv, ...convTranspose, ...pools, negative,
  ...RESIZES.map(([x, size]) => makeCase("resize", `linear [${x}] to [${size}]`, (b, input) => b.resize(input(x), size))),
  ...NEAREST.map(([x, size]) => makeCase("resize", `nearest [${x}] to [${size}]`, (b, input) => b.resize(input(x), size, "nearest"))),
];
