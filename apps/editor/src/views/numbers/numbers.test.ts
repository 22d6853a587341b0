import { describe, expect, it } from "vitest";
import { formatDistance, formatNumber } from "./format-number.ts";
import { arcPath, distanceEnd, niceCeiling, onArc, wantsLogarithm } from "./scales.ts";
import { range, statistics } from "./statistics.ts";

describe("numbers as people read them", () => {
  it.each([[0, "0"], [0.436055, "0.4361"], [-3, "−3"], [1234567, "1.23·10⁶"], [1e-6, "10⁻⁶"], [-1.2e-6, "−1.2·10⁻⁶"], [NaN, "not a number"], [-Infinity, "−∞"], [100000, "100000"]])("%d is %s", (value, text) => expect(formatNumber(value)).toBe(text));
  it.each([[0.4, "0.40"], [-0.164, "−0.16"], [36.25, "36.25"]])("a distance of %d is %s", (value, text) => expect(formatDistance(value)).toBe(text));
});

describe("scales", () => {
  it.each([[0.44, 0.5], [1.2, 1.2], [0.61, 0.8], [7, 8], [9, 10], [0, 1], [NaN, 1], [2.1e-5, 2.5e-5]])("the nice end for %d is %d", (value, end) => expect(niceCeiling(value)).toBe(end));

  it("has τ in the middle, unless a distance needs more room", () => {
    expect(distanceEnd(0.6, [0.44])).toBe(1.2);
    expect(distanceEnd(0.6, [1.6])).toBe(2);
    expect(distanceEnd(null, [0.44, NaN])).toBe(0.5);
  });

  it("wants a logarithm for what falls by powers of ten, never for what touches zero", () => {
    expect(wantsLogarithm([1000, 5])).toBe(true);
    expect(wantsLogarithm([10, 5])).toBe(false);
    expect(wantsLogarithm([1000, 0])).toBe(false);
    expect(wantsLogarithm([])).toBe(false);
  });

  it("runs the arc from left over the top to right, and no further", () => {
    expect(onArc(0, 10, 0, 0)[0]).toBeCloseTo(-10);
    expect(onArc(0.5, 10, 0, 0)[1]).toBeCloseTo(-10);
    expect(onArc(7, 10, 0, 0)[0]).toBeCloseTo(10);
    expect(arcPath(0, 0.5, 10, 20, 30)).toBe("M10.00 30.00A10 10 0 0 1 20.00 20.00");
  });
});

describe("statistics", () => {
  it("counts what is not finite and leaves it out of the rest", () => {
    const s = statistics([1, 2, 3, 4, NaN, Infinity], 3);
    expect(s).toEqual({ min: 1, mean: 2.5, max: 4, histogram: [1, 1, 2], notFinite: 2 });
  });
  it("puts equal numbers into one bin, and has zeros of nothing", () => {
    expect(statistics([5, 5], 4).histogram).toEqual([2, 0, 0, 0]);
    expect(statistics([NaN], 2)).toEqual({ min: 0, mean: 0, max: 0, histogram: [0, 0], notFinite: 1 });
  });
  it("finds the range of one channel", () => {
    expect(range([1, -9, 2, 99, 3, 50], 0, 3, 2)).toEqual([1, 3]);
    expect(range([])).toEqual([0, 0]);
  });
});
