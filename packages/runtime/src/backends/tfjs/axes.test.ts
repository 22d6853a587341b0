/** Merging axes keeps elements and their order; only what an operation treats alike is merged. */
import { expect, test } from "vitest";
import { around, mergeBroadcast, runs, untouchedMerged } from "./axes.ts";

test("neighbours that broadcast alike merge, axes of length 1 vanish", () => {
  expect(mergeBroadcast([[2, 3, 4, 1, 5], [4, 1, 5]], [2, 3, 4, 1, 5])).toEqual({ shapes: [[6, 20], [1, 20]], out: [6, 20] });
  expect(mergeBroadcast([[2, 1, 4, 5, 6], [2, 3, 1, 5, 1]], [2, 3, 4, 5, 6])).toEqual({ shapes: [[2, 1, 4, 5, 6], [2, 3, 1, 5, 1]], out: [2, 3, 4, 5, 6] });
  expect(mergeBroadcast([[], [1, 1]], [1, 1])).toEqual({ shapes: [[], []], out: [] });
});

test("untouched neighbours merge, touched ones stay alone", () => {
  expect(untouchedMerged([false, false, true, true, false, false])).toEqual([[0, 1], [2], [3], [4, 5]]);
});

test("runs and surroundings", () => {
  expect(runs(0, () => true)).toEqual([]);
  expect(runs(3, (i) => i === 2)).toEqual([[0], [1, 2]]);
  expect(around([2, 3, 4, 5], 2)).toEqual([6, 4, 5]);
  expect(around([7], 0)).toEqual([1, 7, 1]);
});
