/** Error rates against small cases by hand and the definition of the area as a chance. */
import { describe, expect, it } from "vitest";
import { atThreshold, auc, eer, roc, type Pair } from "./error-rates.ts";

const pairs = (same: readonly number[], different: readonly number[]): Pair[] => [...same.map((distance) => ({ distance, same: true })), ...different.map((distance) => ({ distance, same: false }))];

describe("error rates", () => {
  it("without overlap: no errors", () => {
    const clear = pairs([0.1, 0.3], [0.5, 0.9, 1]);
    expect(auc(clear)).toBe(1);
    expect(eer(clear).rate).toBe(0);
    expect(eer(clear).threshold).toBeGreaterThanOrEqual(0.3);
    expect(eer(clear).threshold).toBeLessThanOrEqual(0.5);
    expect(atThreshold(clear, 0.3)).toEqual({ accuracy: 1, far: 0, frr: 0 });
  });

  it("by hand: one of two wrong each way", () => {
    const mixed = pairs([1, 3], [2, 4]);
    expect(roc(mixed)).toEqual([
      { threshold: -Infinity, far: 0, frr: 1 }, { threshold: 1, far: 0, frr: 0.5 }, { threshold: 2, far: 0.5, frr: 0.5 },
      { threshold: 3, far: 0.5, frr: 0 }, { threshold: 4, far: 1, frr: 0 },
    ]);
    expect(auc(mixed)).toBe(0.75);
    expect(eer(mixed)).toEqual({ rate: 0.5, threshold: 2 });
    expect(atThreshold(mixed, 2)).toEqual({ accuracy: 0.5, far: 0.5, frr: 0.5 });
  });

  it("ties count one half; everything the wrong way round is 0", () => {
    expect(auc(pairs([1], [1]))).toBe(0.5);
    expect(auc(pairs([1, 1], [1, 2]))).toBe(0.75);
    expect(auc(pairs([2], [1]))).toBe(0);
    expect(eer(pairs([2], [1])).rate).toBe(1);
  });

  it("the area is the chance that a same pair is nearer", () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const many = pairs(Array.from({ length: 60 }, () => Math.round(20 * random())), Array.from({ length: 80 }, () => Math.round(8 + 20 * random())));
    let wins = 0;
    for (const s of many.filter((p) => p.same)) for (const d of many.filter((p) => !p.same)) wins += s.distance < d.distance ? 1 : s.distance === d.distance ? 0.5 : 0;
    expect(auc(many)).toBeCloseTo(wins / (60 * 80), 12);
    const { rate, threshold } = eer(many);
    const { far, frr } = atThreshold(many, threshold);
    expect(Math.min(far, frr)).toBeLessThanOrEqual(rate + 0.1);
  });

  it("is undefined without both kinds", () => {
    expect(() => auc(pairs([1], []))).toThrow(RangeError);
    expect(() => eer(pairs([], [1]))).toThrow("there are 0 and 1");
  });
});
