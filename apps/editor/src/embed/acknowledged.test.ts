import { describe, expect, it } from "vitest";
import { createAcknowledged } from "./acknowledged.ts";

describe("what a host gives back", () => {
  it("is known once, with all that was given before it", () => {
    const given = createAcknowledged<object>();
    const [a, b, c] = [{}, {}, {}];
    for (const item of [a, b, c]) given.gave(item);
    expect(given.has(b)).toBe(true);
    expect(given.has(a)).toBe(false); // the host went back to it: it is to be opened
    expect(given.has(c)).toBe(true);
    expect(given.has(c)).toBe(false);
  });

  it("does not count what was given before the host opened another", () => {
    const given = createAcknowledged<object>();
    const old = {};
    given.gave(old);
    const seen: boolean[] = [];
    given.open(() => seen.push(given.opening));
    expect([...seen, given.opening]).toEqual([true, false]);
    expect(given.has(old)).toBe(false);
  });

  it("stops remembering where nothing ever comes back", () => {
    const given = createAcknowledged<number>();
    for (let i = 0; i < 2000; i++) given.gave(i);
    expect(given.has(10)).toBe(false);
    expect(given.has(1999)).toBe(true);
  });
});
