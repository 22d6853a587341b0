/** Typed numbers, steps and slider positions come out as a person expects. */
import type { NumberParam } from "@patchbay/graph-core";
import { describe, expect, it } from "vitest";
import { formatNumber, nudge, readNumber } from "./number-entry.ts";
import { sliderScale } from "./slider-scale.ts";

const number = (fields: Partial<NumberParam>): NumberParam => ({ kind: "number", name: "x", title: "X", help: "", default: 1, ...fields });
const value = (text: string, unit?: string): number | string => {
  const entry = readNumber(text, unit);
  return entry.ok ? entry.value : entry.message;
};

describe("readNumber", () => {
  it.each<[string, number]>([
    ["12", 12], [" -3.5 ", -3.5], ["1/3", 1 / 3], ["2^10", 1024], ["-2^2", -4], ["(1+2)*3-4/2", 7], ["2^3^2", 512], ["5e-3", 0.005], [".5", 0.5], ["1,5", 1.5],
    ["40%", 0.4], ["2×3", 6], ["−4", -4], ["pi/2", Math.PI / 2], ["1 000", 1000], ["10 - 4 - 3", 3], ["8/4/2", 1], ["2e", NaN],
  ])("%s", (text, expected) => {
    if (Number.isNaN(expected)) expect(value(text)).toBe(`“${text}” is not a number, nor a calculation such as 1/3.`);
    else expect(value(text)).toBe(expected);
  });
  it("passes over the unit", () => expect([value("512 px", "px"), value("512px", "px")]).toEqual([512, 512]));
  it.each(["", "abc", "1+", "(1", "1)", "1 2 x", "alert(1)", "--", "1..2"])("refuses %j in a sentence", (text) => expect(value(text)).toMatch(/\.$/));
  it("says what has no finite value", () => expect(value("1/0")).toBe("“1/0” has no finite value."));
  it("does not guess what 1,000 means", () => expect(value("1,000")).toBe("“1,000” can be read in two ways; write 1000 or 1.000."));
});

describe("formatNumber", () => {
  it.each([[1 / 3, "0.333333"], [0.1 + 0.2, "0.3"], [1e9, "1e9"], [0.15, "0.15"], [2147483647, "2147483647"], [1.5e-7, "1.5e-7"], [8192, "8192"]])("%f", (n, text) => {
    expect(formatNumber(n)).toBe(text);
  });
});

describe("nudge", () => {
  it("goes by the declared step, ten times as far with Shift", () => {
    const strength = number({ min: 0, max: 1, step: 0.05, default: 0.5 });
    expect(nudge(strength, 0.25, 1)).toBe(0.3);
    expect(nudge(strength, 0.25, 1, { coarse: true })).toBe(0.75);
    expect(nudge(strength, 0.98, 1)).toBe(1);
  });
  it("goes by one through whole numbers", () => expect([nudge(number({ integer: true }), 5, -1), nudge(number({ integer: true }), 5, 1, { coarse: true }), nudge(number({ integer: true }), 5, 1, { fine: true })]).toEqual([4, 15, 6]));
  it("multiplies on a logarithmic scale and leaves zero", () => {
    const weight = number({ min: 0, max: 1e9, scale: "log", default: 10 });
    expect([nudge(weight, 10, 1), nudge(weight, 10, 1, { coarse: true }), nudge(weight, 0, 1)]).toEqual([11, 100, 0.01]);
    expect(nudge(weight, 1.1, -1)).toBe(1);
  });
});

describe("sliderScale", () => {
  it("is there only between two ends", () => {
    expect(sliderScale(number({ min: 0 }), 1)).toBeNull();
    expect(sliderScale(number({ min: 0, max: 2147483647, integer: true }), 1)).toBeNull();
  });
  it("keeps to steps", () => {
    const scale = sliderScale(number({ min: 0, max: 1, step: 0.05, default: 0.5 }), 0.5)!;
    expect(scale.toValue(0.333)).toBe(0.35);
    expect(scale.toPosition(0.35)).toBeCloseTo(0.35);
  });
  it("shows the part of a long range that is used, and always the value", () => {
    const threshold = number({ min: 0, max: 1000, step: 0.01, default: 0.6 });
    expect(sliderScale(threshold, 0.6)!.max).toBe(2.5);
    expect(sliderScale(threshold, 40)!.max).toBe(80);
    expect(sliderScale(threshold, 1000)!.max).toBe(1000);
  });
  it("is logarithmic where declared, with zero at its end", () => {
    const weight = number({ min: 0, max: 1e9, scale: "log", default: 10 });
    const scale = sliderScale(weight, 10)!;
    expect(scale.toValue(0)).toBe(0);
    expect(scale.toPosition(0)).toBe(0);
    for (const v of [0.01, 0.5, 10, 3300, 10_000]) expect(scale.toValue(scale.toPosition(v))).toBe(v);
    expect(scale.toPosition(10) - scale.toPosition(1)).toBeCloseTo(scale.toPosition(100) - scale.toPosition(10), 6);
  });
});
