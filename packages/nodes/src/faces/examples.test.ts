/** The face graphs under examples/ run as they come, say what is wrong in sentences, and take files of their own. */
import { GraphError, loadGraph, run, type IdentityValue, type LoadedGraph, type TensorValue } from "@patchbay/runtime";
import type { GalleryValue, ImageValue } from "@patchbay/runtime/node-api";
import type { PortType } from "@patchbay/graph-core";
import { afterAll, describe, expect, it } from "vitest";
import { nodes } from "../index.ts";
import { serializeGallery } from "./gallery-file.ts";

const opened = new Map<string, Promise<LoadedGraph>>();
const example = (name: string): Promise<LoadedGraph> => {
  if (!opened.has(name)) opened.set(name, loadGraph(new URL(`../../../../examples/${name}.json`, import.meta.url), { nodes }));
  return opened.get(name)!;
};
afterAll(async () => {
  for (const graph of opened.values()) await (await graph).dispose();
});
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (e: unknown) => e);
  if (!(error instanceof GraphError)) throw error instanceof Error ? error : new Error("it did not fail");
  return error.diagnostics.map(({ code, message, node }) => ({ code, message, node }));
};
const shape = (types: ReadonlyMap<string, PortType>, port: string) => {
  const type = types.get(port);
  return type?.kind === "tensor" ? type.shape : type?.kind;
};
const grey: ImageValue = { kind: "image", width: 64, height: 48, name: "wall.png", data: new Uint8Array(64 * 48 * 3).fill(128) };
const DEMO = "npm:@vladmandic/face-api/demo";

describe("face-verification", () => {
  it("is typed before it runs, and says that one woman is on both photos", async () => {
    const graph = await example("face-verification");
    expect(graph.diagnostics).toEqual([]);
    const { types } = graph.inference;
    expect(["photo-chip.chips", "photo-encoding.encoding", "distance.distance", "threshold.decision"].map((p) => shape(types, p))).toEqual([[1, 150, 150, 3], [1, 128], [], "decision"]);
    const { outputs } = await run(graph);
    expect(outputs["decision"]).toMatchObject({ kind: "decision", same: true, threshold: 0.6 });
    expect((outputs["decision"] as unknown as { distance: number }).distance).toBeCloseTo(0.436, 2);
  });

  it("says no to someone else, and to a stricter threshold", async () => {
    const graph = await example("face-verification");
    expect((await run(graph, { inputs: { reference: `${DEMO}/sample6.jpg` } })).outputs["decision"]).toMatchObject({ same: false });
    expect((await run(graph, { inputs: { threshold: 0.4 } })).outputs["decision"]).toMatchObject({ same: false, threshold: 0.4 });
  });

  it("names the picture without a face", async () => {
    expect(await failure(run(await example("face-verification"), { inputs: { photo: grey } }))).toEqual([
      { code: "no-face", node: "photo-chip", message: expect.stringMatching(/^No face was found on “wall\.png”\. Choose a picture/) },
    ]);
  });
});

describe("face-recognition", () => {
  it("enrols several photos of a person, and recognises her on another", async () => {
    const graph = await example("face-recognition");
    expect(graph.diagnostics).toEqual([]);
    const { outputs } = await run(graph, { outputs: ["identity", "enrol.gallery"] });
    const known = (outputs["enrol.gallery"] as GalleryValue).entries;
    expect(known.length).toBe(8);
    expect(known.filter((e) => e.name === "Nora").length).toBe(2);
    const { name, distance, candidates } = outputs["identity"] as IdentityValue;
    expect(name).toBe("Nora");
    expect(distance).toBeLessThan(0.5);
    expect(new Set(candidates.map((c) => c.name)).size).toBe(5);
    expect(candidates[1]!.distance - distance).toBeGreaterThan(0.2);
  });

  it("takes a gallery file instead, does not know a stranger, and reports damage", async () => {
    const graph = await example("face-recognition");
    const { outputs } = await run(graph, { outputs: ["enrol.gallery"] });
    const all = outputs["enrol.gallery"] as GalleryValue;
    const strangers = serializeGallery({ ...all, entries: all.entries.filter((e) => e.name !== "Nora") });
    expect((await run(graph, { inputs: { gallery: strangers } })).outputs["identity"]).toMatchObject({ name: null, candidates: { length: 5 } });
    expect(await failure(run(graph, { inputs: { gallery: strangers.slice(0, -200) } }))).toEqual([{ code: "gallery-damaged", node: "gallery", message: expect.stringContaining("damaged") }]);
    const foreign = serializeGallery({ ...all, network: "another-net" });
    expect(await failure(run(graph, { inputs: { gallery: foreign } }))).toEqual([{ code: "network-mismatch", node: "recognise", message: expect.stringContaining("“another-net”") }]);
    expect(await failure(run(graph, { inputs: { gallery: serializeGallery({ ...all, entries: [] }) } }))).toMatchObject([{ code: "gallery-empty" }]);
  });
});

it("siamese-logistic gives a probability above one half for one person, below for two", async () => {
  const graph = await example("siamese-logistic");
  expect(graph.diagnostics).toEqual([]);
  const probability = async (inputs = {}) => ((await run(graph, { inputs })).outputs["probability"] as TensorValue).data[0]!;
  expect(await probability()).toBeCloseTo(1 / (1 + Math.exp(20 * 0.43606 ** 2 - 7.2)), 3);
  expect(await probability({ reference: `${DEMO}/sample6.jpg` })).toBeLessThan(0.1);
  expect(await failure(run(graph, { inputs: { weights: [1, 2, 3] } }))).toMatchObject([{ code: "weights-differ", node: "verifier" }]);
});

it("triplet-loss: one triplet costs, two keep the margin, and the sum is the loss", async () => {
  const graph = await example("triplet-loss");
  expect(graph.diagnostics).toEqual([]);
  const { outputs } = await run(graph);
  const number = (name: string) => (outputs[name] as TensorValue).data[0]!;
  const losses = (outputs["losses"] as TensorValue).data;
  expect([losses.length, losses[1], losses[2], number("satisfied")]).toEqual([3, 0, 0, 2]);
  expect(losses[0]).toBeGreaterThan(0.01);
  expect(number("loss")).toBeCloseTo(losses[0]!, 6);
  expect(number("spread")).toBeGreaterThan(0.2);
});
