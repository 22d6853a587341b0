/** Exact search in a gallery: one matrix product for all queries and all people, then the best of each row. */
import { NodeFailure, type Builder, type EvaluateContext, type GalleryValue, type TensorData, type Value } from "@patchbay/runtime/node-api";
import { distance, distanceBetween, type Metric } from "./metrics.ts";

export interface Found {
  /** Index into the gallery's entries. */
  readonly entry: number;
  /** In the metric asked for, computed again in float64 for the entries found. */
  readonly distance: number;
}

interface Prepared {
  /** `[M,n]` */
  readonly matrix: TensorData;
  /** `[M]`, squared Euclidean length of each row. */
  readonly norms: TensorData;
}

/** The matrix of a gallery is put together once, however often it is searched. */
const prepared = new WeakMap<GalleryValue, Prepared>();

function prepare(gallery: GalleryValue): Prepared {
  const known = prepared.get(gallery);
  if (known) return known;
  const [m, n] = [gallery.entries.length, gallery.width];
  const matrix = new Float32Array(m * n);
  const norms = new Float32Array(m);
  gallery.entries.forEach(({ encoding }, i) => {
    matrix.set(encoding, i * n);
    norms[i] = encoding.reduce((s, v) => s + v * v, 0);
  });
  const made: Prepared = { matrix: { dtype: "float32", shape: [m, n], data: matrix }, norms: { dtype: "float32", shape: [m], data: norms } };
  prepared.set(gallery, made);
  return made;
}

/** Something that orders entries as the metric does: `[Q,M]`, smaller is nearer. */
function order(b: Builder, metric: Metric, queries: Value, matrix: Value, norms: Value): Value {
  const [q, n] = queries.shape as [number, number];
  const m = matrix.shape[0]!;
  if (metric === "manhattan" || metric === "chi-squared") {
    const rows = Array.from({ length: q }, (_, i) => b.reshape(distance(b, metric, b.sliceAxis(queries, 0, i, i + 1), matrix), [1, m]));
    return b.concat(rows, 0);
  }
  // ‖q−g‖² = ‖q‖² + ‖g‖² − 2q·g, and ‖q‖² is the same for the whole row. A single query is a matrix times a vector: the
  // gallery stays as it lies in memory.
  const products = q === 1 ? b.reshape(b.matmul(matrix, b.reshape(queries, [n, 1])), [1, m]) : b.matmul(queries, matrix, { transposeB: true });
  if (metric === "cosine") return b.neg(b.div(products, b.sqrt(b.max(norms, 1e-24))));
  return b.sub(norms, b.mul(products, 2));
}

/**
 * The `k` nearest entries of each query, nearest first. `queries` is `[Q,n]`. The product is float32; the distances of
 * those found are computed again in float64, so that a near-identical photo is not rounded away.
 */
export async function searchGallery(compute: EvaluateContext["compute"], gallery: GalleryValue, queries: TensorData, options: { k: number; metric?: Metric }): Promise<Found[][]> {
  const { metric = "euclidean" } = options;
  const [q, n] = queries.shape as [number, number];
  if (gallery.entries.length === 0) throw new NodeFailure("gallery-empty", "The gallery knows nobody yet: enrol someone first.");
  if (n !== gallery.width) throw new NodeFailure("width-mismatch", `The gallery holds encodings of ${gallery.width} numbers, and this one has ${n}.`);
  const { matrix, norms } = prepare(gallery);
  const k = Math.min(options.k, gallery.entries.length);
  const { nearest } = await compute(`search|${metric}|${k}`, { queries, matrix, norms }, (b, i) =>
    ({ nearest: b.topK(order(b, metric, i["queries"]!, i["matrix"]!, i["norms"]!), k, false).indices }));
  return Array.from({ length: q }, (_, row) => {
    const query = queries.data.subarray(row * n, (row + 1) * n);
    return Array.from(nearest!.data.subarray(row * k, (row + 1) * k), (entry) => ({ entry, distance: distanceBetween(metric, query, gallery.entries[entry]!.encoding) }))
      .sort((a, b) => a.distance - b.distance || a.entry - b.entry);
  });
}

/** The `k` nearest people of each query, each with the distance of their best photo. */
export async function searchPeople(compute: EvaluateContext["compute"], gallery: GalleryValue, queries: TensorData, options: { k: number; metric?: Metric }): Promise<{ name: string; distance: number }[][]> {
  // So many entries hold at least k people, even if the k − 1 nearest come first with all their photos.
  const most = photosOfOnePerson(gallery);
  const found = await searchGallery(compute, gallery, queries, { ...options, k: (options.k - 1) * most + 1 });
  return found.map((entries) => {
    const people = new Map<string, number>();
    for (const { entry, distance: d } of entries) if (!people.has(gallery.entries[entry]!.name)) people.set(gallery.entries[entry]!.name, d);
    return [...people].slice(0, options.k).map(([name, d]) => ({ name, distance: d }));
  });
}

const mostPhotos = new WeakMap<GalleryValue, number>();

function photosOfOnePerson(gallery: GalleryValue): number {
  const known = mostPhotos.get(gallery);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { name } of gallery.entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  mostPhotos.set(gallery, most);
  return most;
}
