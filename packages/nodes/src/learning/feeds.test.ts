/** What feeds do over many steps: equal batches for equal seeds, everybody in turn, triplets that rest, held-out batches, sentences for what is missing. */
import { paramValues } from "@patchbay/graph-core";
import { tensor, type DatasetValue, type EvaluateContext, type Feed, type TensorData } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { batches, pairs } from "../index.ts";
import { augmentation, rowsOf } from "./augment.ts";

/** Ten people with four photos each; the last two people are held out. An example is its own number. */
const people: DatasetValue = {
  kind: "dataset", example: [1], data: Float32Array.from({ length: 40 }, (_, i) => i), classes: Array.from({ length: 10 }, (_, i) => `p${i}`),
  labels: Int32Array.from({ length: 40 }, (_, i) => Math.floor(i / 4)), heldOut: Uint8Array.from({ length: 40 }, (_, i) => Number(i >= 32)), names: Array.from({ length: 40 }, (_, i) => `e${i}`),
};
const feed = (node: typeof batches, params: { [name: string]: string | number | boolean }, dataset = people): Promise<Feed> =>
  node.feed!({ inputs: { dataset }, params: paramValues({ params }, node) } as unknown as EvaluateContext);
const data = (values: { readonly [port: string]: TensorData }, port: string) => [...values[port]!.data];

describe("Batches", () => {
  it("feeds everybody once before anybody again, and the same for the same seed", async () => {
    const [one, two, other] = [await feed(batches, { people: 4, photos: 2 }), await feed(batches, { people: 4, photos: 2 }), await feed(batches, { people: 4, photos: 2, seed: 2 })];
    const seen = [0, 1].flatMap((step) => data(one.batch(step), "labels"));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].flatMap((p) => [p, p]));
    // Whatever was asked for before.
    for (const step of [7, 0, 3]) expect(data(two.batch(step), "examples")).toEqual(data((await feed(batches, { people: 4, photos: 2 })).batch(step), "examples"));
    expect([0, 1, 2].map((s) => data(other.batch(s), "examples"))).not.toEqual([0, 1, 2].map((s) => data(one.batch(s), "examples")));
  });

  it("stops feeding triplets that keep the margin, counts them, and feeds them again when they have rested", async () => {
    const f = await feed(batches, { people: 8, photos: 4, rest: 5 });
    const n = 32;
    const { labels, triplets } = f.batch(0) as { labels: TensorData; triplets: TensorData };
    const [a, p] = [0, 1];
    const q = labels.data.findIndex((l) => l !== labels.data[0]);
    expect(triplets.data[(a * n + p) * n + q]).toBeGreaterThan(0);
    const who = data(f.batch(0), "examples");
    const told = tensor("int32", [3, 4], [a, p, q, 1, a, p, q + 1, 0, -1, -1, -1, 0]);
    expect(f.observe!(0, { "mining.chosen": told })).toEqual({ satisfied: 1, "no longer fed": 1 });
    const drawAt = (step: number): number => {
      const values = f.batch(step);
      const now = data(values, "examples");
      const [x, y, z] = [a, p, q].map((i) => now.indexOf(who[i]!));
      return values["triplets"]!.data[(x! * n + y!) * n + z!]!;
    };
    expect([1, 3, 5].map(drawAt)).toEqual([0, 0, 0]);
    // The state goes into a checkpoint and comes back.
    const resumed = await feed(batches, { people: 8, photos: 4, rest: 5 });
    resumed.restore!(f.state!());
    expect(data(resumed.batch(4), "triplets")).toEqual(data(f.batch(4), "triplets"));
    expect(drawAt(6)).toBeGreaterThan(0);
    expect(f.observe!(6, {})).toEqual({ satisfied: 0, "no longer fed": 0 });
  });

  it("widens the choice from one triplet an anchor to all, and never takes the highest draw away", async () => {
    const [wide, narrow] = [await feed(batches, { people: 8, photos: 4 }), await feed(batches, { people: 8, photos: 4, ease: 100 })];
    const n = 32;
    const perAnchor = (f: Feed, step: number) => {
      const draws = data(f.batch(step), "triplets");
      return Array.from({ length: n }, (_, a) => draws.slice(a * n * n, (a + 1) * n * n));
    };
    const counts = [0, 50, 100].map((step) => perAnchor(narrow, step).map((draws) => draws.filter((d) => d > 0).length));
    // 3 positives × 28 negatives: at half way about √84 of them.
    expect(counts[2]).toEqual(new Array<number>(n).fill(84));
    const mean = (x: number[]) => x.reduce((p, q) => p + q, 0) / x.length;
    expect(mean(counts[0]!)).toBeLessThan(2);
    expect(mean(counts[1]!)).toBeGreaterThan(6);
    expect(mean(counts[1]!)).toBeLessThan(13);
    perAnchor(wide, 3).forEach((draws, a) => {
      const best = draws.indexOf(Math.max(...draws));
      expect(perAnchor(narrow, 3)[a]![best]).toBe(draws[best]);
    });
  });

  it("gives what is held out once, in order, the last batch filled up", async () => {
    const f = await feed(batches, { mode: "shuffled", size: 3, augment: true, noise: 1 });
    const parts = [...f.heldOut()];
    expect(parts.map((part) => part.rows)).toEqual([3, 3, 2]);
    expect(parts.flatMap(({ values, rows }) => data(values, "examples").slice(0, rows))).toEqual([32, 33, 34, 35, 36, 37, 38, 39]);
    expect(data(parts[2]!.values, "labels")).toEqual([9, 9, 9]);
  });

  it("changes training examples when asked to, within bounds", async () => {
    const picture: DatasetValue = { ...people, example: [2, 3, 1], meaning: "image", data: Uint8Array.from({ length: 240 }, (_, i) => [0, 51, 102, 153, 204, 255][i % 6]!) };
    const plain = rowsOf(picture, [0]);
    expect([...plain].map((v) => Math.round(v * 10))).toEqual([0, 2, 4, 6, 8, 10]);
    const only = (params: object) => rowsOf(picture, new Array<number>(64).fill(0), augmentation({ augment: true, flip: false, shift: 0, brightness: 0, contrast: 0, noise: 0, ...params }), ((i) => () => ((i = (i * 16807) % 2147483647) / 2147483647))(7));
    const rows = (out: Float32Array) => Array.from({ length: 64 }, (_, r) => [...out.subarray(r * 6, r * 6 + 6)].map((v) => Math.round(v * 10)).join());
    expect(new Set(rows(only({ flip: true })))).toEqual(new Set(["0,2,4,6,8,10", "4,2,0,10,8,6"]));
    // Left by one: the border is repeated.
    expect(rows(only({ shift: 1 }))).toContain("2,4,4,8,10,10");
    const bright = only({ brightness: 0.3 });
    expect(Math.max(...bright)).toBeLessThanOrEqual(1);
    expect(new Set(bright.filter((_, i) => i % 6 === 2)).size).toBe(64);
    const noisy = only({ noise: 0.05 }).filter((_, i) => i % 6 === 3).map((v) => v - 0.6);
    expect(Math.sqrt(noisy.reduce((n, v) => n + v * v, 0) / 64)).toBeCloseTo(0.05, 1);
  });

  it("says what is missing", async () => {
    await expect(feed(batches, { people: 9 })).rejects.toMatchObject({ code: "too-few-people", message: "A batch takes 9 people, and 8 have two examples or more that are not held out. Take fewer people a batch, or add people." });
    await expect(feed(batches, { mode: "shuffled" }, { ...people, heldOut: new Uint8Array(40).fill(1) })).rejects.toMatchObject({ code: "no-examples" });
    await expect(feed(batches, {}, { ...people, triplets: [{ anchor: 32, positive: 33, negative: 0 }] })).rejects.toMatchObject({ code: "no-triplets" });
  });
});

