/** Rows of many numbers laid out in the plane, by three methods whose libraries are loaded when they are asked for. */
import { NodeFailure } from "@patchbay/runtime/node-api";
import { distanceBetween, type Metric } from "../faces/metrics.ts";
import { seededUniform } from "../seeded.ts";

export interface Layout {
  /** [x, y] of each row. */
  readonly points: readonly (readonly [number, number])[];
  readonly axes: readonly [string, string];
}

export interface LayoutOptions {
  readonly seed: number;
  readonly metric: Metric;
  /** Effective number of neighbours of t-SNE. */
  readonly perplexity: number;
  /** Neighbours of UMAP. */
  readonly neighbours: number;
  /** UMAP: the least distance of points in the map. */
  readonly minDistance: number;
  /** Of t-SNE and UMAP. */
  readonly steps: number;
  /** Called after each step; resolves when work may go on, throws to stop. */
  pause(step: number): Promise<void>;
}

/** Principal components: the two directions of largest variance, each turned so that its largest coefficient is positive (the sign is arbitrary). */
export async function principalComponents(rows: readonly Float64Array[]): Promise<Layout> {
  const { PCA } = await import("ml-pca");
  const data = rows.map((row) => Array.from(row));
  const pca = new PCA(data);
  const shares = pca.getExplainedVariance();
  const vectors = pca.getEigenvectors();
  const signs = [0, 1].map((c) => (c < vectors.columns ? signOf(vectors.getColumn(c)) : 1));
  const placed = pca.predict(data, { nComponents: Math.min(2, vectors.columns) }).to2DArray();
  const axis = (c: number): string => `PCA ${c + 1}, ${Number(((shares[c] ?? 0) * 100).toPrecision(2))} % of the variance`;
  return { points: placed.map((p) => [signs[0]! * p[0]!, signs[1]! * (p[1] ?? 0)] as const), axes: [axis(0), axis(1)] };
}

const signOf = (vector: readonly number[]): number => (vector.reduce((best, v) => (Math.abs(v) > Math.abs(best) + 1e-12 ? v : best), 0) < 0 ? -1 : 1);

/**
 * t-SNE (van der Maaten & Hinton, JMLR 9, 2008), exact: quadratic in the number of rows. Begins at the principal components,
 * made small, which keeps the large-scale order (Kobak & Berens, Nature Communications 10, 2019), and a touch of seeded noise.
 */
export async function tsne(rows: readonly Float64Array[], options: LayoutOptions): Promise<Layout> {
  const { TSNE } = await import("@keckelt/tsne");
  // Below three times as many rows the neighbourhoods asked for do not exist.
  const solver = new TSNE({ dim: 2, perplexity: Math.max(1, Math.min(options.perplexity, (rows.length - 1) / 3)), epsilon: 10 });
  const squared = rows.map(() => new Float64Array(rows.length));
  for (let i = 0; i < rows.length; i++) for (let j = i + 1; j < rows.length; j++) squared[i]![j] = squared[j]![i] = distanceBetween(options.metric, rows[i]!, rows[j]!) ** 2;
  const typical = mean(squared.flatMap((row) => Array.from(row))) || 1;
  // Neighbourhoods are the same at any scale; the library looks for their width from 1 on.
  solver.initDataDist(squared.map((row) => row.map((d) => d / typical)));
  const start = (await principalComponents(rows)).points;
  const spread = Math.sqrt(mean(start.map(([x]) => x * x))) || 1;
  const next = seededUniform(options.seed);
  (solver.getSolution() as number[][]).forEach((point, i) => [0, 1].forEach((d) => (point[d] = (start[i]![d]! / spread) * 1e-4 + (next() - 0.5) * 1e-5)));
  for (let step = 1; step <= options.steps; step++) {
    solver.step();
    await options.pause(step);
  }
  return { points: (solver.getSolution() as number[][]).map(([x, y]) => [x!, y!] as const), axes: ["t-SNE 1", "t-SNE 2"] };
}

/** UMAP (McInnes, Healy & Melville, arXiv 1802.03426). */
export async function umap(rows: readonly Float64Array[], options: LayoutOptions): Promise<Layout> {
  const { UMAP } = await import("umap-js");
  const solver = new UMAP({
    nNeighbors: Math.min(options.neighbours, rows.length - 1), minDist: options.minDistance, nEpochs: options.steps, random: seededUniform(options.seed),
    distanceFn: (a, b) => distanceBetween(options.metric, a, b),
  });
  const epochs = solver.initializeFit(rows.map((row) => Array.from(row)));
  for (let step = 1; step <= epochs; step++) {
    solver.step();
    await options.pause(step);
  }
  const points = solver.getEmbedding().map(([x, y]) => [x!, y!] as const);
  if (!points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))) throw new NodeFailure("no-map", "UMAP found no layout of these examples: take PCA, or other numbers of neighbours.");
  return { points, axes: ["UMAP 1", "UMAP 2"] };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
