import { describe, expect, it } from "vitest";
import { colourMap, DIVERGING, shade, VIRIDIS } from "./colour-maps.ts";
import { channelPlane, paintPlane, pictureCount, tensorPicture } from "./tensor-pictures.ts";
import { fromRgba, toRgba } from "../../model/rgba.ts";
import { pixelAt } from "./pixel-at.ts";

describe("colour maps", () => {
  it("go straight from colour to colour", () => {
    const map = colourMap(["#000000", "#ff0000", "#ffffff"]);
    expect(Array.from(map.slice(0, 3))).toEqual([0, 0, 0]);
    expect(Array.from(map.slice(255 * 3))).toEqual([255, 255, 255]);
    expect(map[64 * 3]).toBeGreaterThan(120);
    expect(map[64 * 3 + 1]).toBe(0);
  });
  it("get brighter all the way, so that they can be read as an order", () => {
    const light = (i: number): number => 0.2126 * VIRIDIS[i * 3]! + 0.7152 * VIRIDIS[i * 3 + 1]! + 0.0722 * VIRIDIS[i * 3 + 2]!;
    for (let i = 8; i < 256; i += 8) expect(light(i)).toBeGreaterThan(light(i - 8));
  });
  it("have zero in the ground of the theme", () => {
    expect(DIVERGING.light[128 * 3]).toBeGreaterThan(230);
    expect(DIVERGING.dark[128 * 3]).toBeLessThan(50);
  });
  it("clip, and leave out what is no number", () => {
    expect([shade(-5, 0, 1), shade(0.5, 0, 1), shade(9, 0, 1), shade(NaN, 0, 1), shade(3, 3, 3)]).toEqual([0, 128, 255, null, 0]);
  });
});

describe("tensors as pictures", () => {
  const tensor = { shape: [2, 1, 2, 3], data: Float32Array.of(0, 0.5, 1, 2, -1, 0.25, 1, 1, 1, 0, 0, 0) };
  it("rounds 0…1 to bytes and clips the rest", () => {
    expect([...tensorPicture(tensor, 0).data]).toEqual([0, 128, 255, 255, 0, 64]);
    expect([...tensorPicture(tensor, 1).data]).toEqual([255, 255, 255, 0, 0, 0]);
  });
  it.each([[[2, 5, 5, 3], 2], [[5, 5, 3], 1], [[1, 5, 5, 4], 0], [[3], 0]])("%j holds %d pictures", (shape, count) => expect(pictureCount({ shape })).toBe(count));
  it("takes one channel of one picture, each on its own scale", () => {
    const maps = { shape: [1, 2, 2, 2], data: Float32Array.of(0, 100, 1, 200, 2, 300, 3, 400) };
    const grey = colourMap(["#000000", "#ffffff"]);
    const [first, second] = [0, 1].map((c) => paintPlane(maps.data, channelPlane(maps.shape, c), grey));
    expect([...first!.data].filter((_, i) => i % 3 === 0)).toEqual([0, 85, 170, 255]);
    expect(second!.data).toEqual(first!.data);
  });
  it("shows what is not finite in magenta", () => {
    const painted = paintPlane([0, NaN], { width: 2, height: 1, start: 0, stride: 1 }, VIRIDIS, [0, 1]);
    expect(Array.from(painted.data.slice(3))).toEqual([255, 0, 255]);
  });
});

describe("pixels", () => {
  const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  it("gain an opaque channel and lose it again", () => {
    expect([...toRgba(image)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect(fromRgba(2, 1, toRgba(image)).data).toEqual(image.data);
  });
  it("are read off, but not beyond the border", () => {
    expect(pixelAt(image, 1, 0)).toEqual([4, 5, 6]);
    expect(pixelAt(image, 2, 0)).toBeNull();
    expect(pixelAt(image, 0, -1)).toBeNull();
  });
});
