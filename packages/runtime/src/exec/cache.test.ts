import { expect, it } from "vitest";
import { LeastRecentlyUsed } from "./cache.ts";

it("evicts what was used longest ago, and tells", () => {
  const gone: string[] = [];
  const cache = new LeastRecentlyUsed<string>(3, (v) => gone.push(v));
  for (const k of ["a", "b", "c"]) cache.set(k, k, 1);
  cache.get("a");
  cache.set("d", "d", 1);
  expect(gone).toEqual(["b"]);
  cache.set("big", "big", 4);
  expect(cache.get("big")).toBeUndefined();
  expect(cache.values()).toEqual(["c", "a", "d"]);
});

it("spares what is held, until it is let go", () => {
  const gone: string[] = [];
  const cache = new LeastRecentlyUsed<string>(1, (v) => gone.push(v));
  cache.set("a", "a", 1);
  const release = cache.hold("a");
  cache.set("b", "b", 1);
  expect(gone).toEqual([]);
  release();
  expect(gone).toEqual(["a"]);
});

it("evicts by what an entry turned out to weigh, but never that entry itself", () => {
  const gone: string[] = [];
  const cache = new LeastRecentlyUsed<string>(10, (v) => gone.push(v));
  for (const k of ["a", "b", "c"]) cache.set(k, k, 1);
  cache.weigh("b", 9);
  expect(gone).toEqual(["a"]);
  cache.weigh("b", 50);
  expect(gone).toEqual(["a", "c"]);
  expect(cache.values()).toEqual(["b"]);
});
