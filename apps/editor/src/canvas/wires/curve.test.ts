import { expect, it } from "vitest";
import { distanceToCurve } from "./curve.ts";

const wire = { from: { x: 0, y: 0 }, to: { x: 200, y: 100 } };

it("measures how far a point is from a drawn wire", () => {
  expect(distanceToCurve(wire, { x: 100, y: 50 }, 40)).toBeLessThan(1);
  expect(distanceToCurve(wire, { x: 0, y: 0 }, 40)).toBeLessThan(0.01);
  expect(distanceToCurve({ from: { x: 0, y: 0 }, to: { x: 200, y: 0 } }, { x: 100, y: 30 }, 40)).toBeCloseTo(30);
  expect(distanceToCurve(wire, { x: 100, y: 300 }, 40)).toBe(Infinity);
});
