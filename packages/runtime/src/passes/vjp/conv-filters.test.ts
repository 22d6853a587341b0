import { describe, expect, test } from "vitest";
import { evaluate64 } from "../../backends/reference/evaluate.ts";
import { Builder, type Value } from "../../ir/builder.ts";
import type { ConvAttrs } from "../../ir/ops.ts";
import { float32 } from "../../ir/tensor.ts";
import { noise } from "../weighted-loss.ts";
import { byConvolution, byMatrix, byPlanes, convFilterGradient, tapByTap } from "./conv-filters.ts";

type Way = (b: Builder, x: Value, grad: Value, shape: readonly number[], a: ConvAttrs) => Value;
type Geometry = readonly [detail: string, x: readonly number[], filters: readonly number[], options?: Partial<ConvAttrs>];

/** The shape that convolution gives, so that tests need not state it. */
function site([, x, filters, options]: Geometry): { b: Builder; x: Value; grad: Value; attrs: ConvAttrs } {
  const b = new Builder();
  const input = b.input("x", { dtype: "float32", shape: x });
  const each = (n: number) => x.slice(2).map(() => n);
  const attrs = { strides: each(1), dilations: each(1), padLow: each(0), padHigh: each(0), groups: 1, ...options };
  const { shape } = new Builder().conv(input, { id: 0, dtype: "float32", shape: filters }, attrs);
  return { b, x: input, grad: b.input("grad", { dtype: "float32", shape }), attrs };
}

function result(geometry: Geometry, way: Way): number[] {
  const { b, x, grad, attrs } = site(geometry);
  const program = b.build({ filters: way(b, x, grad, geometry[2], attrs) });
  const given = (v: Value, seed: number) => float32(v.shape, noise(v.shape, seed));
  const out = evaluate64(program, { x: given(x, 1), grad: given(grad, 2) })["filters"]!;
  expect(out.shape).toEqual(geometry[2]);
  return [...out.data];
}

const convolved: Way = (b, x, grad, shape, a) => byConvolution(b, b.channelsLast(x), b.transpose(grad, [1, 0, ...grad.shape.slice(2).map((_, i) => i + 2)]), shape, a);

const GEOMETRIES: readonly Geometry[] = [
  ["one image, one channel", [1, 1, 9], [1, 1, 3]],
  ["signal", [4, 3, 16], [5, 3, 5], { padLow: [2], padHigh: [2] }],
  ["signal, stride beyond the kernel", [2, 2, 17], [3, 2, 2], { strides: [4] }],
  ["signal, dilated, uneven padding", [3, 4, 14], [2, 4, 3], { dilations: [3], strides: [2], padLow: [4], padHigh: [1] }],
  ["picture", [3, 3, 7, 6], [4, 3, 3, 3], { padLow: [1, 1], padHigh: [1, 1] }],
  ["picture, strides, uneven padding and kernel", [2, 2, 9, 11], [3, 2, 2, 5], { strides: [2, 3], padLow: [1, 0], padHigh: [0, 3] }],
  ["picture, rows and columns left over", [2, 3, 10, 12], [2, 3, 3, 3], { strides: [3, 4] }],
  ["picture, dilated along its rows", [2, 2, 6, 9], [3, 2, 3, 3], { dilations: [1, 2], padLow: [0, 2], padHigh: [1, 0] }],
  ["volume", [2, 2, 4, 5, 4], [3, 2, 3, 3, 3], { padLow: [1, 1, 1], padHigh: [1, 1, 1] }],
  ["volume, strides, rows left over", [2, 3, 6, 5, 7], [2, 3, 2, 3, 2], { strides: [3, 1, 2], padLow: [0, 1, 0], padHigh: [1, 0, 0] }],
];

describe("every way to the filters' gradient gives what tap by tap gives, in float64", () => {
  test.each(GEOMETRIES.map((geometry) => [geometry[0], geometry] as const))("%s", (_detail, geometry) => {
    const want = result(geometry, tapByTap);
    const ways: readonly Way[] = [convolved, byMatrix, convFilterGradient, ...(geometry[1].length === 5 ? [byPlanes] : [])];
    for (const way of ways) result(geometry, way).forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 10));
  });
});

describe("which way is taken", () => {
  const operations = (geometry: Geometry) => {
    const { b, x, grad, attrs } = site(geometry);
    convFilterGradient(b, x, grad, geometry[2], attrs);
    const count = (op: string) => b.equations.filter((e) => e.op === op).length;
    return { conv: count("conv"), matmul: count("matmul") };
  };
  test.each<readonly [Geometry, { conv: number; matmul: number }]>([
    [["picture", [8, 16, 8, 8], [32, 16, 3, 3]], { conv: 1, matmul: 0 }],
    [["1×1", [8, 16, 8, 8], [32, 16, 1, 1]], { conv: 0, matmul: 1 }],
    [["a grey picture", [8, 1, 8, 8], [32, 1, 3, 3]], { conv: 0, matmul: 1 }],
    [["grouped", [8, 16, 8, 8], [32, 8, 2, 2], { groups: 2 }], { conv: 0, matmul: 4 }],
    [["depthwise", [8, 16, 8, 8], [16, 1, 3, 3], { groups: 16 }], { conv: 0, matmul: 0 }],
    [["dilated rows", [8, 16, 8, 8], [8, 16, 2, 2], { dilations: [2, 2] }], { conv: 0, matmul: 4 }],
    [["volume", [2, 1, 8, 8, 8], [8, 1, 3, 3, 3]], { conv: 1, matmul: 0 }],
  ])("%j", (geometry, want) => expect(operations(geometry)).toEqual(want));
});
