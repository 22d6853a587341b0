import { readFile } from "node:fs/promises";
import { parseGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import type { DecisionValue, OptimiserState, TensorValue } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { afterAll, describe, expect, it } from "vitest";
import { TINY_FILE } from "../../../../packages/nodes/src/testing/tiny-network.ts";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { createEngine } from "./create-engine.ts";
import type { EngineEvent, RunOutcome, RunRequest } from "./engine.ts";

const open = () => createEngine({ assets: "http://localhost/", files: createMemoryFiles(), nodes, host: () => createNodeHost() });
const engine = open();
afterAll(() => engine.dispose());

async function example(name: string, params: { [node: string]: GraphDocument["nodes"][number]["params"] } = {}): Promise<GraphDocument> {
  const { document } = parseGraph(await readFile(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8"), { registry: nodes });
  return { ...document!, nodes: document!.nodes.map((node) => (params[node.id] ? { ...node, params: { ...node.params, ...params[node.id] } } : node)) };
}

async function runToEnd(request: RunRequest, by = engine): Promise<{ outcome: RunOutcome; events: EngineEvent[]; values: Map<string, Extract<EngineEvent, { type: "value" }>["value"]>; states: { [node: string]: string } }> {
  const events: EngineEvent[] = [];
  const outcome = await by.run(request, (event) => events.push(event)).finished;
  const values = new Map(events.flatMap((e) => (e.type === "value" ? [[`${e.node}.${e.port}`, e.value] as const] : [])));
  const states = Object.fromEntries(events.flatMap((e) => (e.type === "node" ? [[e.node, e.state]] : [])));
  return { outcome, events, values, states };
}

const small = { "content-size": { width: 48 }, "style-size": { width: 48 }, paint: { steps: 12, previewEvery: 4 } };

describe("the engine over a message channel", () => {
  it("verifies a face, shows every intermediate value, and computes only what a change affects", async () => {
    const document = await example("face-verification");
    const first = await runToEnd({ document });
    expect(first.outcome.kind).toBe("done");
    const decisionKey = [...first.values].find(([, v]) => v.value?.kind === "decision")![0];
    const decision = first.values.get(decisionKey)!.value as DecisionValue;
    expect(decision.distance).toBeCloseTo(0.44, 1);
    expect(Object.values(first.states).every((state) => state === "done")).toBe(true);
    // Pictures, faces, encodings on the way are all there.
    expect(new Set([...first.values.values()].map((v) => v.summary.kind))).toEqual(new Set(["image", "faces", "tensor", "decision"].filter((k) => [...first.values.values()].some((v) => v.summary.kind === k))));
    expect(first.values.size).toBeGreaterThanOrEqual(document.nodes.length - 2);

    const threshold = document.nodes.find((n) => n.type === "Threshold")!;
    const changed = { ...document, nodes: document.nodes.map((n) => (n === threshold ? { ...n, params: { ...n.params, threshold: 0.3 } } : n)) };
    const second = await runToEnd({ document: changed });
    for (const [id, state] of Object.entries(second.states)) expect([id, state]).toEqual([id, id === threshold.id || first.states[id] === undefined || isAfter(changed, threshold.id, id) ? "done" : "cached"]);
    expect((second.values.get(decisionKey)!.value as DecisionValue).threshold).toBe(0.3);
  });

  it("runs what can run, and says of the rest why not", async () => {
    const document = await example("convolutions");
    const broken: GraphDocument = { ...document, nodes: [...document.nodes, { id: "lonely", type: "Resize", version: 1, params: {}, position: { x: 0, y: 0 } }] };
    const { outcome, states } = await runToEnd({ document: broken });
    expect(outcome.kind).toBe("done");
    expect(states["lonely"]).toBeUndefined();
    expect(outcome.kind === "done" && outcome.problems?.map((d) => [d.node, d.code])).toEqual([["lonely", "missing-input"]]);
    expect((await runToEnd({ document: broken, nodes: ["lonely"] })).outcome).toMatchObject({ kind: "failed", diagnostics: [{ node: "lonely" }] });
  });

  it("goes on with other branches when a node fails in its work", async () => {
    const document = await example("convolutions");
    const at = { x: 0, y: 0 };
    const faceless: GraphDocument = {
      ...document,
      nodes: [{ id: "wall", type: "Pattern", version: 1, params: {}, position: at }, { id: "find", type: "FaceDetector", version: 1, params: {}, position: at }, { id: "align", type: "FaceAlign", version: 1, params: {}, position: at }, ...document.nodes],
      wires: [...document.wires, { from: "wall.image", to: "find.image" }, { from: "find.faces", to: "align.faces" }],
    };
    const own = open();
    const { outcome, states, events } = await runToEnd({ document: faceless }, own);
    own.dispose();
    expect(outcome.kind).toBe("done");
    expect(outcome.kind === "done" && outcome.problems?.map((d) => d.node)).toEqual(["align"]);
    expect(states).toMatchObject({ wall: "done", find: "done", align: "failed" });
    for (const node of document.nodes) expect([node.id, states[node.id]]).toEqual([node.id, "done"]);
    // What was computed before the failure is not told again when the rest goes on.
    const told = events.filter((e) => e.type === "node" && e.node === "find").map((e) => (e as { state: string }).state);
    expect(told).toEqual(["queued", "running", "done"]);
  });

  it("computes one node with what it needs, also one inside an optimisation, for the picture that came out of it", async () => {
    const document = await example("style-transfer", small);
    const start = await runToEnd({ document, nodes: ["generated-features"] });
    expect(start.states["paint"]).toBeUndefined();
    const ofStart = (await engine.value("generated-features.activations")) ?? (await firstOf(start.values, "generated-features."));
    const whole = await runToEnd({ document });
    expect(whole.outcome.kind).toBe("done");
    expect(whole.states["paint"]).toBe("done");
    // Everything inside has values now.
    for (const id of ["generated", "generated-features", "content-features", "total"]) expect(whole.states[id] ?? [...whole.values.keys()].find((key) => key.startsWith(`${id}.`))).toBeTruthy();
    const after = await runToEnd({ document, nodes: ["generated-features"] });
    const ofPainting = await firstOf(after.values, "generated-features.");
    expect(JSON.stringify(ofPainting)).not.toBe(JSON.stringify(ofStart));
  });

  it("checkpoints at previews, stops between steps with the state so far, and goes on from it", async () => {
    const document = await example("style-transfer", { ...small, paint: { steps: 400, previewEvery: 2 } });
    const checkpoints: OptimiserState[] = [];
    let previews = 0;
    const handle = engine.run({ document }, (event) => {
      if (event.type === "checkpoint") checkpoints.push(event.state);
      if (event.type === "progress" && event.preview) previews++;
      if (checkpoints.length === 3) void handle.stop();
    });
    const outcome = await handle.finished;
    expect(outcome.kind).toBe("stopped");
    const state = outcome.kind === "stopped" ? outcome.states["paint"]! : null;
    expect(previews).toBeGreaterThanOrEqual(3);
    expect(state!.step).toBeGreaterThanOrEqual(checkpoints.at(-1)!.step);
    expect(state!.step).toBeLessThan(400);
    const shorter = await example("style-transfer", { ...small, paint: { steps: state!.step + 5, previewEvery: 2 } });
    const { outcome: resumed, events } = await runToEnd({ document: shorter, resume: { paint: state! } });
    expect(resumed.kind).toBe("done");
    const steps = events.flatMap((e) => (e.type === "progress" && e.terms ? [e.step] : []));
    expect(steps[0]).toBe(state!.step + 1);
  });

  it("keeps large values whole and shows a summary of them", async () => {
    const document = await example("style-transfer", { ...small, "content-size": { width: 400 } });
    const { values, outcome } = await runToEnd({ document, nodes: ["content-size"] });
    expect(outcome).toMatchObject({ kind: "done" });
    const [key, shown] = [...values].find(([k]) => k.startsWith("content-size."))!;
    expect(shown.value === undefined).toBe(shown.summary.bytes > 2 * 2 ** 20);
    expect(shown.summary.thumbnail!.width).toBe(256);
    expect((await engine.value(key))!.kind).toBe(shown.summary.kind);
    expect(await engine.value("nothing.at-all")).toBeNull();
  });

  it("compares two backends", async () => {
    const document = await example("convolutions");
    const target = document.nodes.find((n) => n.type === "Conv2D")!;
    const { ports, milliseconds } = await engine.compare(document, target.id, ["onnx-native", "reference"]);
    expect(ports[0]!.largest).toBeLessThan(1e-4);
    expect(ports[0]!.note).toBeUndefined();
    expect(milliseconds.every((m) => m > 0)).toBe(true);
    await expect(engine.compare({ ...document, wires: [] }, target.id, ["onnx-native", "reference"])).rejects.toThrow();
  });

  it("exports ONNX and tells mistakes as they are", async () => {
    const made = await engine.exportOnnx(await example("convolutions"));
    expect(made.bytes.length).toBeGreaterThan(1000);
    expect(made.outputs.length).toBeGreaterThan(0);
    const empty: GraphDocument = { format: "patchbay-graph", version: 1, nodes: [], wires: [], interface: { inputs: [], outputs: [] } };
    await expect(engine.exportOnnx(empty)).rejects.toMatchObject({ name: "GraphError" });
    expect((await runToEnd({ document: empty })).outcome).toMatchObject({ kind: "failed", diagnostics: [{ code: "nothing-to-run" }] });
  });

  it("posts a value once: the same value of the next run keeps its identity", async () => {
    const document = await example("convolutions");
    const first = await runToEnd({ document });
    const second = await runToEnd({ document });
    for (const [key, value] of second.values) expect(first.values.get(key)).toBe(value);
  });

  it("looks into networks for the page, and leaves pictures to it", async () => {
    const node = (id: string, type: string, file: string): GraphDocument["nodes"][number] => ({ id, type, version: 1, params: { file }, position: { x: 0, y: 0 } });
    const document: GraphDocument = { format: "patchbay-graph", version: 1, nodes: [node("a", "Network", TINY_FILE), node("b", "Network", "missing.onnx"), node("c", "Image", "photo.jpg")], wires: [], interface: { inputs: [], outputs: [] } };
    const facts = await engine.facts(document, {});
    expect(facts[TINY_FILE]).toMatchObject({ kind: "network", opaque: null, output: [null, 2] });
    expect(facts["missing.onnx"]).toMatchObject({ kind: "missing" });
    expect(Object.keys(facts)).toHaveLength(2);
  });
});

async function firstOf(values: ReadonlyMap<string, { value?: unknown; summary: unknown }>, prefix: string): Promise<unknown> {
  const [key, shown] = [...values].find(([k]) => k.startsWith(prefix))!;
  const value = (shown.value ?? (await engine.value(key))) as { layers?: { tensor: TensorValue }[] };
  return Array.from(value.layers![0]!.tensor.data.slice(0, 50));
}

function isAfter(document: GraphDocument, from: string, id: string): boolean {
  const next = document.wires.filter((w) => w.from.startsWith(`${from}.`)).map((w) => w.to.split(".")[0]!);
  return next.some((n) => n === id || isAfter(document, n, id));
}
