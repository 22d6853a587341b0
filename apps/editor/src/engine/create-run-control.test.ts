import { readFileSync } from "node:fs";
import { parseGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import type { ImageValue, OptimiserState, SeriesValue } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { afterEach, describe, expect, it } from "vitest";
import { createEditor, type Editor } from "../model/editor.ts";
import { reportedBy } from "../model/node-reports.ts";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { createEngine } from "./create-engine.ts";
import { createRunControl } from "./create-run-control.ts";
import type { Engine, EngineEvent, RunHandle, RunOutcome, RunRequest } from "./engine.ts";
import type { RunControl } from "./run-control.ts";

const example = (name: string): GraphDocument => parseGraph(readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8"), { registry: nodes }).document!;
const RESULT = { backend: { id: "onnx-wasm", device: "CPU", version: "1", tried: [] }, timings: { total: 5, engine: 1, nodes: {} }, states: {}, interrupted: [], manifest: {} } as never;
const state = (step: number): OptimiserState => ({ step, carried: {}, losses: { total: Array.from({ length: step }, (_, i) => i) } });
const picture = (grey: number): ImageValue => ({ kind: "image", width: 2, height: 2, data: new Uint8Array(12).fill(grey) });
const turn = (milliseconds = 40): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Scripted {
  readonly request: RunRequest;
  send(...events: EngineEvent[]): void;
  end(outcome: RunOutcome): void;
  stops: number;
}

/** An engine that does what the test says. */
function scripted(): { engine: Engine; runs: Scripted[] } {
  const runs: Scripted[] = [];
  const engine = {
    run(request: RunRequest, onEvent: (event: EngineEvent) => void): RunHandle {
      let end!: (outcome: RunOutcome) => void;
      const finished = new Promise<RunOutcome>((resolve) => (end = resolve));
      const me: Scripted = { request, send: (...events) => events.forEach(onEvent), end, stops: 0 };
      runs.push(me);
      return { finished, stop: async () => void me.stops++ };
    },
    memory: async () => 1000,
    probe: async () => [{ id: "onnx-wasm", available: true, text: "CPU" }],
  } as unknown as Engine;
  return { engine, runs };
}

let cleanUp: (() => void)[] = [];
afterEach(() => {
  cleanUp.forEach((work) => work());
  cleanUp = [];
});

function setUp(name = "style-transfer"): { editor: Editor; run: RunControl; runs: Scripted[]; now: () => ReturnType<Editor["store"]["getState"]>["run"] } {
  const editor = createEditor({ registry: nodes, document: example(name) });
  const { engine, runs } = scripted();
  const run = createRunControl(editor, engine);
  cleanUp.push(() => run.dispose());
  return { editor, run, runs, now: () => editor.store.getState().run };
}

describe("run control", () => {
  it("writes states, progress and curves, leaving what did not change as it was", async () => {
    const { run, runs, now } = setUp();
    run.start();
    expect(now().phase).toBe("running");
    runs[0]!.send({ type: "backend", id: "onnx-wasm", device: "CPU", tried: [] }, { type: "node", node: "content", state: "done", milliseconds: 3 }, { type: "node", node: "paint", state: "running" });
    await turn();
    const content = now().nodes.get("content");
    expect(content).toEqual({ phase: "done", milliseconds: 3 });
    for (let step = 1; step <= 50; step++) runs[0]!.send({ type: "progress", node: "paint", step, of: 200, terms: { total: 1 / step }, ...(step === 10 ? { preview: picture(9) } : {}) });
    await turn();
    expect(now().nodes.get("content")).toBe(content);
    const { progress } = now().nodes.get("paint")!;
    expect([progress!.step, progress!.preview!.data[0]]).toEqual([50, 9]);
    const { curves } = progress!;
    expect(curves!.x.values.length).toBe(curves!.curves[0]!.values.length);
    runs[0]!.send({ type: "progress", node: "paint", step: 51, of: 200, terms: { total: 0 } });
    await turn(20);
    expect(now().nodes.get("paint")!.progress!.curves).toBe(curves); // not ten times a second yet
  });

  it("shows what nodes warn of until they run again, and those that an optimiser computes until it does", async () => {
    const { run, runs, now } = setUp();
    const notice = (node: string, message: string): EngineEvent => ({ type: "notice", diagnostic: { code: "x", severity: "warning", node, message } });
    const told = (): (string | undefined)[] => now().notices.map((d) => d.message);
    run.start();
    runs[0]!.send({ type: "node", node: "content", state: "running" }, notice("content", "blurred"), { type: "node", node: "content", state: "done" }, { type: "node", node: "paint", state: "running" }, notice("style-cost", "collapsed"), notice("paint", "slow"));
    await turn();
    expect(told()).toEqual(["blurred", "collapsed", "slow"]);
    expect(reportedBy(now())).toBe(now().notices);
    runs[0]!.end({ kind: "done", result: RESULT });
    await turn();
    run.start();
    runs[1]!.send({ type: "node", node: "content", state: "queued" }, { type: "node", node: "paint", state: "queued" });
    await turn();
    expect(told()).toEqual(["blurred", "collapsed", "slow"]);
    // Out of the cache it says so again.
    runs[1]!.send(notice("content", "blurred"), { type: "node", node: "content", state: "cached" }, { type: "node", node: "paint", state: "running" });
    await turn();
    expect(told()).toEqual(["blurred"]);
  });

  it("keeps a training's metrics apart from its losses, over the steps of its validations, and goes on with those of its state", async () => {
    const { run, runs, now } = setUp();
    const step = (at: number, metrics?: { EER: number }): EngineEvent => ({ type: "progress", node: "paint", step: at, of: 90, terms: { total: 1 / at, ...(at >= 20 ? { EER: 0.5 } : {}), satisfied: at }, counts: { satisfied: at }, ...(metrics ? { validation: metrics } : {}) });
    run.start();
    for (let at = 1; at <= 40; at++) runs[0]!.send(step(at, at % 20 === 0 ? { EER: 10 / at } : undefined));
    await turn();
    const { curves, validation, counts } = now().nodes.get("paint")!.progress!;
    expect(curves!.curves.map((c) => c.name)).toEqual(["total"]);
    expect(validation).toMatchObject({ x: { values: [20, 40] }, curves: [{ name: "EER", values: [0.5, 0.25] }] });
    expect(counts).toEqual({ satisfied: 40 });
    const kept: OptimiserState = { ...state(40), carried: { "validation.step": { dtype: "int32", shape: [2], data: Int32Array.of(20, 40) }, "validation:0:EER": { dtype: "float32", shape: [2], data: Float32Array.of(0.5, 0.25) } } };
    runs[0]!.end({ kind: "stopped", states: { paint: kept } });
    await turn();
    run.start({ resume: true });
    runs[1]!.send(step(60, { EER: 0.125 }));
    await turn();
    expect(now().nodes.get("paint")!.progress!.validation).toMatchObject({ x: { values: [20, 40, 60] }, curves: [{ values: [0.5, 0.25, 0.125] }] });
  });

  it("keeps the last picture, the curves and the last state of an optimiser that is stopped, and goes on from there", async () => {
    const { run, runs, now } = setUp();
    run.start();
    runs[0]!.send({ type: "node", node: "paint", state: "running" });
    for (let step = 1; step <= 20; step++) runs[0]!.send({ type: "progress", node: "paint", step, of: 200, terms: { total: step }, ...(step % 10 === 0 ? { preview: picture(step) } : {}) });
    runs[0]!.send({ type: "checkpoint", node: "paint", state: state(20) });
    await turn();
    run.stop();
    await turn();
    expect([now().phase, now().nodes.has("paint"), now().resumable.get("paint")!.step]).toEqual(["idle", false, 20]);
    const image = now().values.get("paint.image")!;
    expect([(image.value as ImageValue).data[0], image.fresh]).toEqual([20, true]);
    expect((now().values.get("paint.losses")!.value as SeriesValue).x.values).toHaveLength(20);
    // A kernel that still runs makes no node run again, and what the engine hands on a moment later is newer.
    runs[0]!.send({ type: "progress", node: "paint", step: 21, of: 200, terms: { total: 0 } });
    await turn();
    expect(now().nodes.has("paint")).toBe(false);
    runs[0]!.end({ kind: "stopped", states: { paint: state(23) } });
    await turn();
    expect(now().resumable.get("paint")!.step).toBe(23);

    run.start({ resume: true });
    await turn();
    expect(runs[1]!.request.resume!["paint"]!.step).toBe(23);
    runs[1]!.send({ type: "node", node: "paint", state: "running" }, { type: "progress", node: "paint", step: 24, of: 200, terms: { total: 0 } });
    await turn();
    expect(now().nodes.get("paint")!.progress!.curves!.x.values).toHaveLength(24);
    runs[1]!.send({ type: "node", node: "paint", state: "done", milliseconds: 1 });
    runs[1]!.end({ kind: "done", result: RESULT });
    await turn();
    expect(now().resumable.size).toBe(0);
    // The same result is asked for in the same way, so that the cache has it; a change of what it depends on ends that.
    run.start();
    await turn();
    expect(runs[2]!.request.resume!["paint"]!.step).toBe(23);
  });

  it("says at once that it has stopped, and draws the rest a moment later or before the next run", async () => {
    const { editor, run, now, runs } = setUp();
    for (const goesOn of [false, true]) {
      run.start();
      await turn();
      runs.at(-1)!.send({ type: "node", node: "paint", state: "running" }, { type: "progress", node: "paint", step: 10, of: 20, terms: { total: 1 }, preview: picture(10) });
      await turn();
      let atIdle: string | undefined;
      const end = editor.store.subscribe(({ run: { phase, nodes } }) => void (phase === "idle" && (atIdle ??= nodes.get("paint")?.phase ?? "none")));
      run.stop();
      for (let i = 0; i < 10 && now().phase !== "idle"; i++) await Promise.resolve();
      end();
      expect(atIdle).toBe("running");
      if (goesOn) run.start({ resume: true });
      await turn();
      expect([now().nodes.get("paint")?.phase, (now().values.get("paint.image")!.value as ImageValue).data[0]]).toEqual([undefined, 10]);
    }
  });

  it("never shows a blank picture while an engine is lost and the run goes on, and keeps the picture when none can take over", async () => {
    const { editor, run, runs, now } = setUp();
    run.start();
    const shown = (): number | undefined => (now().nodes.get("paint")?.progress?.preview ?? (now().values.get("paint.image")?.value as ImageValue | undefined))?.data[0];
    const [paint] = [{ type: "node" as const, node: "paint" }];
    runs[0]!.send({ ...paint, state: "running" }, { type: "progress", node: "paint", step: 9, of: 20, terms: { total: 1 } }, { type: "progress", node: "paint", step: 10, of: 20, terms: { total: 1 }, preview: picture(10) }, { type: "checkpoint", node: "paint", state: state(9) });
    await turn();
    for (const event of [{ ...paint, state: "failed" as const }, { type: "recovered" as const, text: "The GPU device was lost." }, { ...paint, state: "queued" as const }, { ...paint, state: "running" as const }, { type: "progress" as const, node: "paint", step: 9, of: 20, note: "Compiling" }]) {
      runs[0]!.send(event);
      await turn();
      expect(shown()).toBe(10);
    }
    expect(editor.store.getState().ui.notices.map((n) => n.text)).toEqual(["The GPU device was lost."]);
    runs[0]!.send({ type: "progress", node: "paint", step: 10, of: 20, terms: { total: 5 } }, { ...paint, state: "failed" });
    runs[0]!.end({ kind: "failed", diagnostics: [{ code: "engine-lost", severity: "error", message: "No other engine could take over." }] });
    await turn();
    expect([shown(), now().resumable.get("paint")!.step, now().problems.length]).toEqual([10, 9, 1]);
    // Step 10 was done twice and counts once.
    expect((now().values.get("paint.losses")!.value as SeriesValue).x.values).toEqual([9, 10]);
  });

  it("begins anew when Run is pressed after a stop", async () => {
    const { run, runs, now } = setUp();
    run.start();
    runs[0]!.send({ type: "node", node: "paint", state: "running" }, { type: "checkpoint", node: "paint", state: state(5) });
    run.stop();
    await turn();
    expect(now().resumable.has("paint")).toBe(true);
    run.start();
    await turn();
    expect(runs[1]!.request.resume).toBeUndefined();
  });

  it("marks values as old while the graph differs in what they depend on", async () => {
    const { editor, run, runs, now } = setUp("face-verification");
    run.start();
    const value = { value: { kind: "number" as const, value: 1 }, summary: { kind: "number" as const, bytes: 256 }, fresh: true };
    runs[0]!.send(...["photo-encoding", "distance", "threshold"].map((node) => ({ type: "value" as const, node, port: "out", value })));
    runs[0]!.end({ kind: "done", result: RESULT });
    await turn();
    const fresh = (): boolean[] => ["photo-encoding", "distance", "threshold"].map((node) => now().values.get(`${node}.out`)!.fresh);
    const untouched = now().values.get("photo-encoding.out");
    editor.edit([{ kind: "move-nodes", positions: { distance: { x: 9, y: 9 } } }]);
    expect(fresh()).toEqual([true, true, true]);
    editor.edit([{ kind: "set-param", node: "threshold", param: "threshold", value: 0.3 }]);
    expect(fresh()).toEqual([true, true, false]);
    expect(now().values.get("photo-encoding.out")).toBe(untouched);
    editor.undo();
    expect(fresh()).toEqual([true, true, true]);
  });

  it("tells failures as problems, but not what the drawing shows anyway, and the fallback once", async () => {
    const { editor, run, runs, now } = setUp();
    editor.edit([{ kind: "add-node", node: { id: "lonely", type: "Resize", version: 1, params: {}, position: { x: 0, y: 0 } } }]);
    const drawn = editor.store.getState().inference.diagnostics.find((d) => d.node === "lonely")!;
    for (const round of [0, 1]) {
      run.start();
      await turn();
      runs[round]!.send({ type: "backend", id: "onnx-wasm", device: "CPU", tried: [{ id: "onnx-webgpu", reason: "There is no adapter." }] });
      runs[round]!.end({ kind: "failed", diagnostics: [drawn, { code: "no-face", severity: "error", message: "There is no face.", node: "content" }] });
      await turn();
      expect(now().problems.map((d) => d.code)).toEqual(["no-face"]);
      const said = editor.store.getState().ui.notices.filter((n) => n.text === "WebGPU was passed over: There is no adapter. Running on WebAssembly.");
      expect(said).toHaveLength(1 - round);
      for (const { id } of said) editor.dismiss(id);
    }
  });

  it("runs again under Live when the meaning changes, and not when a node moves", async () => {
    const { editor, run, runs } = setUp("face-verification");
    run.setLive(true);
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]!.end({ kind: "done", result: RESULT });
    await turn();
    editor.edit([{ kind: "move-nodes", positions: { distance: { x: 9, y: 9 } } }]);
    await turn(200);
    expect(runs).toHaveLength(1);
    for (const value of [0.3, 0.31, 0.32]) editor.edit([{ kind: "set-param", node: "threshold", param: "threshold", value }], { gesture: "drag" });
    await turn(200);
    expect(runs).toHaveLength(2);
    expect(runs[1]!.request.document.nodes.find((n) => n.id === "threshold")!.params["threshold"]).toBe(0.32);
    // A change during a run stops it first.
    editor.edit([{ kind: "set-param", node: "threshold", param: "threshold", value: 0.5 }]);
    await turn(200);
    expect([runs[1]!.stops, runs.length]).toEqual([1, 3]);
  });

  it("under Live goes on with an optimisation that a change does not touch, and begins one that it does", async () => {
    const { editor, run, runs } = setUp();
    run.setLive(true);
    await turn();
    runs[0]!.send({ type: "node", node: "paint", state: "running" }, { type: "checkpoint", node: "paint", state: state(30) });
    editor.edit([{ kind: "set-param", node: "curves", param: "logarithmic", value: false }]);
    await turn(200);
    expect(runs[1]!.request.resume?.["paint"]?.step).toBe(30);
    editor.edit([{ kind: "set-param", node: "total", param: "strength", value: 0.9 }]);
    await turn(200);
    expect(runs[2]!.request.resume).toBeUndefined();
  });

  it("drops a run whose graph was replaced by another", async () => {
    const { editor, run, runs, now } = setUp();
    run.start();
    runs[0]!.send({ type: "node", node: "content", state: "running" });
    await turn();
    editor.open(example("face-verification"));
    expect([now().phase, runs[0]!.stops]).toEqual(["idle", 1]);
    runs[0]!.send({ type: "node", node: "content", state: "done" });
    runs[0]!.end({ kind: "done", result: RESULT });
    await turn();
    expect(now().nodes.size).toBe(0);
  });

  it("with the real engine: a changed threshold costs no encoder run", async () => {
    const editor = createEditor({ registry: nodes, document: example("face-verification") });
    const engine = createEngine({ assets: "http://localhost/", files: createMemoryFiles(), nodes, host: () => createNodeHost() });
    const run = createRunControl(editor, engine);
    cleanUp.push(() => (run.dispose(), engine.dispose()));
    const idle = async (): Promise<void> => {
      do await turn(30);
      while (editor.store.getState().run.phase !== "idle");
    };
    run.setLive(true);
    await idle();
    expect(editor.store.getState().run.values.get("distance.distance")!.value).toMatchObject({ kind: "tensor" });
    const encoding = editor.store.getState().run.values.get("photo-encoding.encoding");
    editor.edit([{ kind: "set-param", node: "threshold", param: "threshold", value: 0.3 }]);
    expect(editor.store.getState().run.values.get("threshold.decision")!.fresh).toBe(false);
    await turn(150);
    await idle();
    const { nodes: states, values } = editor.store.getState().run;
    expect([states.get("photo-encoding")!.phase, states.get("threshold")!.phase]).toEqual(["cached", "done"]);
    expect(values.get("threshold.decision")).toMatchObject({ fresh: true, value: { same: false, threshold: 0.3 } });
    expect(values.get("photo-encoding.encoding")).toBe(encoding);
  });
});
