import { expect, test } from "vitest";
import { freePlace } from "./free-place.ts";

test("stands where it is wished while nothing is there, otherwise beside, to the right first", () => {
  expect(freePlace({ x: 10, y: 20 }, [{ x: 900, y: 0 }])).toEqual({ x: 10, y: 20 });
  const first = freePlace({ x: 0, y: 0 }, [{ x: 0, y: 0 }]);
  expect([Math.abs(first.x) >= 248 || Math.abs(first.y) >= 190]).toEqual([true]);
});

test("twenty nodes added at one place do not lie on each other", () => {
  const nodes: { x: number; y: number }[] = [];
  for (let i = 0; i < 20; i++) nodes.push(freePlace({ x: 0, y: 0 }, nodes));
  for (const [i, a] of nodes.entries()) for (const b of nodes.slice(i + 1)) expect(Math.abs(a.x - b.x) >= 248 || Math.abs(a.y - b.y) >= 190).toBe(true);
});
