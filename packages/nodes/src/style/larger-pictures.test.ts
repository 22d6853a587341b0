/** Octaves, tiles and plateaus: the same picture by other ways, with all that a person sees of them, stopped anywhere and gone on with. */
import { loadGraph, run, RunCache, type LoadedGraph, type OptimiserState, type RunEvent, type RunOptions } from "@patchbay/runtime";
import type { ImagesValue, SeriesValue, TensorValue } from "@patchbay/runtime/node-api";
import type { Json } from "@patchbay/graph-core";
import { afterAll, describe, expect, it } from "vitest";
import { nodes } from "../index.ts";

const [WIDTH, HEIGHT] = [128, 96];
const at = { position: { x: 0, y: 0 } };

/** A pattern repainted in the style of another, seen by the first layers of the small network. */
async function drawing(paint: { [param: string]: Json }, start: "content" | "noise" = "content"): Promise<LoadedGraph> {
  const features = (id: string, layers: string[]) => ({ id, type: "FeatureExtractor", version: 1, params: { layers }, ...at });
  return loadGraph(
    {
      format: "patchbay-graph", version: 1,
      nodes: [
        { id: "content", type: "Pattern", version: 1, params: { kind: "mosaic", width: WIDTH, height: HEIGHT }, ...at },
        { id: "style", type: "Pattern", version: 1, params: { kind: "marble", width: 112, height: 80 }, ...at },
        { id: "picture", type: "GeneratedImage", version: 1, params: { start }, ...at },
        features("content-features", ["c4"]), features("style-features", ["c0", "c1", "c3"]), features("features", ["c0", "c1", "c3", "c4"]),
        { id: "content-cost", type: "ContentCost", version: 1, params: { layer: "c4", normalisation: "relative" }, ...at },
        { id: "style-cost", type: "StyleCost", version: nodes.get("StyleCost")!.version, params: { statistic: "covariance", normalisation: "relative" }, ...at },
        { id: "smooth", type: "TotalVariation", version: 1, params: {}, ...at },
        { id: "total", type: "TotalCost", version: 1, params: { balance: "strength", strength: 0.5 }, ...at },
        { id: "paint", type: "PixelOptimizer", version: 1, params: { previewEvery: 4, ...paint }, ...at },
      ],
      wires: [
        ["content.image", "picture.content"], ["content.image", "content-features.image"], ["style.image", "style-features.image"], ["picture.image", "features.image"], ["picture.image", "smooth.image"],
        ["content-features.activations", "content-cost.content"], ["features.activations", "content-cost.generated"], ["style-features.activations", "style-cost.style"], ["features.activations", "style-cost.generated"],
        ["content-cost.cost", "total.content"], ["style-cost.cost", "total.style"], ["smooth.cost", "total.variation"], ["total.total", "paint.loss"],
      ].map(([from, to]) => ({ from: from!, to: to! })),
      interface: { inputs: [], outputs: ["image", "losses", "frames"].map((name) => ({ name, node: "paint", port: name })) },
    },
    { nodes },
  );
}

const opened: LoadedGraph[] = [];
afterAll(async () => {
  for (const graph of opened) await graph.dispose();
});

async function painted(paint: { [param: string]: Json }, options: RunOptions = {}, start: "content" | "noise" = "content") {
  const graph = await drawing(paint, start);
  opened.push(graph);
  const events: Extract<RunEvent, { type: "progress" }>[] = [];
  const result = await run(graph, { backend: "onnx-native", cache: new RunCache(), ...options, onProgress: (e) => (e.type === "progress" && events.push(e), options.onProgress?.(e)) });
  const losses = result.outputs["losses"] as SeriesValue;
  return { ...result, graph, events, image: result.outputs["image"] as TensorValue, frames: result.outputs["frames"] as ImagesValue, losses, total: losses.curves.find((c) => c.name === "total")?.values ?? [] };
}

