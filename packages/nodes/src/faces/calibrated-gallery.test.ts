/** A gallery with its calibration: what does not belong together is told, before the run where types know it, and thresholds come out of it. */
import { createRegistry, type GraphDocument, type Json } from "@patchbay/graph-core";
import { GraphError, loadGraph, run, type RunResult } from "@patchbay/runtime";
import { defineNode, float32, tensorValue, type CalibrationValue, type GalleryValue, type RunnableNode, type RuntimeValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { nodes } from "../index.ts";
import { typeOf } from "../testing/run-case.ts";
import { serializeGallery } from "./gallery-file.ts";

const exactly = (value: number) => ({ value, low: value, high: value });
const calibration = (network: string, metric = "euclidean"): CalibrationValue => ({
  kind: "calibration", network, metric, pairs: { same: 1000, different: 10_000 }, people: 50, auc: exactly(0.99), eer: { ...exactly(0.03), threshold: 0.6 },
  points: [{ threshold: 0, far: 0, frr: 1 }, { threshold: 0.25, far: 0.001, frr: 0.2 }, { threshold: 0.5, far: 0.02, frr: 0.05 }, { threshold: 9, far: 1, frr: 0 }],
  histogram: { from: 0, width: 4.5, same: [1000, 0], different: [9000, 1000] },
  chosen: { rule: "FAR ≤ 0.02", threshold: exactly(0.5), far: exactly(0.02), frr: exactly(0.05) }, confidence: { share: 0.95, samples: 0 },
});
const people = (count: number, network = "n"): GalleryValue => ({ kind: "gallery", network, width: 2, entries: Array.from({ length: count }, (_, i) => ({ name: `p${i}`, encoding: Float32Array.of(i, 0) })) });
const encoding = (network = "n") => tensorValue(float32([1, 2], [0.4, 0]), network);

type Wired = { readonly [port: string]: RuntimeValue };

/** One node with values at its ports, whose types say as much as those of real nodes do, or nothing of networks and metrics. */
async function one(type: string, inputs: Wired, params: { [name: string]: Json } = {}, vague = false): Promise<{ result?: RunResult; found: { code: string; severity: string; message: string }[]; before: string[] }> {
  const exact = (value: RuntimeValue) => (value.kind === "calibration" ? { kind: "calibration" as const, network: value.network, metric: value.metric } : value.kind === "gallery" && value.calibration ? { kind: "gallery" as const, network: value.network, calibrated: value.calibration.metric } : typeOf(value));
  const vaguely = (value: RuntimeValue) => (value.kind === "tensor" ? { ...typeOf(value), network: undefined } : { kind: value.kind }) as ReturnType<typeof typeOf>;
  const given = Object.entries(inputs).map(([port, value], i): { port: string; node: RunnableNode } => ({
    port, node: defineNode({ type: `Given${i}`, version: 1, title: "Given", group: "Test", doc: "A value.", inputs: [], params: [], outputs: [{ name: "value", doc: "It.", type: vague ? vaguely(value) : exact(value) }], evaluate: async () => ({ value }) }),
  }));
  const node = nodes.get(type)!;
  const document: GraphDocument = {
    format: "patchbay-graph", version: 1,
    nodes: [...given.map(({ node: g }, i) => ({ id: `g${i}`, type: g.type, version: 1, params: {}, position: { x: 0, y: i * 100 } })), { id: "node", type, version: node.version, params, position: { x: 300, y: 0 } }],
    wires: given.map(({ port }, i) => ({ from: `g${i}.value`, to: `node.${port}` })),
    interface: { inputs: [], outputs: node.outputs.map(({ name }) => ({ name, node: "node", port: name })) },
  };
  const graph = await loadGraph(document, { nodes: createRegistry<RunnableNode>([...nodes.declarations, ...given.map((g) => g.node)]) });
  const before = graph.diagnostics.map((d) => d.code);
  try {
    const result = await run(graph);
    return { result, before, found: result.notices.map(({ code, severity, message }) => ({ code, severity, message })) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { before, found: error.diagnostics.map(({ code, severity, message }) => ({ code, severity, message })) };
  } finally {
    await graph.dispose();
  }
}

describe("what does not belong together", () => {
  it.each([["Enrol", { encodings: encoding(), calibration: calibration("other") }, { name: "Nora" }], ["Gallery", { fallback: people(1), calibration: calibration("other") }, {}]] as const)("%s refuses a calibration of another network", async (type, inputs, params) => {
    const told = await one(type, inputs, params);
    expect(told.before).toEqual(["network-mismatch"]);
    const silent = await one(type, inputs, params, true);
    expect(silent.before).toEqual([]);
    expect(silent.found).toMatchObject([{ code: "network-mismatch", severity: "error", message: expect.stringMatching(/measured with “other”.*by “n”.*Calibrate with/) }]);
  });

  it("a gallery file's network counts before the run", async () => {
    const file = `data:application/json;base64,${Buffer.from(serializeGallery({ ...people(2), calibration: calibration("n", "cosine") })).toString("base64")}`;
    expect((await one("Gallery", { calibration: calibration("other") }, { file })).found).toMatchObject([{ code: "network-mismatch" }]);
    const { result } = await one("Gallery", {}, { file });
    expect((result!.outputs["gallery"] as GalleryValue).calibration).toEqual(calibration("n", "cosine"));
    const replaced = await one("Gallery", { calibration: calibration("n") }, { file });
    expect((replaced.result!.outputs["gallery"] as GalleryValue).calibration!.metric).toBe("euclidean");
  });

  it("Recognise refuses the threshold of another metric, and a gallery without a calibration", async () => {
    const gallery = { ...people(2), calibration: calibration("n", "cosine") };
    for (const use of ["calibrated", "chance"]) {
      expect((await one("Recognise", { encoding: encoding(), gallery }, { use })).before).toEqual(["metric-mismatch"]);
      expect((await one("Recognise", { encoding: encoding(), gallery }, { use }, true)).found).toMatchObject([{ code: "metric-mismatch", message: expect.stringContaining("“cosine”") }]);
      expect((await one("Recognise", { encoding: encoding(), gallery: people(2) }, { use })).found).toMatchObject([{ code: "not-calibrated" }]);
    }
    expect((await one("Recognise", { encoding: encoding(), gallery })).found).toEqual([]);
  });

  it("a calibration by nobody knows whom is kept, with a warning", async () => {
    const { result, found } = await one("Enrol", { encodings: encoding(), calibration: calibration("unknown") }, { name: "Nora" }, true);
    expect(found).toMatchObject([{ code: "unknown-network", severity: "warning" }]);
    expect((result!.outputs["gallery"] as GalleryValue).calibration!.network).toBe("unknown");
  });
});

it("enrolling more people keeps the calibration, and a new one replaces it", async () => {
  const known = { ...people(1), calibration: calibration("n", "cosine") };
  const kept = await one("Enrol", { encodings: encoding(), gallery: known }, { name: "Nora" });
  expect((kept.result!.outputs["gallery"] as GalleryValue).calibration!.metric).toBe("cosine");
  const replaced = await one("Enrol", { encodings: encoding(), gallery: known, calibration: calibration("n") }, { name: "Nora" });
  expect((replaced.result!.outputs["gallery"] as GalleryValue).calibration!.metric).toBe("euclidean");
});

describe("Recognise takes its threshold", () => {
  const identity = async (size: number, params: { [name: string]: Json }, wired: Wired = {}) => {
    const { result, found } = await one("Recognise", { encoding: encoding(), gallery: { ...people(size), calibration: calibration("n") }, ...wired }, params);
    return { ...(result!.outputs["identity"] as { name: string | null; threshold: number }), codes: found.map((d) => d.code), found };
  };
  it("as it was calibrated for a pair, and warns where the gallery is too large for that", async () => {
    expect(await identity(2, { use: "calibrated" })).toMatchObject({ name: "p0", threshold: 0.5, codes: [] });
    const many = await identity(100, { use: "calibrated" });
    expect(many.codes).toEqual(["many-false-matches"]);
    // 1 − 0.98¹⁰⁰ = 0.867
    expect(many.found[0]!.message).toMatch(/0\.5 one comparison in 50 .*100 photos .* about 86\.7 %/);
  });
  it("from the chance of a false match: the more people, the lower", async () => {
    // Two comparisons at FAR 2 % go wrong with 3.96 %, ten with 18 %; ten at 0.1 % with 1 %.
    expect(await identity(2, { use: "chance", chance: 0.04 })).toMatchObject({ name: "p0", threshold: 0.5, codes: [] });
    expect(await identity(10, { use: "chance", chance: 0.04 })).toMatchObject({ name: null, threshold: 0.25, codes: [] });
    expect(await identity(1000, { use: "chance", chance: 0.01 })).toMatchObject({ name: null, threshold: 0, codes: ["too-few-pairs"] });
  });
  it("from a wire before all else, and warns there too", async () => {
    expect(await identity(2, { use: "calibrated" }, { threshold: { kind: "number", value: 0.3 } })).toMatchObject({ name: null, threshold: 0.3 });
    expect((await identity(100, {}, { threshold: { kind: "number", value: 0.45 } })).codes).toEqual(["many-false-matches"]);
  });
});
