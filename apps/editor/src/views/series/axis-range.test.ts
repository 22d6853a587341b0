import { describe, expect, it } from "vitest";
import { linearRange, logRange, logTicks } from "./axis-range.ts";

describe("the range of an axis", () => {
  it("reaches a little further than its curves, and not below zero for what is not", () => {
    expect(linearRange(10, 20)).toEqual([9.4, 20.6]);
    expect(linearRange(0.1, 10)[0]).toBe(0);
    expect(linearRange(-1, 1)).toEqual([-1.12, 1.12]);
    expect(logRange(0.01, 100)).toEqual([0.008, 125]);
  });

  it.each([[5, 5], [1000, 1000.0000001], [0, 0], [-3, -3], [1e-30, 1e-30]])("is long enough to be divided for %d to %d", (min, max) => {
    const [from, to] = linearRange(min, max);
    expect(to - from).toBeGreaterThan(Math.max(Math.abs(from), Math.abs(to)) * 1e-3);
    expect(from).toBeLessThanOrEqual(min);
    expect(to).toBeGreaterThanOrEqual(max);
  });

  it("has marks at powers of ten, however far it reaches, and finer ones where it is short", () => {
    expect(logTicks(3e-9, 0.4)).toEqual([1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1]);
    expect(logTicks(0.8, 12)).toEqual([1, 2, 5, 10]);
    expect(logTicks(0.0301, 0.09)).toEqual([0.05]);
    expect(logTicks(0.31, 0.49)).toEqual([expect.closeTo(0.3897, 3)]);
    expect(logTicks(1e-300, 1e300).every((v) => v >= 1e-300 && v <= 1e300)).toBe(true);
  });

  it("is some range also where nothing is shown, or nothing that has a logarithm", () => {
    for (const range of [linearRange(null, null), linearRange(NaN, 1), logRange(null, null), logRange(0, 5), logRange(-1, 5), logRange(1, Infinity)]) {
      expect(range.every(Number.isFinite)).toBe(true);
      expect(range[1]).toBeGreaterThan(range[0]);
    }
    expect(logRange(0, 5)[0]).toBeGreaterThan(0);
  });
});