/** The loss of a finished picture, as drawn: full size, no jitter. */
async function lossOf(graph: LoadedGraph, image: TensorValue): Promise<number> {
  const { outputs } = await run(graph, { backend: "onnx-native", cache: new RunCache(), ports: { "features.image": image, "smooth.image": image }, outputs: ["total.total"] });
  return (outputs["total.total"] as TensorValue).data[0]!;
}

const difference = (a: TensorValue, b: TensorValue): number => Array.from(a.data).reduce((most, v, i) => Math.max(most, Math.abs(v - b.data[i]!)), 0);

/** Stops after so many steps, as often as asked for, and goes on from the state that was left. */
async function inPieces(paint: { [param: string]: Json }, stops: readonly number[]) {
  let resume: { readonly [node: string]: OptimiserState } | undefined;
  for (const stop of stops) {
    const controller = new AbortController();
    const part = await painted(paint, { signal: controller.signal, ...(resume ? { resume } : {}), onProgress: (e) => e.type === "progress" && e.terms && e.step >= stop && controller.abort() });
    expect(part.interrupted).toMatchObject([{ node: "paint" }]);
    expect(part.image.shape).toEqual([1, HEIGHT, WIDTH, 3]);
    resume = structuredClone(part.states);
  }
  return painted(paint, resume ? { resume } : {});
}

describe("octaves", () => {
  it("go from the half to the full size, say so, and arrive", async () => {
    const octaves = await painted({ steps: 40, octaves: 2 });
    expect(octaves.image.shape).toEqual([1, HEIGHT, WIDTH, 3]);
    expect(octaves.total).toHaveLength(40);
    const start = await lossOf(octaves.graph, { ...octaves.image, data: await contentPixels(octaves.graph) });
    expect(await lossOf(octaves.graph, octaves.image)).toBeLessThan(0.6 * start);
    expect(new Set(octaves.events.filter((e) => e.terms).map((e) => e.note))).toEqual(new Set(["Octave 1 of 2, 64×48 px", "Octave 2 of 2, 128×96 px"]));
    const sizes = octaves.events.filter((e) => e.preview).map((e) => [e.step, e.preview!.width]);
    for (const [step, width] of sizes) expect(width).toBe(step! <= 20 ? 64 : 128);
    // A step at half the size counts a quarter of one at full size.
    expect(octaves.events.find((e) => e.terms)!.left).toBeCloseTo(19 + 20 * 4, 6);
  });

  it("are fewer where the picture is too small for them, and work from noise and with plain pixels", async () => {
    const { events, image, total } = await painted({ steps: 12, octaves: 4, parametrisation: "pixels", learningRate: 0.05 }, {}, "noise");
    expect(new Set(events.filter((e) => e.terms).map((e) => e.note))).toEqual(new Set(["Octave 1 of 2, 64×48 px", "Octave 2 of 2, 128×96 px"]));
    expect(total.at(-1)!).toBeLessThan(total[0]!);
    expect(image.data.every((v) => v >= 0 && v <= 1)).toBe(true);
  });

  it("are left and gone on with anywhere, to the same picture", async () => {
    const paint = { steps: 16, octaves: 2, jitter: 2 };
    const whole = await painted(paint);
    const pieces = await inPieces(paint, [3, 8, 13]);
    expect(difference(whole.image, pieces.image)).toBeLessThan(1e-5);
    expect(pieces.total).toEqual(whole.total);
  });

  it("refuse a state of a run without them", async () => {
    const { states } = await painted({ steps: 4 });
    await expect(painted({ steps: 8, octaves: 2 }, { resume: states })).rejects.toThrow("without octaves");
  });

  it("keep pictures on the way", async () => {
    const { frames } = await painted({ steps: 10, octaves: 2, keepEvery: 4 });
    expect(frames.items.map(({ name, image }) => [name, image.width])).toEqual([["Step 4", 64], ["Step 8", 128], ["Step 10", 128]]);
  });
});

