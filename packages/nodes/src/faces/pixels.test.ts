/** Sampling against straightforward sums, at borders, and for aliasing. */
import type { ImageValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { sampleChip, sampleRegion } from "./pixels.ts";

const image = (width: number, height: number, at: (x: number, y: number) => number): ImageValue =>
  ({ kind: "image", width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => at(Math.floor(i / 3) % width, Math.floor(i / 3 / width))) });
const red = (pixels: Float32Array) => Array.from({ length: pixels.length / 3 }, (_, i) => Math.round(pixels[3 * i]! * 255 * 1e3) / 1e3);

describe("sampleRegion", () => {
  const ramp = image(6, 5, (x, y) => 10 * x + 40 * y);

  it("at the same size is the picture, from whole offsets a cut-out", () => {
    expect(red(sampleRegion(ramp, { x: 0, y: 0, width: 6, height: 5 }, 6, 5))).toEqual(Array.from({ length: 30 }, (_, i) => 10 * (i % 6) + 40 * Math.floor(i / 6)));
    expect(red(sampleRegion(ramp, { x: 1, y: 2, width: 2, height: 2 }, 2, 2))).toEqual([90, 100, 130, 140]);
  });

  it("beyond the border is black or the edge", () => {
    const region = { x: -1, y: 4, width: 3, height: 2 };
    expect(red(sampleRegion(ramp, region, 3, 2))).toEqual([0, 160, 170, 0, 0, 0]);
    expect(red(sampleRegion(ramp, region, 3, 2, "edge"))).toEqual([160, 160, 170, 160, 160, 170]);
    expect(red(sampleRegion(ramp, { x: 100, y: 100, width: 4, height: 4 }, 2, 2))).toEqual([0, 0, 0, 0]);
  });

  it("enlarges bilinearly", () => {
    expect(red(sampleRegion(image(2, 1, (x) => 200 * x), { x: 0, y: 0, width: 2, height: 1 }, 4, 1, "edge"))).toEqual([0, 50, 150, 200]);
  });

  it("shrinks stripes to grey, not to more stripes", () => {
    const stripes = image(301, 301, (x) => 255 * (x % 2));
    const small = sampleRegion(stripes, { x: 0, y: 0, width: 301, height: 301 }, 40, 40, "edge");
    for (const v of small.subarray(6, 114)) expect(Math.abs(v - 0.5)).toBeLessThan(0.02);
  });
});

it("sampleChip shrinks a turned picture without aliasing and keeps its mean", () => {
  const stripes = image(400, 400, (x, y) => 255 * ((x + y) % 2));
  const turn = Math.PI / 5;
  const chip = sampleChip(stripes, { a: 4 * Math.cos(turn), b: 4 * Math.sin(turn), tx: 200, ty: 60 }, 32);
  for (const v of chip) expect(Math.abs(v - 0.5)).toBeLessThan(0.03);
});
