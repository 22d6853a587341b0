/** Encodings as a map: what an encoder holds for alike lies close together. */
import { defineNode, NodeFailure, type DatasetValue, type EvaluateContext, type GalleryValue, type ImageValue, type ScatterValue } from "@patchbay/runtime/node-api";
import { metricParam, type Metric } from "../faces/metrics.ts";
import { seededUniform } from "../seeded.ts";
import { principalComponents, tsne, umap, type LayoutOptions } from "./layouts.ts";
import { silhouette } from "./silhouette.ts";

/** Between two looks at whether to stop. */
const STRETCH_MS = 50;

export const embeddingMap = defineNode({
  type: "EmbeddingMap",
  version: 1,
  title: "Embedding map",
  group: "Insight",
  doc: "Lays examples out in the plane, so that what is alike for the network lies close together: a point for each, with name, person and a small picture. PCA shows the two directions in which they differ most: straight, quick and true to distances as far as two axes can be. t-SNE and UMAP keep neighbours together and let the rest go: groups show better, but distances between groups and their sizes mean little. The silhouette says how well people keep to themselves in the map: 1 far apart, 0 mixed.",
  source: "t-SNE: van der Maaten & Hinton, JMLR 2008; UMAP: McInnes et al., arXiv 1802.03426; silhouette: Rousseeuw 1987",
  synonyms: ["PCA", "t-SNE", "UMAP", "scatter", "visualise", "clusters", "projection", "principal components", "dimensionality reduction"],
  inputs: [{ name: "dataset", doc: "Encodings with names (or any examples: pictures are compared pixel by pixel), or a gallery.", type: [{ kind: "dataset", example: null }, { kind: "gallery" }] }],
  outputs: [
    { name: "map", doc: "A point for each example.", type: { kind: "scatter" } },
    { name: "silhouette", doc: "How well the people or classes keep apart in the map, −1…1.", type: { kind: "number" } },
  ],
  params: [
    {
      name: "method", title: "Method", kind: "choice", default: "pca", help: "How the plane is made.",
      choices: [{ value: "pca", title: "PCA", help: "The two directions of largest variance." }, { value: "tsne", title: "t-SNE", help: "Keeps neighbours; slow above a thousand points." }, { value: "umap", title: "UMAP", help: "Keeps neighbours and more of the whole." }],
    },
    { ...metricParam, help: "What alike means for t-SNE and UMAP.", visibleWhen: { param: "method", equals: ["tsne", "umap"] } },
    { name: "perplexity", title: "Perplexity", kind: "number", default: 15, min: 1, max: 200, help: "About how many neighbours a point has; at most a third of the points.", visibleWhen: { param: "method", equals: ["tsne"] } },
    { name: "neighbours", title: "Neighbours", kind: "number", default: 15, min: 2, max: 200, integer: true, help: "Few show detail, many the whole.", visibleWhen: { param: "method", equals: ["umap"] } },
    { name: "minDistance", title: "Least distance", kind: "number", default: 0.1, min: 0, max: 1, step: 0.05, help: "How closely points may lie together.", visibleWhen: { param: "method", equals: ["umap"] } },
    { name: "steps", title: "Steps", kind: "number", default: 400, min: 50, max: 5000, integer: true, help: "How long the layout is improved.", visibleWhen: { param: "method", equals: ["tsne", "umap"] } },
    {
      name: "part", title: "Shows", kind: "choice", default: "all", help: "Which part of a dataset.",
      choices: [{ value: "all", title: "Everything" }, { value: "held-out", title: "The held-out part" }, { value: "training", title: "The training part" }],
    },
    { name: "most", title: "Most points", kind: "number", default: 1000, min: 3, max: 3000, integer: true, help: "Of more examples as many are drawn." },
    { name: "seed", title: "Seed", kind: "number", default: 1, integer: true, help: "Another seed turns t-SNE and UMAP another way, and draws other examples." },
  ],
  async evaluate(context) {
    const { params, inputs } = context;
    const all = examplesOf(inputs["dataset"] as DatasetValue | GalleryValue, params["part"] as string);
    const examples = drawn(all, params["most"] as number, params["seed"] as number);
    if (examples.length < all.length) context.warn("points-left-out", `${all.length - examples.length} of ${all.length} examples are left out of the map; “Most points” shows more.`, { param: "most" });
    if (examples.length < 3) throw new NodeFailure("too-few-points", `A map needs three examples or more, and there ${examples.length === 1 ? "is 1" : `are ${examples.length}`}.`);
    const rows = examples.map((e) => e.row);
    if (!rows.every((row) => row.every(Number.isFinite))) throw new NodeFailure("not-finite", "Some examples hold numbers that are not finite: they have no place in a map.");
    if (rows.every((row) => row.every((v, i) => v === rows[0]![i]))) throw new NodeFailure("all-equal", "All examples are equal, so that there is nothing to lay out: a network that gives the same encoding to everything has collapsed.");
    const make = { pca: () => principalComponents(rows), tsne: () => tsne(rows, options(context)), umap: () => umap(rows, options(context)) }[params["method"] as "pca" | "tsne" | "umap"];
    const { points, axes } = await make();
    const score = silhouette(points, examples.map((e) => e.group));
    const map: ScatterValue = { kind: "scatter", axes, points: examples.map(({ name, label, image }, i) => ({ x: points[i]![0], y: points[i]![1], name, ...(label === undefined ? {} : { label }), ...(image ? { image } : {}) })) };
    return { map, silhouette: { kind: "number", value: Number.isNaN(score) ? 0 : score } };
  },
});

