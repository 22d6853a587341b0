/** Conformance cases of reductions and of what orders elements. */
import { distinct, exactly, makeCase, whole, type ConformanceCase } from "./case.ts";

const AXES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[7], [0]], [[3, 4], [0]], [[3, 4], [1]], [[3, 4], [0, 1]], [[2, 3, 4, 5], [1, 2]], [[2, 3, 4, 5], [3]], [[2, 3, 4, 5], [0, 2, 3]], [[2, 3, 2, 4, 3], [2, 3, 4]], [[2, 1, 3], [1]],
];

const reductions = (["reduceSum", "reduceMax", "reduceMin"] as const).flatMap((op) => [
  ...AXES.flatMap(([shape, axes]) => [false, true].map((keepDims) => makeCase(op, `[${shape}] over [${axes}]${keepDims ? " keeping" : ""}`, (b, input) => b.emit(op, { axes, keepDims }, input(shape, distinct))))),
  makeCase(op, "int32", (b, input) => b.emit(op, { axes: [1], keepDims: false }, input([3, 5], whole(-50, 50)))),
  makeCase(op, "no axes", (b, input) => b.emit(op, { axes: [], keepDims: false }, input([2, 3]))),
  makeCase(op, "to a scalar that is used on", (b, input) => {
    const x = input([4, 6], distinct);
    return b.sub(x, b.emit(op, { axes: [0, 1], keepDims: false }, x));
  }),
]);

export const REDUCE_CASES: readonly ConformanceCase[] = [
  ...reductions,
  makeCase("reduceSum", "a long row, relative error of float32", (b, input) => b.sum(input([1, 1024]))),
  ...([[[7], 0], [[3, 4], 0], [[3, 4], 1], [[2, 3, 4], 1], [[2, 3, 4, 2], 3]] as const).map(([shape, axis]) => makeCase("argMax", `[${shape}] axis ${axis}`, (b, input) => b.argMax(input(shape, distinct), axis), 0)),
  makeCase("argMax", "the first of equal ones", (b, input) => b.argMax(input([2, 4], exactly("float32", [1, 3, 3, 0, 2, 2, 2, 2])), 1), 0),
  ...([[[8], 3], [[3, 6], 1], [[2, 2, 5], 5], [[4, 16], 7]] as const).flatMap(([shape, k]) =>
    [true, false].map((largest) => makeCase("topK", `${k} ${largest ? "largest" : "smallest"} of [${shape}]`, (b, input) => ({ ...b.topK(input(shape, distinct), k, largest) }), 0)),
  ),
  ...[true, false].map((largest) => makeCase("topK", `${largest ? "largest" : "smallest"}, ties by lower index`, (b, input) => ({ ...b.topK(input([2, 5], exactly("float32", [1, 2, 2, 0, 1, 5, 5, 5, 5, 5])), 3, largest) }), 0)),
];
