import { expect, it } from "vitest";
import { firstNode, nearestNode, type Placed } from "./nearest-node.ts";

const at = (id: string, x: number, y: number): Placed => ({ id, x, y, width: 200, height: 100 });
const [a, b, c, d] = [at("a", 0, 0), at("b", 300, 10), at("c", 300, 400), at("d", 0, 300)] as const;
const all = [a, b, c, d];

it("goes to what a person would call the next one that way", () => {
  expect(nearestNode(all, a, "right")?.id).toBe("b");
  expect(nearestNode(all, a, "down")?.id).toBe("d");
  expect(nearestNode(all, d, "right")?.id).toBe("c");
  expect(nearestNode(all, c, "up")?.id).toBe("b");
  expect(nearestNode(all, a, "left")).toBeNull();
  expect(firstNode(all)?.id).toBe("a");
});