describe("Pairs", () => {
  it("are the same and different as they say, and of one part alone", async () => {
    const f = await feed(pairs, { size: 10, share: 0.3 });
    for (const step of [0, 1, 50]) {
      const values = f.batch(step);
      const [a, b, same] = ["a", "b", "same"].map((port) => data(values, port)) as [number[], number[], number[]];
      expect(same.reduce((n, s) => n + s, 0)).toBe(3);
      a.forEach((x, i) => {
        expect(people.labels[x] === people.labels[b[i]!]).toBe(same[i] === 1);
        expect(x).not.toBe(b[i]);
        expect(Math.max(x, b[i]!)).toBeLessThan(32);
      });
    }
  });

  it("are measured on as many of either kind, none twice", async () => {
    const parts = [...(await feed(pairs, { size: 10 })).heldOut()];
    const rows = parts.flatMap(({ values, rows: count }) => Array.from({ length: count }, (_, i) => [data(values, "a")[i]!, data(values, "b")[i]!, data(values, "same")[i]!] as const));
    // Two people with four photos: 2 · 6 same pairs, and of 16 different ones as many.
    expect(rows).toHaveLength(24);
    expect(rows.filter(([, , same]) => same)).toHaveLength(12);
    expect(new Set(rows.map(([a, b]) => `${a} ${b}`)).size).toBe(24);
    for (const [a, b, same] of rows) expect([a >= 32 && b >= 32, people.labels[a] === people.labels[b]]).toEqual([true, same === 1]);
    const few = [...(await feed(pairs, { size: 4, measured: 7 })).heldOut()];
    expect(few.map((part) => part.rows)).toEqual([4, 2]);
  });

  it("give each held-out example once, with its class, where single examples are measured", async () => {
    const parts = [...(await feed(pairs, { size: 5 })).heldOutExamples!()];
    expect(parts.map((part) => part.rows)).toEqual([5, 3]);
    const counted = (port: string) => parts.flatMap(({ values, rows }) => data(values, port).slice(0, rows));
    expect(counted("a")).toEqual([32, 33, 34, 35, 36, 37, 38, 39]);
    expect(counted("b")).toEqual(counted("a"));
    expect(counted("labels")).toEqual([8, 8, 8, 8, 9, 9, 9, 9]);
  });

  it("say what is missing", async () => {
    await expect(feed(pairs, {}, { ...people, labels: new Int32Array(40) })).rejects.toMatchObject({ code: "no-pairs" });
    await expect(feed(pairs, {}, { ...people, pairs: [{ a: 0, b: 39, same: false }] })).rejects.toMatchObject({ code: "no-pairs" });
  });
});
