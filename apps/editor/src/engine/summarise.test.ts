import { tensorValue, type ImageValue } from "@patchbay/runtime";
import { describe, expect, it } from "vitest";
import { shownValue, summarise, tensorSummary, WHOLE } from "./summarise.ts";
import { LONGEST, thumbnailOf } from "./thumbnail.ts";

const image = (width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]): ImageValue => ({
  kind: "image", width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour(Math.floor(i / 3) % width, Math.floor(i / 3 / width))[(i % 3) as 0]),
});

describe("summaries", () => {
  it("count the finite numbers and tell the others", () => {
    const found = tensorSummary({ dtype: "float32", shape: [6], data: Float32Array.of(-1, 0, 1, 3, NaN, Infinity) });
    expect(found).toMatchObject({ min: -1, mean: 0.75, max: 3, notFinite: 2 });
    expect([found.histogram.length, found.histogram.reduce((a, b) => a + b), found.histogram[0], found.histogram[31]]).toEqual([32, 4, 1, 1]);
    // 0 lies a quarter of the way up.
    expect(found.histogram[8]).toBe(1);
  });

  it("of constants, of nothing and of nothing finite say so", () => {
    expect(tensorSummary({ dtype: "int32", shape: [3], data: Int32Array.of(7, 7, 7) })).toMatchObject({ min: 7, max: 7, histogram: [3, ...new Array<number>(31).fill(0)] });
    expect(tensorSummary({ dtype: "float32", shape: [0], data: new Float32Array() })).toMatchObject({ min: NaN, notFinite: 0 });
    expect(tensorSummary({ dtype: "float32", shape: [1], data: Float32Array.of(NaN) })).toMatchObject({ mean: NaN, notFinite: 1 });
  });

  it("leave large values with the engine", () => {
    const big = image(1000, 1000, () => [10, 20, 30]);
    expect(shownValue(big)).toMatchObject({ fresh: true, summary: { kind: "image", bytes: 3_000_000, thumbnail: { width: LONGEST, height: LONGEST } } });
    expect(shownValue(big).value).toBeUndefined();
    const small = image(10, 10, () => [1, 2, 3]);
    expect(shownValue(small).value).toBe(small);
    expect(big.data.byteLength).toBeGreaterThan(WHOLE);
  });

  it("name the layers of activations and look at the first", () => {
    const layer = (n: number): { dtype: "float32"; shape: number[]; data: Float32Array } => ({ dtype: "float32", shape: [1, 2, 2, n], data: Float32Array.from({ length: 4 * n }, (_, i) => i) });
    const found = summarise({ kind: "activations", network: "n", layers: [{ name: "a", tensor: layer(5) }, { name: "b", tensor: layer(6) }] });
    expect(found).toMatchObject({ layers: [{ name: "a", shape: [1, 2, 2, 5] }, { name: "b", shape: [1, 2, 2, 6] }], tensor: { max: 19 }, bytes: 44 * 4 });
  });
});

describe("thumbnails", () => {
  it("keep small pictures and average large ones", () => {
    const tiny = image(3, 2, (x, y) => [x, y, 200]);
    expect(thumbnailOf(tiny)!.data).toEqual(tiny.data);
    const half = thumbnailOf(image(512, 256, (x) => (x % 2 ? [255, 0, 0] : [0, 0, 255])))!;
    expect([half.width, half.height, ...half.data.subarray(0, 3)]).toEqual([256, 128, 128, 0, 128]);
  });

  it("show pictures in colour, other maps in grey from least to largest, and lists of numbers not at all", () => {
    const picture = tensorValue({ dtype: "float32", shape: [1, 2, 2, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5, 0.5, 0.5) });
    expect([...thumbnailOf(picture)!.data]).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128]);
    const gram = tensorValue({ dtype: "float32", shape: [2, 2], data: Float32Array.of(-4, 0, 4, 12) });
    expect([...thumbnailOf(gram)!.data].filter((_, i) => i % 3 === 0)).toEqual([0, 64, 128, 255]);
    expect(thumbnailOf(tensorValue({ dtype: "float32", shape: [128], data: new Float32Array(128) }))).toBeUndefined();
    expect(thumbnailOf({ kind: "number", value: 3 })).toBeUndefined();
  });
});
