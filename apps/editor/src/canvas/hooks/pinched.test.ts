import { expect, it } from "vitest";
import { pinched, type Fingers } from "./pinched.ts";

const fingers = (x: number, y: number, apart: number): Fingers => [{ x: x - apart, y }, { x: x + apart, y }];

it("keeps under the fingers what was under them, as far as the canvas may be zoomed", () => {
  const start = { x: 30, y: -20, zoom: 0.5 };
  const next = pinched(start, fingers(200, 100, 40), fingers(260, 90, 80), 0.05, 3);
  expect(next.zoom).toBe(1);
  const under = ({ x, y, zoom }: typeof start, px: number, py: number) => [(px - x) / zoom, (py - y) / zoom];
  expect(under(next, 260, 90)).toEqual(under(start, 200, 100));
  expect(pinched(start, fingers(0, 0, 10), fingers(0, 0, 500), 0.05, 3).zoom).toBe(3);
  expect(pinched(start, fingers(0, 0, 500), fingers(0, 0, 1), 0.05, 3).zoom).toBe(0.05);
  expect(pinched(start, fingers(10, 10, 0), fingers(20, 10, 0), 0.05, 3)).toEqual({ x: 40, y: -20, zoom: 0.5 });
});
