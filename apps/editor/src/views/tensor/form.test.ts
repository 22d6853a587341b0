import type { Meaning } from "@patchbay/graph-core";
import { describe, expect, it } from "vitest";
import { tensorForm, type TensorForm } from "./form.ts";
import { thinned } from "./thinned.ts";

describe("the form of a tensor", () => {
  const cases: [number[], Meaning | undefined, TensorForm][] = [
    [[], "loss", "scalar"], [[1, 1], undefined, "scalar"], [[1, 150, 150, 3], "image", "pictures"], [[1, 150, 150, 3], undefined, "maps"], [[8, 128], "encoding", "strips"],
    [[128], undefined, "vector"], [[1, 128], undefined, "vector"], [[64, 64], "gram", "matrix"], [[1, 256, 2], "signal", "signal"], [[1, 256, 64], "signal", "signal"],
    [[1, 6, 32], "activation", "matrix"], [[1, 14, 14, 14, 1], "volume", "slices"], [[1, 10, 10, 10, 16], "activation", "slices"], [[0, 128], "encoding", "nothing"], [[2, 2, 2, 2, 2, 2], undefined, "numbers"],
  ];
  it.each(cases)("%j as %s is %s", (shape, meaning, form) => expect(tensorForm(shape, { kind: "tensor", dtype: "float32", shape, ...(meaning ? { meaning } : {}) })).toBe(form));
});

describe("a thinned curve", () => {
  it("keeps the peaks of a long one, in order", () => {
    const curve = new Float32Array(10_000);
    curve[4321] = 9;
    curve[4322] = -9;
    const points = thinned(curve, 100);
    expect(points.length).toBeLessThanOrEqual(102);
    expect(points).toContainEqual([4321, 9]);
    expect(points).toContainEqual([4322, -9]);
    expect(points.every(([i], at) => at === 0 || i >= points[at - 1]![0])).toBe(true);
  });
  it("leaves a short one as it is", () => expect(thinned([3, 1])).toEqual([[0, 3], [1, 1]]));
});
