import { describe, expect, it } from "vitest";
import { placeOf, pointAt, pointTowards, wholeSight, zoomed } from "./plot.ts";

const size = { width: 228, height: 128 };
const points = [[0, 0], [10, 0], [0, 5], [10, 5], [5, 2.5]].map(([x, y], i) => ({ x: x!, y: y!, name: String(i) }));
const all = (): boolean => true;

describe("points in the plane", () => {
  it("lie inside the view with a little room, upwards where they are larger", () => {
    const sight = wholeSight(points, size);
    expect(placeOf(points[0]!, sight, size)).toEqual({ x: 14, y: 114 });
    expect(placeOf(points[3]!, sight, size)).toEqual({ x: 214, y: 14 });
    expect(wholeSight([{ x: 3, y: 4, name: "one" }], size)).toMatchObject({ x: 3, y: 4 });
    expect(wholeSight([{ x: NaN, y: 1, name: "none" }], size).scale).toBe(1);
  });

  it("stay under the pointer when they are looked at more closely", () => {
    const sight = wholeSight(points, size);
    const at = placeOf(points[3]!, sight, size);
    const near = zoomed(sight, 3, at, size);
    const { x, y } = placeOf(points[3]!, near, size);
    expect([x, y]).toEqual([expect.closeTo(at.x, 6), expect.closeTo(at.y, 6)]);
    expect(near.scale).toBeCloseTo(3 * sight.scale);
  });

  it("are found by the pointer, the nearest that is shown", () => {
    const sight = wholeSight(points, size);
    expect(pointAt(points, all, { x: 118, y: 68 }, sight, size)).toBe(4);
    expect(pointAt(points, (i) => i !== 4, { x: 118, y: 68 }, sight, size)).toBeNull();
  });

  it("are walked through by directions: straight ahead before aside, and nowhere where there is none", () => {
    expect(pointTowards(points, all, null, [1, 0])).toBe(4);
    expect(pointTowards(points, all, 0, [1, 0])).toBe(1);
    expect(pointTowards(points, all, 0, [0, 1])).toBe(2);
    expect(pointTowards(points, (i) => i !== 1, 0, [1, 0])).toBe(4);
    expect(pointTowards(points, all, 1, [1, 0])).toBe(1);
  });
});