describe("plateaus", () => {
  it("end an optimisation that gets nowhere, and say so", async () => {
    // With a rate of nearly nothing, nothing improves.
    const { total, events, interrupted } = await painted({ steps: 60, learningRate: 1e-6, jitter: 0, plateauSteps: 6, plateau: 1 });
    expect(total).toHaveLength(14);
    expect(interrupted).toEqual([]);
    expect(events.at(-1)).toMatchObject({ step: 14, of: 14, note: "No further than 1 % in 6 steps: stopped at step 14" });
  });

  it("leave one that gets on alone, and end an octave rather than all of them", async () => {
    expect((await painted({ steps: 30, jitter: 0, plateauSteps: 6, plateau: 0.1 })).total).toHaveLength(30);
    const { total, events } = await painted({ steps: 60, octaves: 2, learningRate: 1e-6, jitter: 0, plateauSteps: 6, plateau: 1 });
    expect(total).toHaveLength(28);
    expect(events.filter((e) => e.note?.includes("next octave"))).toHaveLength(1);
  });
});

describe("tiles", () => {
  it("paint what the whole paints, at nearly its loss", async () => {
    const whole = await painted({ steps: 30 });
    const tiled = await painted({ steps: 30, tile: 64 });
    const start = await lossOf(whole.graph, { ...whole.image, data: await contentPixels(whole.graph) });
    const [a, b] = [await lossOf(whole.graph, whole.image), await lossOf(whole.graph, tiled.image)];
    expect(b).toBeLessThan(0.5 * start);
    expect(b).toBeLessThan(1.6 * a);
    expect(tiled.events.some((e) => /^tile 2 of \d+$/.test(e.note ?? ""))).toBe(true);
  });

  it("leave no borders: neighbouring pixels differ no more along the tiles' edges than elsewhere", async () => {
    const side = 64;
    const { image } = await painted({ steps: 30, tile: side });
    // Of each column border, the mean step between its two columns; the grid of any round lies on some of them.
    const steps = (axis: "x" | "y") => {
      const [along, across] = axis === "x" ? [WIDTH, HEIGHT] : [HEIGHT, WIDTH];
      return Array.from({ length: along - 1 }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < across; j++) {
          const [p, q] = axis === "x" ? [j * WIDTH + i, j * WIDTH + i + 1] : [i * WIDTH + j, (i + 1) * WIDTH + j];
          for (let c = 0; c < 3; c++) sum += Math.abs(image.data[p * 3 + c]! - image.data[q * 3 + c]!);
        }
        return sum / (3 * across);
      });
    };
    for (const axis of ["x", "y"] as const) {
      const all = steps(axis);
      const median = [...all].sort((a, b) => a - b)[all.length >> 1]!;
      expect(Math.max(...all)).toBeLessThan(3 * median);
    }
  });

  it("are left and gone on with between any two tiles, to the same picture", async () => {
    const paint = { steps: 14, tile: 64 };
    const whole = await painted(paint);
    const controller = new AbortController();
    const part = await painted(paint, { signal: controller.signal, onProgress: (e) => e.type === "progress" && e.note?.startsWith("tile 3 of") && controller.abort() });
    expect(part.states["paint"]!.tiles?.done).toBe(2);
    const rest = await painted(paint, { resume: structuredClone(part.states) });
    expect(difference(whole.image, rest.image)).toBeLessThan(1e-5);
    expect(rest.total).toEqual(whole.total);
  });

  it("follow octaves that are small enough to be painted whole", async () => {
    const { events, image } = await painted({ steps: 12, octaves: 2, tile: 64 });
    const notes = new Set(events.map((e) => e.note));
    expect(notes).toContain("Octave 1 of 2, 64×48 px");
    expect([...notes].some((n) => /^Octave 2 of 2, 128×96 px, tile 1 of \d+$/.test(n ?? ""))).toBe(true);
    expect(image.shape).toEqual([1, HEIGHT, WIDTH, 3]);
  });
});

async function contentPixels(graph: LoadedGraph): Promise<Float32Array> {
  const { outputs } = await run(graph, { outputs: ["content.image"] });
  return Float32Array.from((outputs["content.image"] as unknown as { data: Uint8Array }).data, (v) => v / 255);
}
