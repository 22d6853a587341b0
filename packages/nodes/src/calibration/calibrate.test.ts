/** Curves against the definitions, the bootstrap against what it stands for, and intervals against a law that is known. */
import { describe, expect, it } from "vitest";
import { auc, eer, type Pair } from "../faces/error-rates.ts";
import { seededUniform } from "../seeded.ts";
import { bootstrap } from "./bootstrap.ts";
import { calibrate, type CalibrateOptions } from "./calibrate.ts";
import { areaUnder, curveOf, equalErrorRate, ratesAt } from "./curve.ts";
import { pairsOfEncodings, type LabelledEncodings } from "./labelled-pairs.ts";
import { probit } from "./probit.ts";
import { falseMatchChance, farForChance, ratesIn, thresholdForFar } from "./read-off.ts";
import { pick, tooFine } from "./rule.ts";

const normals = (seed: number) => {
  const next = seededUniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
};

/** People spread by 1 in the plane, their photos by `noise` around them. */
function crowd(people: number, photos: number, noise: number, seed: number): LabelledEncodings {
  const normal = normals(seed);
  const data = new Float32Array(people * photos * 2);
  const labels = Array.from({ length: people * photos }, (_, i) => Math.floor(i / photos));
  for (let p = 0; p < people; p++) {
    const [x, y] = [normal(), normal()];
    for (let k = 0; k < photos; k++) data.set([x + noise * normal(), y + noise * normal()], (p * photos + k) * 2);
  }
  return { data, width: 2, labels, network: "plane" };
}

const OPTIONS: CalibrateOptions = { metric: "euclidean", rule: { kind: "eer" }, samples: 100, share: 0.95, seed: 1 };

describe("curve", () => {
  it("has the rates of the definitions at every threshold", () => {
    const { pairs } = pairsOfEncodings(crowd(12, 4, 0.5, 3), "euclidean", 1);
    const curve = curveOf(pairs)!;
    for (const limit of [-1, 0, 0.3, 0.77, 1.5, 4, 100]) {
      const [same, different] = [1, 0].map((kind) => [...pairs.distance].filter((_, i) => pairs.same[i] === kind));
      expect(ratesAt(curve, limit).far).toBeCloseTo(different!.filter((d) => d <= limit).length / different!.length, 12);
      expect(ratesAt(curve, limit).frr).toBeCloseTo(same!.filter((d) => d > limit).length / same!.length, 12);
    }
  });

  it("with weights is the curve of a crowd in which people come so often", () => {
    const encodings = crowd(6, 3, 0.6, 5);
    const { pairs } = pairsOfEncodings(encodings, "euclidean", 1);
    const drawn = [2, 0, 1, 3, 0, 0];
    // The people drawn, one after another, as people of their own; copies of a person are not compared with each other.
    const copies = drawn.flatMap((times, person) => Array.from({ length: times }, () => person));
    const explicit: Pair[] = [];
    const at = (person: number, photo: number) => encodings.data.subarray((person * 3 + photo) * 2, (person * 3 + photo) * 2 + 2);
    copies.forEach((p, i) => copies.slice(i).forEach((q, k) => {
      if (k > 0 && p === q) return;
      for (let a = 0; a < 3; a++) for (let b = k > 0 ? 0 : a + 1; b < 3; b++) explicit.push({ distance: Math.hypot(at(p, a)[0]! - at(q, b)[0]!, at(p, a)[1]! - at(q, b)[1]!), same: k === 0 });
    }));
    const curve = curveOf(pairs, drawn)!;
    expect(areaUnder(curve)).toBeCloseTo(auc(explicit), 10);
    expect(equalErrorRate(curve).rate).toBeCloseTo(eer(explicit).rate, 10);
    expect(equalErrorRate(curve).threshold).toBeCloseTo(eer(explicit).threshold, 10);
  });

  it("is undefined where only one person was drawn, or nobody with two photos", () => {
    const { pairs } = pairsOfEncodings({ data: Float32Array.of(0, 1, 5), width: 1, labels: [0, 0, 1], network: "n" }, "euclidean", 1);
    expect(curveOf(pairs, [3, 0])).toBeNull();
    expect(curveOf(pairs, [0, 3])).toBeNull();
    expect(curveOf(pairs, [1, 1])).not.toBeNull();
  });
});

