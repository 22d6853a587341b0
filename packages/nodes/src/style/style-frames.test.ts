/** A film repainted frame by frame: steadier than frames painted each by itself, and with all the other ways of painting. */
import { loadGraph, run, RunCache, type LoadedGraph, type RunEvent } from "@patchbay/runtime";
import type { ImagesValue, SeriesValue, TensorValue } from "@patchbay/runtime/node-api";
import type { Json } from "@patchbay/graph-core";
import { afterAll, describe, expect, it } from "vitest";
import { nodes } from "../index.ts";

const opened: LoadedGraph[] = [];
afterAll(async () => {
  for (const graph of opened) await graph.dispose();
});

const SCENE = { count: 4, width: 64, height: 48 };

async function film(scene: { [param: string]: Json }, paint: { [param: string]: Json }, { connected = true, signal }: { connected?: boolean; signal?: (event: RunEvent, stop: AbortController) => void } = {}) {
  const at = { position: { x: 0, y: 0 } };
  const node = (id: string, type: string, params: { [param: string]: Json } = {}) => ({ id, type, version: nodes.get(type)!.version, params, ...at });
  const graph = await loadGraph(
    {
      format: "patchbay-graph", version: 1,
      nodes: [
        node("film", "Frames", { ...SCENE, ...scene }), node("still", "Pattern", { kind: "mosaic", width: 64, height: 48 }), node("painting", "Pattern", { kind: "marble", width: 64, height: 48 }),
        node("size", "Resize", { width: 64 }), node("picture", "GeneratedImage"),
        node("content-features", "FeatureExtractor", { layers: ["c3"] }), node("style-features", "FeatureExtractor", { layers: ["c0", "c1"] }), node("features", "FeatureExtractor", { layers: ["c0", "c1", "c3"] }),
        node("content-cost", "ContentCost", { layer: "c3", normalisation: "relative" }), node("style-cost", "StyleCost", { layers: ["c0", "c1"], statistic: "covariance", normalisation: "relative" }), node("total", "TotalCost", { balance: "strength", strength: 0.5 }),
        node("paint", "PixelOptimizer", { previewEvery: 100, ...paint }),
      ],
      wires: [
        [connected ? "film.image" : "still.image", "size.image"], ["film.images", "paint.frames"], ["size.image", "picture.content"], ["size.image", "content-features.image"], ["painting.image", "style-features.image"], ["picture.image", "features.image"],
        ["content-features.activations", "content-cost.content"], ["features.activations", "content-cost.generated"], ["style-features.activations", "style-cost.style"], ["features.activations", "style-cost.generated"],
        ["content-cost.cost", "total.content"], ["style-cost.cost", "total.style"], ["total.total", "paint.loss"],
      ].map(([from, to]) => ({ from: from!, to: to! })),
      interface: { inputs: [], outputs: [["image", "paint.image"], ["losses", "paint.losses"], ["frames", "paint.frames"], ["size", "size.image"]].map(([name, from]) => ({ name: name!, node: from!.split(".")[0]!, port: from!.split(".")[1]! })) },
    },
    { nodes },
  );
  opened.push(graph);
  const events: Extract<RunEvent, { type: "progress" }>[] = [];
  const stop = new AbortController();
  const result = await run(graph, { backend: "onnx-native", cache: new RunCache(), signal: stop.signal, onProgress: (e) => { if (e.type === "progress") events.push(e); signal?.(e, stop); } });
  return { ...result, events, frames: (result.outputs["frames"] as ImagesValue).items, losses: result.outputs["losses"] as SeriesValue };
}

const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length;
/** Mean difference between each result and the next, in 1/255. */
const flicker = (frames: ImagesValue["items"]): number => frames.slice(1).reduce((sum, f, i) => sum + difference(f.image.data, frames[i]!.image.data), 0) / (frames.length - 1);

describe("a list of frames", () => {
  it("flickers less, where the scene stands still, than frames that are painted each by itself", async () => {
    const scene = { motion: 0, grain: 0.01 };
    const following = await film(scene, { steps: 40, frameSteps: 15 });
    const alone = await film(scene, { steps: 40, frameSteps: 40, carry: 0 });
    expect(following.frames).toHaveLength(4);
    expect(flicker(following.frames)).toBeLessThanOrEqual(flicker(alone.frames));
  });

  it("follows what moves, and says which frame it is at", async () => {
    const { frames, events, losses, outputs } = await film({}, { steps: 20, frameSteps: 10 });
    expect(flicker(frames)).toBeGreaterThan(1);
    expect(frames.map((f) => f.name)).toEqual(["Frame 1", "Frame 2", "Frame 3", "Frame 4"]);
    expect(losses.x.values).toHaveLength(50);
    const steps = events.filter((e) => e.terms && e.node === "paint");
    expect(steps.map((e) => e.step)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(new Set(steps.map((e) => `${e.note} of ${e.of}`))).toEqual(new Set([1, 2, 3, 4].map((i) => `Frame ${i} of 4 of 50`)));
    // The last picture is the last frame's; what stands beside it is the first again.
    const [image, size] = [outputs["image"] as TensorValue, outputs["size"] as TensorValue];
    expect(difference(image.data.map((v) => Math.round(v * 255)), frames[3]!.image.data)).toBeLessThan(0.6);
    expect(difference(size.data.map((v) => v * 255), frames[0]!.image.data)).toBeLessThan(difference(size.data.map((v) => v * 255), frames[3]!.image.data));
  });

  it("goes with octaves and tiles", async () => {
    const { frames, events } = await film({ count: 2, width: 96, height: 96 }, { steps: 8, frameSteps: 4, tile: 48 });
    expect(frames).toHaveLength(2);
    expect(events.some((e) => /^Frame 2 of 2, tile 1 of \d+$/.test(e.note ?? ""))).toBe(true);
  });

  it("keeps the frames that are done when it is stopped", async () => {
    const { frames, interrupted } = await film({}, { steps: 10, frameSteps: 10 }, { signal: (e, stop) => e.type === "progress" && e.step === 15 && stop.abort() });
    expect(frames).toHaveLength(2);
    expect(interrupted).toEqual([{ node: "paint", step: 15, of: 40 }]);
  });

  it("must be what is repainted", async () => {
    await expect(film({}, { steps: 2 }, { connected: false })).rejects.toThrow("The frames do not reach the loss");
  });
});