function options({ params, progress, signal }: EvaluateContext): LayoutOptions {
  const number = (name: string) => params[name] as number;
  let last = Date.now();
  return {
    seed: number("seed"), metric: params["metric"] as Metric, perplexity: number("perplexity"), neighbours: number("neighbours"), minDistance: number("minDistance"), steps: number("steps"),
    pause: async (step) => {
      if (Date.now() - last < STRETCH_MS && step < number("steps")) return;
      progress({ step, of: number("steps"), note: "Laying out" });
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
      last = Date.now();
    },
  };
}

interface Example {
  readonly row: Float64Array;
  readonly name: string;
  readonly label?: string;
  readonly group: number;
  readonly image?: ImageValue;
}

function examplesOf(value: DatasetValue | GalleryValue, part: string): Example[] {
  if (value.kind === "gallery") {
    const names = [...new Set(value.entries.map((e) => e.name))];
    return value.entries.map(({ name, photo, encoding }) => ({ row: Float64Array.from(encoding), name: photo ?? name, label: name, group: names.indexOf(name) }));
  }
  const size = value.example.reduce((n, d) => n * d, 1);
  const scale = value.data instanceof Uint8Array ? 1 / 255 : 1;
  return value.names.flatMap((name, i) => {
    if (part !== "all" && (part === "held-out") !== (value.heldOut[i] === 1)) return [];
    const data = value.data.subarray(i * size, (i + 1) * size);
    const label = value.classes[value.labels[i]!];
    const image = value.thumbnails?.[i] ?? pictureOf(value, data);
    return [{ row: Float64Array.from(data, (v) => v * scale), name, group: value.labels[i]!, ...(label === undefined ? {} : { label }), ...(image ? { image } : {}) }];
  });
}

/** An example that is a picture itself. */
function pictureOf({ meaning, example }: DatasetValue, data: Uint8Array | Float32Array): ImageValue | undefined {
  const [height, width, channels] = example;
  if (meaning !== "image" || example.length !== 3 || channels !== 3) return undefined;
  return { kind: "image", width: width!, height: height!, data: data instanceof Uint8Array ? data.slice() : Uint8Array.from(data, (v) => Math.round(Math.min(1, Math.max(0, v)) * 255)) };
}

/** At most `most` of them in their order, each as likely as any other. */
function drawn(examples: readonly Example[], most: number, seed: number): readonly Example[] {
  const next = seededUniform(seed);
  let wanted = most;
  return examples.length <= most ? examples : examples.filter((_, i) => next() * (examples.length - i) < wanted && wanted-- > 0);
}
