import { expect, test } from "vitest";
import { clip, placeBeside } from "./place-beside.ts";

const card = { width: 300, height: 150 };
const frame = { width: 1000, height: 700 };

test("stands at the side that is asked for where it fits", () => {
  expect(placeBeside({ x: 0, y: 48, width: 250, height: 600 }, card, frame, "right")).toEqual({ x: 264, y: 104 });
  expect(placeBeside({ x: 600, y: 10, width: 80, height: 30 }, card, frame, "below")).toEqual({ x: 490, y: 54 });
});

test("goes above, and stays inside, where there is no room", () => {
  expect(placeBeside({ x: 900, y: 650, width: 80, height: 30 }, card, frame, "below")).toEqual({ x: 690, y: 486 });
  const small = { width: 320, height: 480 };
  const { x, y } = placeBeside({ x: 0, y: 48, width: 320, height: 400 }, card, small, "right");
  expect([x >= 10, x + card.width <= 310, y >= 10, y + card.height <= 470]).toEqual([true, true, true, true]);
});

test("stands low in the middle where there is nothing to point at", () => {
  expect(placeBeside(null, card, frame, "below")).toEqual({ x: 350, y: 486 });
});

test("the ring stays inside the frame", () => {
  expect(clip({ x: 0, y: 48, width: 256, height: 652 }, frame)).toEqual({ x: 3, y: 44, width: 257, height: 653 });
  expect(clip({ x: 500, y: 10, width: 80, height: 30 }, frame)).toEqual({ x: 496, y: 6, width: 88, height: 38 });
});
