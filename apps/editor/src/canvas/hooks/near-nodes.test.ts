/** Nodes near the window, and taking a few of them at a time. */
import { expect, test } from "vitest";
import type { FlowNode } from "../flow/flow-types.ts";
import { nearNodes, withSome } from "./near-nodes.ts";

const node = (id: string, x: number, y: number): FlowNode => ({ id, position: { x, y }, measured: { width: 100, height: 100 } }) as FlowNode;
const NODES = [node("left", -320, 0), node("corner", 0, 0), node("middle", 350, 350), node("far", 5000, 0)];

test("nodes in the window and its margin are near, the middle one first", () => {
  const window = { transform: [0, 0, 1] as [number, number, number], width: 800, height: 800 };
  expect(nearNodes(window, NODES, 0)).toEqual(["middle", "corner"]);
  expect(nearNodes(window, NODES, 300)).toEqual(["middle", "corner", "left"]);
  expect(nearNodes({ ...window, transform: [0, 0, 0.1] }, NODES, 0)).toContain("far");
});

test("of many that are wanted a few are added, and none is lost", () => {
  const shown = new Set(["a", "x"]);
  expect([...withSome(shown, ["a", "b", "c", "d"], 2)]).toEqual(["a", "x", "b", "c"]);
  expect(withSome(shown, ["a", "x"], 2)).toBe(shown);
});
