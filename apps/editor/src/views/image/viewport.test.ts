import { describe, expect, it } from "vitest";
import { fit, held, LARGEST, pixelUnder, zoomAt } from "./viewport.ts";

const window = { width: 832, height: 632 };

describe("a picture in a window", () => {
  it("is fitted whole and centred; small ones in whole multiples", () => {
    expect(fit({ width: 1600, height: 600 }, window)).toEqual({ scale: 0.5, x: 16, y: 166 });
    expect(fit({ width: 150, height: 150 }, window).scale).toBe(4);
  });
  it("keeps the pixel under the pointer when zoomed", () => {
    const view = fit({ width: 150, height: 150 }, window);
    const zoomed = zoomAt(view, 3, 400, 300);
    expect(zoomed.scale).toBe(12);
    expect(pixelUnder(zoomed, 400, 300)).toEqual(pixelUnder(view, 400, 300));
    expect(zoomAt(view, 1e9, 0, 0).scale).toBe(LARGEST);
  });
  it("cannot be pushed out of sight", () => {
    const lost = { scale: 1, x: -5000, y: 9000 };
    expect(held(lost, { width: 100, height: 100 }, window)).toEqual({ scale: 1, x: -60, y: 592 });
  });
});
