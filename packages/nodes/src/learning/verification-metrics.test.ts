/** The rates in bulk are those of the definitions, ties and all. */
import { expect, test } from "vitest";
import { auc, eer, type Pair } from "../faces/error-rates.ts";
import { seededUniform } from "../seeded.ts";
import { scoreRates, verificationRates } from "./verification-metrics.ts";

test.each([1, 2, 3, 4, 5])("as one pair after another says, seed %d", (seed) => {
  const next = seededUniform(seed);
  const [rows, width] = [23, 3];
  const labels = Int32Array.from({ length: rows }, () => Math.floor(next() * 5));
  // Few different numbers, so that distances tie.
  const encodings = Float32Array.from({ length: rows * width }, (_, i) => Math.floor(next() * 3) + 0.5 * labels[Math.floor(i / width)]!);
  const pairs: Pair[] = [];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) pairs.push({ same: labels[i] === labels[j], distance: [0, 1, 2].reduce((n, k) => n + (encodings[i * width + k]! - encodings[j * width + k]!) ** 2, 0) });
  const found = verificationRates(encodings, width, labels)!;
  expect(found.eer).toBeCloseTo(eer(pairs).rate, 12);
  expect(found.auc).toBeCloseTo(auc(pairs), 12);
  const scored = scoreRates(pairs.map((p) => -p.distance), pairs.map((p) => Number(p.same)))!;
  expect(scored).toEqual(found);
});

test("by hand: one wrong of four", () => {
  // Positive 0.9, 0.4; negative 0.6, 0.1: of the four pairs of one each, one lies the wrong way round.
  expect(scoreRates([0.9, 0.4, 0.6, 0.1], [1, 1, 0, 0])).toEqual({ eer: 0.5, auc: 0.75 });
  expect(scoreRates([0.9, 0.4], [1, 1])).toBeNull();
  expect(verificationRates(new Float32Array(0), 2, [])).toBeNull();
});
