/** Conformance cases of the operations that move elements. */
import type { Builder, Value } from "../../ir/builder.ts";
import type { OpName } from "../../ir/ops.ts";
import type { DType } from "../../ir/tensor.ts";
import { between, bools, exactly, makeCase, seeded, whole, type ConformanceCase, type Fill } from "./case.ts";

const FILLS: { readonly [D in DType]: Fill } = { float32: between(-2, 2), int32: whole(-9, 9), bool: bools };

/** The first shape in every dtype, the others as float32. */
const moves = (op: OpName, dtypes: readonly DType[], list: readonly (readonly [detail: string, shape: readonly number[], make: (b: Builder, x: Value) => Value])[]): ConformanceCase[] =>
  list.flatMap(([detail, shape, make], i) =>
    (i === 0 ? dtypes : dtypes.slice(0, 1)).map((dtype) => makeCase(op, `[${shape}] ${detail} ${dtype}`, (b, input) => make(b, input(shape, FILLS[dtype])), 0)),
  );

const ALL: readonly DType[] = ["float32", "int32", "bool"];
const NUMBERS: readonly DType[] = ["float32", "int32"];

export const SHAPE_CASES: readonly ConformanceCase[] = [
  ...moves("reshape", ALL, [
    ["to [3,4]", [2, 6], (b, x) => b.reshape(x, [3, 4])],
    ["to a scalar", [1, 1], (b, x) => b.reshape(x, [])],
    ["from a scalar", [], (b, x) => b.reshape(x, [1, 1, 1])],
    ["to [4,3,2,1,5]", [8, 15], (b, x) => b.reshape(x, [4, 3, 2, 1, 5])],
    ["to rank 6", [12, 10], (b, x) => b.reshape(x, [2, 3, 2, 5, 1, 2])],
  ]),
  ...moves("broadcast", ALL, [
    ["to [2,3]", [3], (b, x) => b.broadcast(x, [2, 3])],
    ["a scalar to [2,3,4]", [], (b, x) => b.broadcast(x, [2, 3, 4])],
    ["to [4,2,3,5]", [2, 1, 5], (b, x) => b.broadcast(x, [4, 2, 3, 5])],
    ["to [2,3,4,5,2]", [1, 3, 1, 1, 2], (b, x) => b.broadcast(x, [2, 3, 4, 5, 2])],
  ]),
  ...moves("transpose", ALL, [
    ["0231", [2, 3, 4, 5], (b, x) => b.transpose(x, [0, 2, 3, 1])],
    ["10", [5, 7], (b, x) => b.transpose(x, [1, 0])],
    ["021", [2, 3, 4], (b, x) => b.transpose(x, [0, 2, 1])],
    ["0312", [1, 6, 5, 3], (b, x) => b.transpose(x, [0, 3, 1, 2])],
    ["41302", [2, 3, 2, 4, 3], (b, x) => b.transpose(x, [4, 1, 3, 0, 2])],
    ["rank 6", [2, 1, 3, 2, 2, 2], (b, x) => b.transpose(x, [5, 0, 3, 1, 4, 2])],
  ]),
  ...([["float32"], ["int32"], ["bool"]] as const).map(([dtype]) =>
    makeCase("concat", `axis 1 ${dtype}`, (b, input) => b.concat([input([2, 3], FILLS[dtype]), input([2, 1], FILLS[dtype]), input([2, 4], FILLS[dtype])], 1), 0),
  ),
  makeCase("concat", "axis 0", (b, input) => b.concat([input([2, 3, 2]), input([1, 3, 2])], 0), 0),
  makeCase("concat", "axis 3 of rank 4, one value twice", (b, input) => {
    const x = input([2, 3, 2, 2]);
    return b.concat([x, input([2, 3, 2, 1]), x], 3);
  }, 0),
  makeCase("concat", "one input", (b, input) => b.emit("concat", { axis: 1 }, input([2, 3])), 0),
  makeCase("concat", "seven inputs", (b, input) => b.concat(Array.from({ length: 7 }, (_, i) => input([1, i + 1])), 1), 0),
  ...moves("slice", ALL, [
    ["1:5:1, 0:3:1", [6, 4], (b, x) => b.slice(x, [1, 0], [5, 3])],
    ["2:9:3", [10], (b, x) => b.slice(x, [2], [9], [3])],
    ["steps 1,2,2", [2, 7, 8], (b, x) => b.slice(x, [0, 1, 0], [2, 7, 8], [1, 2, 2])],
    ["one element", [3, 4, 5, 2], (b, x) => b.slice(x, [2, 3, 4, 1], [3, 4, 5, 2])],
    ["rank 5", [2, 2, 5, 6, 4], (b, x) => b.slice(x, [0, 1, 1, 0, 1], [2, 2, 4, 6, 4], [1, 1, 2, 2, 1])],
  ]),
  ...moves("reverse", NUMBERS, [
    ["axis 1", [3, 4], (b, x) => b.reverse(x, [1])],
    ["the only axis", [5], (b, x) => b.reverse(x, [0])],
    ["axes 2, 3", [2, 3, 3, 4], (b, x) => b.reverse(x, [2, 3])],
    ["axes 0, 2, 4", [2, 1, 3, 2, 4], (b, x) => b.reverse(x, [0, 2, 4])],
  ]),
  ...moves("pad", NUMBERS, [
    ["with zeros", [3, 4], (b, x) => b.pad(x, [1, 0], [2, 3])],
    ["with 5", [4], (b, x) => b.pad(x, [2], [1], { value: 5 })],
    ["interior", [2, 3, 4], (b, x) => b.pad(x, [0, 1, 2], [1, 0, 1], { interior: [0, 1, 2] })],
    ["interior alone", [1, 2, 3, 3], (b, x) => b.pad(x, [0, 0, 0, 0], [0, 0, 0, 0], { interior: [0, 0, 1, 1] })],
    ["reflect", [5, 6], (b, x) => b.pad(x, [2, 0], [1, 4], { mode: "reflect" })],
    ["reflect of rank 4", [1, 2, 4, 5], (b, x) => b.pad(x, [0, 0, 1, 2], [0, 0, 1, 1], { mode: "reflect" })],
    ["edge", [3, 4], (b, x) => b.pad(x, [2, 1], [0, 3], { mode: "edge" })],
    ["edge of rank 4", [2, 3, 4, 2], (b, x) => b.pad(x, [0, 1, 1, 0], [0, 1, 2, 0], { mode: "edge" })],
    ["zeros of rank 5", [1, 2, 3, 2, 3], (b, x) => b.pad(x, [0, 0, 1, 1, 1], [0, 0, 1, 1, 2])],
    ["edge of rank 5", [1, 2, 3, 2, 3], (b, x) => b.pad(x, [0, 0, 1, 1, 1], [0, 0, 1, 1, 2], { mode: "edge" })],
    ["reflect of rank 5", [1, 2, 3, 4, 3], (b, x) => b.pad(x, [0, 0, 1, 1, 2], [0, 0, 2, 1, 1], { mode: "reflect" })],
  ]),
  ...([
    ["axis 0, rank-1 indices", [5, 3], [4], 0], ["axis 1, rank-2 indices", [2, 6, 2], [2, 3], 1], ["a scalar index", [4, 3], [], 0], ["the last axis", [2, 3, 4], [5], 2], ["a vector", [7], [3, 2], 0],
  ] as const).flatMap(([detail, shape, index, axis]) => [
    makeCase("gather", detail, (b, input) => b.gather(input(shape), input(index, whole(0, shape[axis]! - 1)), axis), 0),
    makeCase("gather", `${detail}, constant`, (b, input) => b.gather(input(shape), b.constant(seeded(index, 5, whole(0, shape[axis]! - 1))), axis), 0),
  ]),
  makeCase("gather", "int32", (b, input) => b.gather(input([5, 3], whole(-9, 9)), input([4], whole(0, 4)), 0), 0),
  ...([
    ["axis 0 with repeats", [6, 3], [6], 0, 4], ["axis 1, rank-2 indices", [2, 2, 3, 2], [2, 3], 1, 5], ["a scalar index", [4, 3], [], 0, 2], ["the last axis", [2, 3, 5], [5], 2, 4], ["to a vector", [6], [6], 0, 3],
  ] as const).flatMap(([detail, shape, index, axis, size]) => [
    makeCase("scatterAdd", detail, (b, input) => b.scatterAdd(input(index.length ? shape : shape.filter((_, i) => i !== axis)), input(index, whole(0, size - 1)), axis, size)),
    makeCase("scatterAdd", `${detail}, constant`, (b, input) => b.scatterAdd(input(index.length ? shape : shape.filter((_, i) => i !== axis)), b.constant(seeded(index, 6, whole(0, size - 1))), axis, size)),
  ]),
  ...([["axis 0 by 2", [5], 0, 2], ["axis 1 by −1", [2, 4], 1, -1], ["axis 2 by more than its length", [1, 2, 5, 3], 2, 12], ["by 0", [3, 4], 0, 0], ["axis 1 by −9", [2, 4, 2], 1, -9]] as const).flatMap(([detail, shape, axis, by]) => [
    makeCase("roll", detail, (b, input) => b.roll(input(shape), input([], exactly("int32", [by])), axis), 0),
    makeCase("roll", `${detail}, constant`, (b, input) => b.roll(input(shape), b.scalar(by, "int32"), axis), 0),
  ]),
];