describe("picked thresholds", () => {
  const { pairs } = pairsOfEncodings(crowd(20, 4, 0.3, 9), "euclidean", 1);
  const curve = curveOf(pairs)!;
  it.each([0.5, 0.1, 0.01])("keep FAR or FRR within %d, and the next distance does not", (target) => {
    const far = pick(curve, { kind: "far", target });
    expect(ratesAt(curve, far).far).toBeLessThanOrEqual(target);
    expect(ratesAt(curve, pairs.distance.find((d) => d > far)!).far).toBeGreaterThan(target);
    const frr = pick(curve, { kind: "frr", target });
    expect(ratesAt(curve, frr).frr).toBeLessThanOrEqual(target);
    expect(ratesAt(curve, frr - 1e-12).frr).toBeGreaterThan(target);
  });

  it("lie below every pair where the nearest pair is already one too many", () => {
    const upsideDown = curveOf({ distance: Float64Array.of(1, 2), same: Uint8Array.of(0, 1), a: Int32Array.of(0, 1) })!;
    expect(ratesAt(upsideDown, pick(upsideDown, { kind: "far", target: 0.1 }))).toEqual({ far: 0, frr: 1 });
  });

  it("of a rate that the pairs cannot tell come with the number of pairs that could", () => {
    expect(tooFine({ kind: "far", target: 0.001 }, { same: 50, different: 400 })).toMatch(/finer than these 400 pairs of different people can tell: one of them is already 0\.0025\. At least 1,000 pairs are needed, and about 30,000 before/);
    expect(tooFine({ kind: "far", target: 0.001 }, { same: 50, different: 1000 })).toBeNull();
    expect(tooFine({ kind: "frr", target: 0.01 }, { same: 50, different: 1000 })).toMatch(/50 pairs of one person .* At least 100 pairs/);
    expect(tooFine({ kind: "eer" }, { same: 1, different: 1 })).toBeNull();
  });
});

describe("intervals", () => {
  it("are the same for the same seed, and others for another", async () => {
    const pairs = pairsOfEncodings(crowd(15, 3, 0.4, 2), "euclidean", 1);
    const [one, again, other] = await Promise.all([1, 1, 2].map(async (seed) => (await calibrate(pairs, { ...OPTIONS, seed })).calibration));
    expect(again).toEqual(one);
    expect(other!.auc).not.toEqual(one!.auc);
    expect(other!.auc.value).toBe(one!.auc.value);
  });

  /*
   * Differences of two photos are normal in the plane, so that distances follow Rayleigh's law: of one person with σ² = 2s²,
   * of different people with 2(1 + s²). So AUC = (1 + s²) / (1 + 2s²), and FAR(τ) = 1 − exp(−τ² / 4(1 + s²)).
   */
  it("cover the truth about as often as they promise, where intervals from pairs do so far more rarely", async () => {
    const noise = 0.5;
    const truth = (1 + noise ** 2) / (1 + 2 * noise ** 2);
    const runs = 150;
    let [people, pairwise] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const labelled = pairsOfEncodings(crowd(30, 4, noise, 1000 + run), "euclidean", 1);
      const { auc: found } = (await calibrate(labelled, { ...OPTIONS, seed: run })).calibration;
      if (found.low <= truth && truth <= found.high) people++;
      if (run >= 50) continue;
      const each = { ...labelled.pairs, a: Int32Array.from(labelled.pairs.distance, (_, i) => i) };
      const { b: _, ...alone } = each;
      const spread = (await bootstrap(alone, { units: alone.distance.length, samples: 100, seed: run, rule: OPTIONS.rule, threshold: 1 }))!;
      if (spread.auc[2]! <= truth && truth <= spread.auc[97]!) pairwise++;
    }
    // Over 950 such crowds 93 % were covered: 30 people are few for 95 %. Of 150, that leaves ±6 % (three standard errors).
    expect(people / runs).toBeGreaterThan(0.87);
    expect(people / runs).toBeLessThan(0.995);
    expect(pairwise / 50).toBeLessThan(people / runs - 0.15);
  });

  it("do not end at 0 where no pair was wrong: three over the number of pairs bounds the rate", async () => {
    const { calibration } = await calibrate(pairsOfEncodings(crowd(12, 3, 0.001, 4), "euclidean", 1), OPTIONS);
    expect(calibration.eer.value).toBe(0);
    expect(calibration.chosen.far.value).toBe(0);
    expect(calibration.chosen.far.high).toBeCloseTo(3 / calibration.pairs.different, 3);
    expect(calibration.chosen.frr.high).toBeGreaterThan(0.05);
  });
});

