/** Maps keep apart what is apart, are the same for the same seed, show progress, stop, and say what cannot be laid out. */
import { createRegistry, type GraphDocument, type Json } from "@patchbay/graph-core";
import { GraphError, loadGraph, run, type RunOptions } from "@patchbay/runtime";
import { defineNode, type DatasetValue, type NumberValue, type RunnableNode, type ScatterValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { nodes } from "../index.ts";
import { seededUniform } from "../seeded.ts";

/** Five people of twelve photos in ten dimensions; their places are seven times as far apart as their photos. */
function people(spread = 1, noise = 0.1, photos = 12): DatasetValue {
  const next = seededUniform(11);
  const places = Array.from({ length: 5 }, () => Array.from({ length: 10 }, () => spread * (2 * next() - 1)));
  const rows = places.flatMap((place) => Array.from({ length: photos }, () => place.map((v) => v + noise * (2 * next() - 1))));
  return {
    kind: "dataset", example: [10], meaning: "encoding", network: "n", data: Float32Array.from(rows.flat()), classes: ["a", "b", "c", "d", "e"],
    labels: Int32Array.from(rows, (_, i) => Math.floor(i / photos)), heldOut: Uint8Array.from(rows, (_, i) => Number(i % photos === 0)), names: rows.map((_, i) => `p${i}`),
  };
}

async function mapOf(dataset: DatasetValue, params: { [name: string]: Json }, options: RunOptions = {}) {
  const given: RunnableNode = defineNode({ type: "Given", version: 1, title: "Given", group: "Test", doc: "Examples.", inputs: [], params: [], outputs: [{ name: "value", doc: "They.", type: { kind: "dataset", example: null } }], evaluate: async () => ({ value: dataset }) });
  const document: GraphDocument = {
    format: "patchbay-graph", version: 1, wires: [{ from: "given.value", to: "map.dataset" }],
    nodes: [{ id: "given", type: "Given", version: 1, params: {}, position: { x: 0, y: 0 } }, { id: "map", type: "EmbeddingMap", version: 1, params, position: { x: 300, y: 0 } }],
    interface: { inputs: [], outputs: ["map", "silhouette"].map((port) => ({ name: port, node: "map", port })) },
  };
  const graph = await loadGraph(document, { nodes: createRegistry<RunnableNode>([...nodes.declarations, given]) });
  try {
    const { outputs, notices } = await run(graph, options);
    return { map: outputs["map"] as ScatterValue, silhouette: (outputs["silhouette"] as NumberValue).value, notices };
  } finally {
    await graph.dispose();
  }
}

describe.each(["pca", "tsne", "umap"])("%s", (method) => {
  it("keeps people apart who are apart, and does not invent groups", async () => {
    const apart = await mapOf(people(), { method });
    expect(apart.map.points).toHaveLength(60);
    expect(apart.silhouette).toBeGreaterThan(0.6);
    // Without places of their own, people are chance groups of one cloud.
    const mixed = await mapOf(people(0), { method });
    expect(mixed.silhouette).toBeLessThan(0.05);
    expect(mixed.map.points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });

  it("is the same for the same seed", async () => {
    const [one, again] = [await mapOf(people(), { method, seed: 3 }), await mapOf(people(), { method, seed: 3 })];
    expect(again.map).toEqual(one.map);
    const other = await mapOf(people(), { method, seed: 4 });
    if (method === "pca") expect(other.map).toEqual(one.map);
    else expect(other.map).not.toEqual(one.map);
  });
});

describe("what is shown", () => {
  it("is a seeded draw where there are more examples than points", async () => {
    const { map, notices } = await mapOf(people(), { most: 20 });
    expect(map.points).toHaveLength(20);
    expect(new Set(map.points.map((p) => p.name)).size).toBe(20);
    expect(notices).toMatchObject([{ code: "points-left-out", severity: "warning", message: expect.stringContaining("40 of 60") }]);
    expect((await mapOf(people(), { most: 20, seed: 2 })).map.points.map((p) => p.name)).not.toEqual(map.points.map((p) => p.name));
  });

  it("is the part that is asked for", async () => {
    expect((await mapOf(people(), { part: "held-out" })).map.points.map((p) => p.name)).toEqual(["p0", "p12", "p24", "p36", "p48"]);
    expect((await mapOf(people(), { part: "training" })).map.points).toHaveLength(55);
  });

  it("is a picture where examples are pictures, and a thumbnail where they have one", async () => {
    const pictures: DatasetValue = { ...people(), example: [1, 2, 3], meaning: "image", data: Uint8Array.from({ length: 360 }, (_, i) => (i * 37) % 251) };
    expect((await mapOf(pictures, {})).map.points[1]!.image).toEqual({ kind: "image", width: 2, height: 1, data: pictures.data.slice(6, 12) });
    const thumbnails = people().names.map((name) => ({ kind: "image" as const, width: 1, height: 1, data: Uint8Array.of(1, 2, 3), name }));
    expect((await mapOf({ ...people(), thumbnails }, { part: "held-out" })).map.points[1]!.image!.name).toBe("p12");
  });
});

describe("what cannot be laid out", () => {
  const code = async (work: Promise<unknown>) => work.then(() => "none", (e: unknown) => (e instanceof GraphError ? e.diagnostics.map((d) => d.code).join() : String(e)));
  it("says why", async () => {
    expect(await code(mapOf({ ...people(), data: new Float32Array(600).fill(0.5) }, {}))).toBe("all-equal");
    expect(await code(mapOf({ ...people(), data: new Float32Array(600).fill(NaN) }, {}))).toBe("not-finite");
    expect(await code(mapOf({ ...people(1, 0.1, 1), heldOut: Uint8Array.of(1, 1, 0, 0, 0) }, { part: "held-out" }))).toBe("too-few-points");
  });

  it("works for three points, and for many copies of two", async () => {
    const three = { ...people(1, 0.1, 1), heldOut: Uint8Array.of(1, 1, 1, 0, 0) };
    const copies = people();
    copies.data.set(Float32Array.from({ length: 600 }, (_, i) => Math.floor(i / 300)));
    for (const method of ["pca", "tsne", "umap"])
      for (const { map } of [await mapOf(three, { method, part: "held-out", steps: 60 }), await mapOf(copies, { method, steps: 60 })]) expect(map.points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)), method).toBe(true);
  });

  it("stops when it is told to, and tells how far it is", async () => {
    const stop = new AbortController();
    const steps: number[] = [];
    const work = mapOf(people(1, 0.1, 60), { method: "tsne", steps: 5000 }, {
      signal: stop.signal,
      onProgress: (event) => {
        if (event.type !== "progress") return;
        steps.push(event.step);
        if (steps.length === 3) stop.abort(new Error("enough"));
      },
    });
    await expect(work).rejects.toThrow();
    expect(steps.length).toBeLessThan(10);
    expect(steps[2]!).toBeLessThan(5000);
  });
});
