import { expect, test } from "vitest";
import { philox4x32, randomValues } from "./random.ts";

const hex = (words: readonly number[]) => words.map((w) => w.toString(16).padStart(8, "0")).join(" ");

test("Philox4x32-10 gives the known answers of its authors' Random123 library", () => {
  expect(hex(philox4x32([0, 0, 0, 0], [0, 0]))).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
  const ones = 0xffffffff;
  expect(hex(philox4x32([ones, ones, ones, ones], [ones, ones]))).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
  expect(hex(philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toBe("d16cfe09 94fdcceb 5001e420 24126ea1");
});

test("uniform numbers lie in [0, 1) with the moments of a uniform distribution", () => {
  const x = randomValues({ distribution: "uniform", shape: [100, 100], seed: 1 });
  expect(Math.min(...x)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...x)).toBeLessThan(1);
  const mean = x.reduce((a, b) => a + b) / x.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length - 1 / 12)).toBeLessThan(0.003);
});

test("normal numbers have mean 0, variance 1 and the right share beyond two deviations", () => {
  const x = randomValues({ distribution: "normal", shape: [20001], seed: 7 });
  expect(Math.abs(x.reduce((a, b) => a + b) / x.length)).toBeLessThan(0.02);
  expect(Math.abs(x.reduce((a, b) => a + b * b, 0) / x.length - 1)).toBeLessThan(0.03);
  expect(x.filter((v) => Math.abs(v) > 2).length / x.length).toBeCloseTo(0.0455, 2);
});

test("a shorter tensor is a prefix of a longer one, and the high half of the seed counts", () => {
  const of = (size: number, seed: number) => [...randomValues({ distribution: "normal", shape: [size], seed })];
  expect(of(9, 3).slice(0, 5)).toEqual(of(5, 3));
  expect(of(5, 3)).not.toEqual(of(5, 4));
  expect(of(5, 3)).not.toEqual(of(5, 3 + 2 ** 32));
});