describe("a calibration", () => {
  const labelled = pairsOfEncodings(crowd(80, 6, 0.35, 6), "euclidean", 1);
  it("keeps a short curve from which rates are read on the safe side", async () => {
    const { calibration } = await calibrate(labelled, { ...OPTIONS, samples: 20 });
    const curve = curveOf(labelled.pairs)!;
    expect(curve.length).toBeGreaterThan(100_000);
    expect(calibration.points.length).toBeLessThan(900);
    for (let limit = 0.01; limit < 6; limit *= 1.2) {
      const [read, exact] = [ratesIn(calibration.points, limit), ratesAt(curve, limit)];
      expect(read.far).toBeGreaterThanOrEqual(exact.far);
      expect(read.far).toBeLessThanOrEqual(Math.max(exact.far * 1.12, exact.far + 1 / 250) + 1e-12);
      expect(read.frr).toBeGreaterThanOrEqual(exact.frr - 1e-12);
    }
    expect(ratesIn(calibration.points, calibration.chosen.threshold.value).far).toBeGreaterThanOrEqual(calibration.chosen.far.value);
    for (const far of [0.2, 0.01, 0.001]) expect(ratesAt(curve, thresholdForFar(calibration.points, far).threshold).far).toBeLessThanOrEqual(far);
    expect(calibration.histogram.same.reduce((a, b) => a + b)).toBe(calibration.pairs.same);
    expect(calibration.histogram.different.reduce((a, b) => a + b)).toBe(calibration.pairs.different);
  });

  it("of so many pictures that pairs are drawn has the rates of all pairs", () => {
    const some = pairsOfEncodings(crowd(80, 6, 0.35, 6), "euclidean", 1, 20_000);
    expect(some.same).toBe(labelled.same);
    expect(some.different + some.leftOut).toBe(labelled.different);
    expect(some.different).toBeGreaterThan(18_000);
    expect(some.different).toBeLessThan(22_000);
    expect(areaUnder(curveOf(some.pairs)!)).toBeCloseTo(areaUnder(curveOf(labelled.pairs)!), 2);
  });

  it("stops when it is told to", async () => {
    const stop = new Error("stopped");
    await expect(calibrate(labelled, { ...OPTIONS, samples: 10_000, pause: () => Promise.reject(stop) })).rejects.toBe(stop);
  });
});

it("the chance among many, there and back", () => {
  expect(falseMatchChance(0.01, 100)).toBeCloseTo(1 - 0.99 ** 100, 14);
  expect(falseMatchChance(1e-12, 1000)).toBeCloseTo(1e-9, 18);
  expect(falseMatchChance(0, 1e6)).toBe(0);
  expect(falseMatchChance(1, 3)).toBe(1);
  for (const k of [1, 7, 1e6]) expect(falseMatchChance(farForChance(0.02, k), k)).toBeCloseTo(0.02, 12);
});

it("the normal quantile of printed tables", () => {
  // Python 3, statistics.NormalDist().inv_cdf
  for (const [p, z] of [[1e-8, -5.61200124], [0.001, -3.09023231], [0.07, -1.47579103], [0.075, -1.43953147], [0.5, 0], [0.9, 1.28155157], [0.999, 3.09023231]] as const) expect(probit(p)).toBeCloseTo(z, 5);
});
