/** Exact search among 10⁵ people against a plain loop over a Float32Array: one query, and 64 together. */
import { searchGallery } from "@patchbay/nodes";
import type { GalleryValue, TensorData } from "@patchbay/runtime/node-api";
import { withCompute } from "../compute.ts";
import { interleave, median, milliseconds } from "../rounds.ts";
import type { Row } from "../row.ts";
import type { Section } from "../section.ts";

const PEOPLE = 100_000;
const WIDTH = 128;
/** Queries at a time, and the share of the loop's time aimed at. */
const CASES = [[1, 1 / 3], [64, 1 / 10]] as const;

export const recognise: Section = ({ quick, threads, say }) => withCompute(threads, async ({ compute }) => {
  const next = random(7);
  const flat = Float32Array.from({ length: PEOPLE * WIDTH }, () => (next() - 0.5) * 0.35);
  const gallery: GalleryValue = {
    kind: "gallery", network: "face-128", width: WIDTH,
    entries: Array.from({ length: PEOPLE }, (_, i) => ({ name: `person ${i}`, encoding: flat.subarray(i * WIDTH, (i + 1) * WIDTH) })),
  };
  const rows: Row[] = [];
  for (const [count, atMost] of CASES) {
    say(`recognise: ${count} at a time`);
    const queries: TensorData = { dtype: "float32", shape: [count, WIDTH], data: queriesNear(flat, count, next) };
    const found = await searchGallery(compute, gallery, queries, { k: 1 });
    const expected = nearest(flat, queries.data as Float32Array);
    const agree = found.filter(([best], i) => best!.entry === expected[i]!.entry && Math.abs(best!.distance - expected[i]!.distance) < 1e-4).length;
    if (agree !== count) throw new Error(`Search and loop agree on ${agree} of ${count} queries only.`);
    const { ours, peer } = await interleave(
      quick ? 5 : count === 1 ? 31 : 7,
      () => milliseconds(() => searchGallery(compute, gallery, queries, { k: 1 })),
      () => milliseconds(() => nearest(flat, queries.data as Float32Array)),
    );
    rows.push({
      section: "recognise", what: `${count === 1 ? "one query" : `${count} queries together`} among 10⁵ × ${WIDTH}`, ours: median(ours), unit: "ms", peer: median(peer),
      target: { of: "ratio", atMost: Number(atMost.toPrecision(2)) }, note: `peer: a plain loop over a Float32Array, one thread; both find the same people${count > 1 ? `; all ${count} timed` : ""}.`,
    });
  }
  return rows;
});

/** The peer: as one would write it without a library. */
function nearest(flat: Float32Array, queries: Float32Array): { entry: number; distance: number }[] {
  const found: { entry: number; distance: number }[] = [];
  for (let q = 0; q < queries.length; q += WIDTH) {
    let [entry, least] = [-1, Infinity];
    for (let at = 0; at < flat.length; at += WIDTH) {
      let sum = 0;
      for (let k = 0; k < WIDTH; k++) {
        const d = flat[at + k]! - queries[q + k]!;
        sum += d * d;
      }
      if (sum < least) [entry, least] = [at / WIDTH, sum];
    }
    found.push({ entry, distance: Math.sqrt(least) });
  }
  return found;
}

/** Other photos of enrolled people: their encodings, disturbed. */
function queriesNear(flat: Float32Array, count: number, next: () => number): Float32Array {
  const queries = new Float32Array(count * WIDTH);
  for (let q = 0; q < count; q++) {
    const person = Math.floor(next() * PEOPLE);
    for (let k = 0; k < WIDTH; k++) queries[q * WIDTH + k] = flat[person * WIDTH + k]! + (next() - 0.5) * 0.05;
  }
  return queries;
}

/** Seeded numbers in 0…1: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
