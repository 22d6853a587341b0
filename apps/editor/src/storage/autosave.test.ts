import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAutosave } from "./autosave.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Each write takes `takes` milliseconds; `begun` holds when each began, by the fake clock. */
function saving(takes = 5) {
  const start = performance.now();
  const begun: number[] = [];
  const autosave = createAutosave({
    write: () => {
      begun.push(performance.now() - start);
      return new Promise((resolve) => setTimeout(resolve, takes));
    },
  });
  return { autosave, begun };
}

describe("when work is written", () => {
  it("begins well within a tenth of a second after a single edit", async () => {
    const { autosave, begun } = saving();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun).toEqual([20]);
  });

  it("does not wait for the end of a burst", async () => {
    const { autosave, begun } = saving();
    for (let at = 0; at < 300; at += 10) {
      autosave.changed();
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1000);
    // No edit waits longer than 45 ms for its write to begin, and there are far fewer writes than edits.
    const gaps = begun.map((at, i) => at - (begun[i - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60);
    expect(begun.length).toBeLessThan(10);
    expect(begun.at(-1)!).toBeGreaterThanOrEqual(290);
  });

  it("writes one at a time, and then what came meanwhile", async () => {
    const { autosave, begun } = saving(200);
    autosave.changed();
    await vi.advanceTimersByTimeAsync(50);
    autosave.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun).toHaveLength(2);
    expect(begun[1]! - begun[0]!).toBeGreaterThanOrEqual(200);
  });

  it("writes at once when it is told to, without waiting for an older write", async () => {
    const { autosave, begun } = saving(200);
    autosave.changed();
    await vi.advanceTimersByTimeAsync(30);
    autosave.changed();
    void autosave.flush();
    expect(begun).toHaveLength(2);
  });

  it("writes nothing more once it has ended", async () => {
    const { autosave, begun } = saving();
    autosave.changed();
    autosave.end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun).toEqual([]);
  });
});
