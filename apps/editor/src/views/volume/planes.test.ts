import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { colourMap, GREYS } from "../pixels/colour-maps.ts";
import { paintCut, placeAt, planeRatio, planeSize, PLANES, shareOf, stepped, usualEnds, type Place } from "./planes.ts";

// Two slices of two rows and three columns; the digits of a value are its place: z y x.
const volume = { shape: [1, 2, 2, 3, 1], data: Float32Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112) };
const greys = { one: { channel: 0, map: GREYS }, ends: [0, 255] } as const;
const firsts = (data: Uint8Array): number[] => [...data].filter((_, i) => i % 3 === 0);

describe("planes through a place", () => {
  it("show what lies in them, the head on top", () => {
    const place: Place = [1, 0, 2];
    expect(firsts(paintCut(volume, "axial", place, greys).data)).toEqual([100, 101, 102, 110, 111, 112]);
    expect(firsts(paintCut(volume, "coronal", place, greys).data)).toEqual([100, 101, 102, 0, 1, 2]);
    expect(firsts(paintCut(volume, "sagittal", place, greys).data)).toEqual([102, 112, 2, 12]);
  });
  it("have contrast, colours, and a mark for what is no number", () => {
    expect(firsts(paintCut(volume, "axial", [0, 0, 0], { ...greys, ends: [1, 11] }).data)).toEqual([0, 0, 26, 230, 255, 255]);
    const colours = { shape: [1, 1, 1, 1, 3], data: Float32Array.of(0, 0.5, 1) };
    expect([...paintCut(colours, "axial", [0, 0, 0], { ends: [0, 1] }).data]).toEqual([0, 128, 255]);
    expect([...paintCut({ shape: [1, 1, 1, 1, 1], data: [NaN] }, "axial", [0, 0, 0], greys).data]).toEqual([255, 0, 255]);
  });
  it("let a heat map shine through, the clearer the higher it is", () => {
    const red = colourMap(["#000000", "#ff0000"]);
    const over = { data: [0, 0, 0, 0, 0, 0, 0, 0.5, 1, 0, 0, 0], map: red, ends: [0, 1], opacity: 0.5 } as const;
    // 0.5 is step 128 of the map: its red 128 by 0.251 over 101; then 255 by 0.5 over 102, whose green halves.
    const { data } = paintCut(volume, "axial", [1, 0, 0], { ...greys, over });
    expect([...data.subarray(0, 9)]).toEqual([100, 100, 100, 108, 76, 76, 179, 51, 51]);
  });
  it("a place and its point belong together in every plane", () => {
    const size = tuple(integer({ min: 1, max: 9 }), integer({ min: 1, max: 9 }), integer({ min: 1, max: 9 }));
    assert(property(constantFrom(...PLANES), size, tuple(integer({ min: 0, max: 8 }), integer({ min: 0, max: 8 }), integer({ min: 0, max: 8 })), (plane, size, raw) => {
      const place = raw.map((v, i) => v % size[i]!) as unknown as Place;
      const { x, y } = shareOf(plane, size, place);
      expect(placeAt(plane, size, place, x, y)).toEqual(place);
      const { width, height } = planeSize(plane, size);
      const beside = stepped(plane, size, place, { right: 1, down: 1 });
      expect(shareOf(plane, size, beside).x).toBeCloseTo(Math.min(1 - 0.5 / width, x + 1 / width));
      expect(shareOf(plane, size, beside).y).toBeCloseTo(Math.min(1 - 0.5 / height, y + 1 / height));
    }));
  });
  it("stay within the volume, and as wide as the body", () => {
    expect(stepped("axial", [2, 2, 3], [1, 0, 0], { right: -1, through: 1 })).toEqual([1, 0, 0]);
    expect(stepped("coronal", [2, 2, 3], [0, 0, 0], { through: 1, down: -1 })).toEqual([1, 1, 0]);
    expect(planeRatio("coronal", [10, 20, 30], [3, 1, 1])).toBe(1);
  });
});

it("the usual contrast leaves outliers out", () => {
  const data = Float32Array.from({ length: 1000 }, (_, i) => i);
  data[999] = 1e6;
  data[500] = NaN;
  const [low, high] = usualEnds({ shape: [1, 10, 10, 10, 1], data }, 0);
  expect(low).toBe(9);
  expect(high).toBe(990);
  expect(usualEnds({ shape: [1, 1, 1, 2, 1], data: [NaN, NaN] }, 0)).toEqual([0, 1]);
});
