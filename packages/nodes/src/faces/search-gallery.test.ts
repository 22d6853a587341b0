/** Exact search finds what comparing one by one finds, for every metric, with many photos of one person and near-identical ones. */
import { resolveBackend } from "@patchbay/runtime/backends";
import { Builder, float32, type EvaluateContext, type GalleryValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { distanceBetween, type Metric } from "./metrics.ts";
import { searchGallery, searchPeople } from "./search-gallery.ts";

const compute: EvaluateContext["compute"] = async (_key, inputs, build) => {
  const { backend } = await resolveBackend();
  const b = new Builder();
  const executable = await backend.compile(b.build(build(b, Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, b.input(name, t)])))));
  const out = await executable.run(inputs);
  await executable.dispose();
  return out;
};

let seed = 1;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5;
const vector = () => Float32Array.from({ length: 16 }, random);
/** One person in five has a photo of every fifth entry; the others one each. */
const gallery: GalleryValue = { kind: "gallery", network: "n", width: 16, entries: Array.from({ length: 300 }, (_, i) => ({ name: i % 5 ? `p${i}` : `many${i % 15}`, encoding: vector() })) };
const queries = float32([3, 16], Float32Array.from({ length: 48 }, random));

describe.each<Metric>(["euclidean", "squared-euclidean", "cosine", "manhattan", "chi-squared"])("%s", (metric) => {
  it.each([1, 3])("finds the nearest entries of %i queries", async (q) => {
    const some = float32([q, 16], queries.data.slice(0, q * 16));
    const found = await searchGallery(compute, gallery, some, { k: 7, metric });
    for (let row = 0; row < q; row++) {
      const all = gallery.entries.map(({ encoding }, entry) => ({ entry, distance: distanceBetween(metric, some.data.subarray(row * 16, row * 16 + 16), encoding) })).sort((a, b) => a.distance - b.distance);
      expect(found[row]).toEqual(all.slice(0, 7));
    }
  });

  it("finds the nearest people, each once", async () => {
    const [found] = await searchPeople(compute, gallery, float32([1, 16], queries.data.slice(0, 16)), { k: 4, metric });
    const best = new Map<string, number>();
    for (const { name, encoding } of gallery.entries) best.set(name, Math.min(best.get(name) ?? Infinity, distanceBetween(metric, queries.data.subarray(0, 16), encoding)));
    expect(found).toEqual([...best].sort((a, b) => a[1] - b[1]).slice(0, 4).map(([name, distance]) => ({ name, distance })));
  });
});

it("tells a photo from a nearly identical one", async () => {
  const twin = Float32Array.from(gallery.entries[7]!.encoding, (v) => v + 1e-6);
  const [found] = await searchGallery(compute, gallery, float32([1, 16], twin), { k: 1 });
  expect(found![0]!.entry).toBe(7);
  expect(found![0]!.distance).toBeCloseTo(4e-6, 7);
});

it("says that a gallery is empty, or of another width", async () => {
  await expect(searchGallery(compute, { ...gallery, entries: [] }, queries, { k: 1 })).rejects.toMatchObject({ code: "gallery-empty" });
  await expect(searchGallery(compute, { ...gallery, width: 128 }, queries, { k: 1 })).rejects.toMatchObject({ code: "width-mismatch" });
});
