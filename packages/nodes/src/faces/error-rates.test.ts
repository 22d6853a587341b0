/** Error rates against small cases by hand and the definition of the area as a chance. */
import { describe, expect, it } from "vitest";
import { atThreshold, auc, eer, rank1, roc, type Pair } from "./error-rates.ts";

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

describe("rank-1", () => {
  it("by hand on a line", () => {
    // a at 0 and 1, b at 3 and 10: a's pictures are always nearer to each other; b's first is nearer to any a, its second never.
    const at = [0, 1, 3, 10];
    expect(rank1(["a", "a", "b", "b"], (i, j) => Math.abs(at[i]! - at[j]!))).toBe((1 + 1 + 0 + 1) / 4);
  });

  it("is the average over all choices, counted one by one", () => {
    const people = ["a", "a", "b", "b", "b", "c", "c"];
    const at = [0, 2.57, 2, 4.23, 9.13, 5.31, 3.17];
    const d = (i: number, j: number) => Math.abs(at[i]! - at[j]!);
    // Each ordered pair (picture, enrolled photo of the same person) weighs the same.
    const byPerson = ["a", "b", "c"].map((p) => {
      let [r, n] = [0, 0];
      for (const a of [0, 1]) for (const b of [2, 3, 4]) for (const c of [5, 6])
        people.forEach((q, i) => {
          if (q !== p || [a, b, c].includes(i)) return;
          n++;
          if (people[[a, b, c].reduce((best, k) => (d(i, k) < d(i, best) ? k : best))] === p) r++;
        });
      return { share: r / n, pairs: people.filter((q) => q === p).length * (people.filter((q) => q === p).length - 1) };
    });
    const weighted = byPerson.reduce((s, x) => s + x.share * x.pairs, 0) / byPerson.reduce((s, x) => s + x.pairs, 0);
    expect(rank1(people, d)).toBeCloseTo(weighted, 12);
  });

  it("needs two people, and two pictures of one", () => {
    expect(rank1(["a", "a"], () => 1)).toBeUndefined();
    expect(rank1(["a", "b"], () => 1)).toBeUndefined();
  });
});
