/** Training as a whole: it learns, keeps the best, stops and goes on, and hands on a network for any number of examples. */
import { paramValues, type Json } from "@patchbay/graph-core";
import { exportOnnx, GraphError, loadGraph, run, type OptimiserState, type RunOptions } from "@patchbay/runtime";
import { networkWeights, openNetwork } from "@patchbay/runtime/networks";
import { Builder, float32, type NetworkValue, type SeriesValue, type TableValue, type TensorData, type TensorValue } from "@patchbay/runtime/node-api";
import { afterEach, describe, expect, test } from "vitest";
import { onnxNativeBackend } from "../../../runtime/src/backends/onnx/native.ts";
import { testFeed, trainingGraph, trainingNodes } from "../testing/training-graph.ts";

type Params = { readonly [name: string]: Json };
const OUTPUTS = { network: "t.network", losses: "t.losses", validation: "t.validation", report: "t.report" };

/** A classifier of points: dense, ReLU, dense. */
const classifier = (trainer: Params = {}, feed: Params = {}) =>
  trainingGraph(
    {
      f: ["TestFeed", feed], a: ["Dense", { units: 8, trainable: true }], r: ["Activation", { function: "leaky-relu" }], b: ["Dense", { units: 3, trainable: true, seed: 5 }], l: ["TestLoss"],
      t: ["Trainer", { steps: 60, learningRate: 0.03, validate: "classification", validateEvery: 10, ...trainer }],
    },
    ["f.examples -> a.input", "a.output -> r.input", "r.output -> b.input", "b.output -> l.predictions", "f.targets -> l.targets", "l.loss -> t.loss", "b.output -> t.predictions"],
    OUTPUTS,
  );

const graphs: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(graphs.splice(0).map((g) => g.dispose()));
});

async function trained(document: Parameters<typeof loadGraph>[0], options: RunOptions = {}) {
  const graph = await loadGraph(document, { nodes: trainingNodes });
  graphs.push(graph);
  const result = await run(graph, { backend: "onnx-native", ...options });
  const { network, losses, validation, report } = result.outputs as { network: NetworkValue; losses: SeriesValue; validation: SeriesValue; report: TableValue };
  const curve = (series: SeriesValue, name: string) => series.curves.find((c) => c.name === name)!.values;
  return { ...result, network, total: curve(losses, "total"), validation, curve, report: Object.fromEntries(report.rows.map((r) => r as [string, number | string])) };
}
const refusal = async (document: Parameters<typeof loadGraph>[0], options: RunOptions = {}) => {
  const error: unknown = await trained(document, options).then(() => undefined, (e: unknown) => e);
  if (!(error instanceof GraphError)) throw error ?? new Error("it was not refused");
  return error.diagnostics[0]!;
};

describe.each(["adam", "momentum", "gradient-descent"])("%s", (method) => {
  test("learns", async () => {
    const { total, curve, validation, report } = await trained(classifier({ method, learningRate: method === "adam" ? 0.03 : method === "momentum" ? 0.1 : 0.5, steps: 120 }));
    expect(total).toHaveLength(120);
    expect(total.at(-1)!).toBeLessThan(total[0]! / 5);
    expect(curve(validation, "accuracy")[0]!).toBeLessThanOrEqual(report["accuracy"] as number);
    expect(report["accuracy"]).toBeGreaterThanOrEqual(0.9);
    expect(report["ended"]).toBe("all steps done");
  });
});

test("curves: a validation every so many steps and one after the last, with what the feed counts", async () => {
  const { validation, curve } = await trained(classifier({ steps: 25 }));
  expect(validation.x.values).toEqual([10, 20, 25]);
  expect(validation.curves.map((c) => c.name)).toEqual(["error rate", "accuracy", "cross-entropy", "told"]);
  expect(curve(validation, "told")).toEqual([10, 20, 25]);
});

test("progress tells every step with its terms, and a node's notice is told once, on that node", async () => {
  const events: { step: number; names: string[] }[] = [];
  const told: string[] = [];
  const { notices } = await trained(classifier({ steps: 40 }), {
    onProgress(e) {
      if (e.type === "progress" && e.terms) events.push({ step: e.step, names: Object.keys(e.terms) });
      if (e.type === "notice") told.push(`${e.diagnostic.code} ${e.diagnostic.node}`);
    },
  });
  expect(events.map((e) => e.step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(events.at(-1)!.names).toEqual(["total", "error rate", "accuracy", "cross-entropy", "told"]);
  expect(told).toEqual(["nearly-there l"]);
  expect(notices).toMatchObject([{ code: "nearly-there", node: "l", severity: "warning" }]);
});

test("the best weights are kept, and training stops when it gets no better", async () => {
  // A rate that is far too large soon undoes what was learned.
  const { report, validation, curve } = await trained(classifier({ steps: 400, learningRate: 0.4, patience: 3, validateEvery: 2 }));
  const rates = curve(validation, "error rate");
  expect(report["error rate"]).toBe(Math.min(...rates));
  expect(report["kept weights of step"]).toBe(validation.x.values[rates.indexOf(Math.min(...rates))]);
  expect(report["ended"]).toBe("no better for 3 validations");
  expect(report["steps"]).toBe(validation.x.values[rates.indexOf(Math.min(...rates)) + 3]);
});

test("what is set for one run decides what is said of the graph", async () => {
  const silent = classifier({ steps: 2, validate: "none" });
  const unseen = { ...silent, wires: silent.wires.filter((w) => w.to !== "t.predictions") };
  const codes = async (params: { [key: string]: Json }) => (await trained(unseen, { params })).warnings.map((d) => `${d.code} ${d.node}`);
  expect(await codes({ "t.validate": "classification" })).toEqual(["no-predictions t"]);
  expect(await codes({})).toEqual([]);
});

test("of one validation it speaks in the singular", async () => {
  const { report } = await trained(classifier({ steps: 400, learningRate: 0.4, patience: 1, validateEvery: 2 }));
  expect(report["ended"]).toBe("no better for 1 validation");
});

test("where nothing is held out, the validation that was asked for is told to be missing", async () => {
  const { notices, validation, report } = await trained(classifier({ steps: 25 }, { heldOut: 0 }));
  expect(notices.filter((n) => n.node === "t")).toMatchObject([{ code: "nothing-held-out", param: "validate", severity: "warning" }]);
  expect(validation.x.values).toEqual([]);
  expect(report["kept weights of step"]).toBe(25);
  expect((await trained(classifier({ steps: 5, validate: "none" }, { heldOut: 0 }))).notices).toEqual([]);
});

describe("pairs", () => {
  const siamese = (validate: string) => trainingGraph(
    {
      s: ["SyntheticFaces", { people: 8, photos: 3, size: 16 }], f: ["Pairs", { size: 8 }], g: ["Flatten"], h: ["Flatten"], a: ["Dense", { units: 4, trainable: true, weights: "one" }], b: ["Dense", { units: 4, trainable: true, weights: "one" }],
      d: ["Distance"], l: ["ContrastiveLoss"], t: ["Trainer", { steps: 4, validate, validateEvery: 2 }],
    },
    ["s.dataset -> f.dataset", "f.a -> g.input", "f.b -> h.input", "g.output -> a.input", "h.output -> b.input", "a.output -> l.a", "b.output -> l.b", "f.same -> l.same", "l.loss -> t.loss", "a.output -> d.a", "b.output -> d.b",
      validate === "binary" ? "d.distance -> t.predictions" : "a.output -> t.predictions"],
    OUTPUTS,
  );

  test("teach an encoder that is measured on single examples, and handed on", async () => {
    const { curve, validation, network, notices } = await trained(siamese("verification"));
    expect(curve(validation, "EER")).toHaveLength(2);
    expect(curve(validation, "AUC").every((v) => v >= 0 && v <= 1)).toBe(true);
    expect([network.meaning, Object.keys(networkWeights(network)).sort(), notices]).toEqual(["encoding", ["one.biases", "one.weights"], []]);
  });

  test("a distance is no answer that rises with “same”", async () => {
    expect(await refusal(siamese("binary"))).toMatchObject({ code: "distance-falls", node: "t", param: "validate" });
  });
});

describe("a network for any number of examples", () => {
  const conv = trainingGraph(
    {
      f: ["TestFeed", { shape: "9×8×2" }], c: ["Conv2D", { filters: 4, kernel: 3, padding: "same", trainable: true }], r: ["Activation"], p: ["Pool"], d: ["Conv2D", { filters: 5, kernel: 3, seed: 2 }], g: ["Flatten"], e: ["Dense", { units: 3, trainable: true }],
      n: ["L2Normalise"], l: ["TestLoss"], t: ["Trainer", { steps: 3, validate: "verification" }],
    },
    ["f.examples -> c.input", "c.output -> r.input", "r.output -> p.input", "p.output -> d.input", "d.output -> g.input", "g.output -> e.input", "e.output -> n.x", "n.y -> l.predictions", "f.targets -> l.targets", "l.loss -> t.loss", "n.y -> t.predictions"],
    OUTPUTS,
  );

  test("gives at batch 1, 3 and 17 what it gives for each example alone, and names its weights", async () => {
    const { network } = await trained(conv);
    const opened = await onnxNativeBackend.openOnnx!(network.files[0]!.bytes);
    expect(opened.inputs).toEqual([{ name: "input", dtype: "float32", shape: [null, 9, 8, 2] }]);
    const data = Float32Array.from({ length: 17 * 144 }, (_, i) => Math.sin(i * 0.37));
    const encode = async (from: number, count: number) => (await opened.run({ input: { dtype: "float32", shape: [count, 9, 8, 2], data: data.slice(from * 144, (from + count) * 144) } }))["output"]!;
    const alone: number[] = [];
    for (let i = 0; i < 17; i++) alone.push(...(await encode(i, 1)).data);
    for (const count of [1, 3, 17]) {
      const { shape, data: together } = await encode(0, count);
      expect(shape).toEqual([count, 3]);
      together.forEach((v, i) => expect(v).toBeCloseTo(alone[i]!, 5));
    }
    await opened.dispose();
    const text = new TextDecoder("latin1").decode(network.files[0]!.bytes);
    for (const name of ["c.filters", "c.biases", "d.filters", "e.weights", "e.biases"]) expect(text, name).toContain(name);
    expect(network).toMatchObject({ format: "onnx", output: "output", meaning: "encoding", input: { name: "input", layout: "channels-last", shape: [9, 8, 2] } });
    expect(network.network).toMatch(/^onnx-[0-9a-f]{16}$/);
  });

  test("its type is known before anything runs", async () => {
    const graph = await loadGraph(conv, { nodes: trainingNodes });
    graphs.push(graph);
    expect(graph.inference.types.get("t.network")).toMatchObject({ kind: "network", input: ["N", 9, 8, 2], output: ["N", 3], meaning: "encoding" });
  });

  test("it may begin behind the batch", async () => {
    const document = classifier();
    const { network } = await trained({ ...document, wires: [...document.wires, { from: "r.output", to: "t.input" }] });
    expect(network.input.shape).toEqual([8]);
    const opened = await onnxNativeBackend.openOnnx!(network.files[0]!.bytes);
    expect((await opened.run({ input: { dtype: "float32", shape: [2, 8], data: new Float32Array(16) } }))["output"]!.shape).toEqual([2, 3]);
    await opened.dispose();
  });

  test("where the predictions read more of the batch than one input, a warning says so and nothing comes out", async () => {
    const document = classifier({ steps: 1 });
    const two = { ...document, wires: document.wires.map((w) => (w.from === "f.examples" ? { ...w, from: "f.targets" } : w.to === "b.input" ? w : w)) };
    const { network, notices } = await trained(two);
    expect(network).toBeUndefined();
    expect(notices.map((n) => n.code)).toContain("no-network");
  });
});

test("towers with one name for their weights share them, and both gradients count", async () => {
  const shared = { units: 3, trainable: true, weights: "tower" };
  const document = (second: Params) =>
    trainingGraph(
      { f: ["TestFeed"], a: ["Dense", shared], b: ["Dense", { ...shared, ...second }], l: ["TestLoss"], t: ["Trainer", { steps: 2 }] },
      ["f.examples -> a.input", "f.examples -> b.input", "a.output -> l.predictions", "b.output -> l.targets", "l.loss -> t.loss", "a.output -> t.predictions"],
      OUTPUTS,
    );
  // Equal weights give equal encodings: there is nothing between them, and nothing to learn.
  expect((await trained(document({}))).total).toEqual([0, 0]);
  expect((await trained(document({ seed: 9 }))).notices[0]).toMatchObject({ code: "weights-begin-apart", node: "t" });
  expect(await refusal(document({ units: 4 }))).toMatchObject({ code: expect.stringMatching(/shape|weights-mismatch|dim/) as string });
});

describe("going on", () => {
  test("from a checkpoint gives what an uninterrupted training gives", async () => {
    for (const method of ["adam", "momentum"]) {
      const checkpoints: OptimiserState[] = [];
      const whole = await trained(classifier({ method, steps: 30, schedule: "cosine", warmup: 4, weightDecay: 0.01 }), { onCheckpoint: (_node, state) => checkpoints.push(structuredClone(state)) });
      expect(checkpoints.map((c) => c.step)).toEqual([10, 20]);
      const again = await trained(classifier({ method, steps: 30, schedule: "cosine", warmup: 4, weightDecay: 0.01 }), { resume: { t: checkpoints[0]! } });
      expect(again.total).toHaveLength(30);
      again.total.forEach((v, i) => expect(Math.abs(v - whole.total[i]!)).toBeLessThan(1e-6));
      expect(again.validation).toEqual(whole.validation);
      expect(again.network.network).toBe(whole.network.network);
      expect(again.report).toEqual(whole.report);
    }
  });

  test("a stop hands on the best so far and says so; the state goes on", async () => {
    const stop = new AbortController();
    const stopped = await trained(classifier({ steps: 50 }), { signal: stop.signal, onProgress: (e) => void (e.type === "progress" && e.step === 25 && stop.abort()) });
    expect(stopped.interrupted).toEqual([{ node: "t", step: 25, of: 50 }]);
    expect(stopped.report).toMatchObject({ ended: "stopped", steps: 25 });
    expect(stopped.network.files).toHaveLength(1);
    const whole = await trained(classifier({ steps: 50 }));
    const on = await trained(classifier({ steps: 50 }), { resume: { t: stopped.states["t"]! } });
    on.total.forEach((v, i) => expect(Math.abs(v - whole.total[i]!)).toBeLessThan(1e-6));
  });

  test("another drawing's state is refused with what is wrong", async () => {
    const { states } = await trained(classifier({ steps: 2 }));
    expect(await refusal(classifier({ steps: 4, method: "momentum" }), { resume: { t: states["t"]! } })).toMatchObject({ code: "resume-mismatch", message: expect.stringContaining("state.velocity") as string });
    expect(await refusal(classifier({ steps: 4 }, { shape: "7" }), { resume: { t: states["t"]! } })).toMatchObject({ code: "resume-mismatch", message: expect.stringContaining("other layers") as string });
  });
});

test("a loss that is no number stops it with the step and what to do; the checkpoint before it is good", async () => {
  const kept: OptimiserState[] = [];
  const problem = await refusal(classifier({ method: "gradient-descent", learningRate: 900, steps: 400, validate: "none" }), { onCheckpoint: (_n, s) => kept.push(s) });
  expect(problem).toMatchObject({ code: "training-diverged", node: "t", param: "learningRate" });
  const step = Number(/at step (\d+)/.exec(problem.message)![1]);
  const last = kept.at(-1)!;
  expect(last.step).toBe(step - 2);
  expect(last.losses["total"]).toHaveLength(last.step);
  expect(last.carried["params"]!.data.every(Number.isFinite)).toBe(true);
  const on = await trained(classifier({ method: "gradient-descent", learningRate: 1e-8, steps: last.step + 1, validate: "none" }), { resume: { t: last } });
  expect(Number.isFinite(on.total.at(-1))).toBe(true);
});

test("plain values between batch and loss are refused by name", async () => {
  const problem = await refusal(trainingGraph(
    { f: ["TestFeed"], a: ["Dense", { trainable: true, units: 3 }], v: ["TestPlain"], l: ["TestLoss"], t: ["Trainer"] },
    ["f.examples -> a.input", "a.output -> l.predictions", "f.targets -> v.x", "v.y -> l.targets", "l.loss -> t.loss"], { network: "t.network" },
  ));
  expect(problem).toMatchObject({ code: "not-differentiable", node: "t", message: expect.stringContaining("“v” (Test plain)") as string });
});

test("the same training is not done twice", async () => {
  const graph = await loadGraph(classifier({ steps: 5 }), { nodes: trainingNodes });
  graphs.push(graph);
  const states: string[] = [];
  for (let i = 0; i < 2; i++) await run(graph, { backend: "onnx-native", onProgress: (e) => void (e.type === "node" && e.node === "t" && states.push(e.state)) });
  expect(states).toEqual(["queued", "running", "done", "queued", "cached"]);
});

test("exported, the step is one ONNX file that trains as the Trainer does", async () => {
  const graph = await loadGraph(classifier({ steps: 4, weightDecay: 0.01, validate: "none" }), { nodes: trainingNodes });
  graphs.push(graph);
  const { bytes, inputs, outputs, notes } = await exportOnnx(graph);
  expect(inputs.map((i) => i.name).sort()).toEqual(["examples", "params", "rate", "state.m", "state.v", "step", "targets"]);
  expect(outputs.map((o) => o.name).sort()).toEqual(["next.params", "next.state.m", "next.state.v", "scalar:l.loss", "scalar:l.worst", "total"]);
  for (const port of [...inputs, ...outputs]) expect(Object.keys(port).sort()).toEqual(["doc", "dtype", "name", "shape"]);
  expect(inputs.find((i) => i.name === "params")!.doc).toContain("a.weights [6,8] from 0");
  expect(notes[1]).toContain("start params, state.m, state.v as zeros");
  const file = await onnxNativeBackend.openOnnx!(bytes);
  const feed = await testFeed.feed!({ params: paramValues({ params: {} }, testFeed) } as never);
  let carried: { [name: string]: TensorData } = Object.fromEntries(inputs.filter((i) => /^(params|state)/.test(i.name)).map((i) => [i.name, float32(i.shape, new Float32Array(i.shape[0]!))]));
  const losses: number[] = [];
  for (let step = 0; step < 4; step++) {
    const { examples, targets } = feed.batch(step);
    const out = await file.run({ ...carried, examples: examples!, targets: targets!, step: { dtype: "int32", shape: [], data: Int32Array.of(step) }, rate: float32([], [0.03]) });
    losses.push(out["total"]!.data[0]!);
    carried = Object.fromEntries(Object.keys(carried).map((name) => [name, out[`next.${name}`]!]));
  }
  await file.dispose();
  const { states, total } = await trained(classifier({ steps: 4, weightDecay: 0.01, validate: "none" }));
  losses.forEach((v, i) => expect(v).toBeCloseTo(total[i]!, 6));
  carried["params"]!.data.forEach((v, i) => expect(v).toBeCloseTo(states["t"]!.carried["params"]!.data[i]!, 5));
});

test("the trained network opens again, with its weights by name, and encodes as it did", async () => {
  const { network } = await trained(classifier({ steps: 2 }));
  const source = openNetwork(network);
  expect(source.opaque).toBeNull();
  expect(Object.entries(networkWeights(network)).map(([name, t]) => `${name} ${t.shape}`).sort()).toEqual(["a.biases 8", "a.weights 6,8", "b.biases 3", "b.weights 8,3"]);
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [4, 6] });
  const executable = await onnxNativeBackend.compile(b.build({ y: source.build(b, { input: x }, [network.output]).get(network.output)! }));
  const opened = await onnxNativeBackend.openOnnx!(network.files[0]!.bytes);
  const given = float32([4, 6], Array.from({ length: 24 }, (_, i) => Math.cos(i)));
  const [again, whole] = [(await executable.run({ x: given }))["y"]!, (await opened.run({ input: given }))["output"]!];
  again.data.forEach((v, i) => expect(v).toBeCloseTo(whole.data[i]!, 5));
  await Promise.all([executable.dispose(), opened.dispose()]);
});

/** Faces of invented people, mined triplets, a small encoder; then a picture is encoded by what was trained. */
const faces = (trainer: Params) => {
  const conv = (filters: number, seed: number) => ["Conv2D", { filters, kernel: 3, stride: 2, padding: "same", seed, trainable: true }] as const;
  return trainingGraph(
    {
      d: ["SyntheticFaces", { size: 16, people: 24, photos: 8, variation: 0.5 }], f: ["Batches", { people: 6, photos: 3 }], c: conv(12, 1), r: ["Activation"], k: conv(16, 2), s: ["Activation"], g: ["Flatten"], e: ["Dense", { units: 16, trainable: true }], n: ["L2Normalise"],
      m: ["TripletMining", { mode: "random" }], l: ["TripletLoss", { reduction: "mean" }], t: ["Trainer", { learningRate: 0.003, validate: "verification", validateEvery: 20, ...trainer }],
      p: ["Pattern", { kind: "mosaic", width: 20, height: 24 }], x: ["Encoder", { network: "wired" }],
    },
    ["d.dataset -> f.dataset", "f.examples -> c.input", "c.output -> r.input", "r.output -> k.input", "k.output -> s.input", "s.output -> g.input", "g.output -> e.input", "e.output -> n.x", "n.y -> m.encodings", "f.labels -> m.labels", "f.triplets -> m.triplets",
      "m.anchor -> l.anchor", "m.positive -> l.positive", "m.negative -> l.negative", "m.fed -> l.weights", "l.loss -> t.loss", "n.y -> t.predictions", "t.network -> x.network", "p.image -> x.image"],
    { ...OUTPUTS, encoding: "x.encoding" },
  );
};

describe("an encoder of faces from scratch", () => {
  test("errs less than before on people whom it has never seen, and what it learned encodes pictures", async () => {
    const { validation, curve, outputs, network, notices } = await trained(faces({ steps: 160 }));
    const rates = curve(validation, "EER");
    expect(validation.curves.map((c) => c.name)).toEqual(["EER", "AUC", "satisfied", "no longer fed"]);
    const { report } = await trained(faces({ steps: 1, learningRate: 1e-8 }), { outputs: Object.keys(OUTPUTS) });
    expect(Math.min(...rates)).toBeLessThan((report["EER"] as number) - 0.08);
    expect(curve(validation, "no longer fed").at(-1)!).toBeGreaterThan(100);
    const encoding = outputs["encoding"] as TensorValue;
    expect(encoding.shape).toEqual([1, 16]);
    expect(encoding.network).toBe(network.network);
    expect(Math.hypot(...encoding.data)).toBeCloseTo(1, 5);
    expect(notices).toEqual([]);
  });

  test("goes on where it was, with what the batches had learned of it", async () => {
    const checkpoints: OptimiserState[] = [];
    const whole = await trained(faces({ steps: 40 }), { onCheckpoint: (_n, state) => checkpoints.push(structuredClone(state)), outputs: Object.keys(OUTPUTS) });
    expect(checkpoints[0]!.carried["feed.resting"]!.shape[0]).toBeGreaterThan(0);
    const on = await trained(faces({ steps: 40 }), { resume: { t: checkpoints[0]! }, outputs: Object.keys(OUTPUTS) });
    on.total.forEach((v, i) => expect(Math.abs(v - whole.total[i]!)).toBeLessThan(1e-6));
    expect(on.validation).toEqual(whole.validation);
  });

  test("a collapse is named on the loss while it goes on", async () => {
    const told: string[] = [];
    // Weights that decay to nothing give everybody one encoding.
    const document = faces({ steps: 60, method: "gradient-descent", learningRate: 0.05, weightDecay: 10, validate: "none" });
    const plain = { ...document, wires: document.wires.map((w) => (w.from === "n.y" ? { ...w, from: "e.output" } : w)) };
    await trained(plain, { onProgress: (e) => void (e.type === "notice" && told.push(`${e.diagnostic.node} ${e.diagnostic.code}`)), outputs: ["losses", "report", "validation"] });
    expect(told).toEqual(["l collapsed"]);
  });
});

test("one training goes on with what another has learned: its last layer alone", async () => {
  const document = trainingGraph(
    {
      f: ["TestFeed", { shape: "8×8×3" }], c: ["Conv2D", { filters: 6, kernel: 3, trainable: true }], r: ["Activation"], g: ["Flatten"], e: ["Dense", { units: 3, trainable: true }], l: ["TestLoss"], first: ["Trainer", { steps: 5, validate: "verification" }],
      x: ["Encoder", { network: "wired", trainableLayers: 1 }], m: ["TestLoss"], t: ["Trainer", { steps: 5, validate: "verification", validateEvery: 5 }],
    },
    ["f.examples -> c.input", "c.output -> r.input", "r.output -> g.input", "g.output -> e.input", "e.output -> l.predictions", "f.targets -> l.targets", "l.loss -> first.loss", "e.output -> first.predictions",
      "first.network -> x.network", "f.examples -> x.image", "x.encoding -> m.predictions", "f.targets -> m.targets", "m.loss -> t.loss", "x.encoding -> t.predictions"],
    { ...OUTPUTS, before: "first.network", begun: "first.losses" },
  );
  const { outputs, total, curve, network } = await trained(document);
  // It begins where the first one ended, and only the matrix of the last layer changes.
  expect(total[0]!).toBeLessThan(curve(outputs["begun"] as SeriesValue, "total")[0]!);
  const [before, after] = [outputs["before"] as NetworkValue, network].map(networkWeights);
  const [prefix] = Object.keys(after!).map((name) => /^(.*)\.e\.weights$/.exec(name)?.[1]).filter(Boolean);
  expect(prefix).toBe((outputs["before"] as NetworkValue).network);
  expect(after![`${prefix}.e.weights`]!.data).not.toEqual(before!["e.weights"]!.data);
  // The frozen filters lie there as the convolution wants them.
  const sorted = (t: TensorData) => [...t.data].sort();
  expect(Object.values(after!).filter((t) => t.data.length === 162).map(sorted)).toEqual([sorted(before!["c.filters"]!)]);
});

test.each(["onnx-wasm", "reference"] as const)("on %s it takes the same way", async (backend) => {
  const [found, native] = [await trained(faces({ steps: 3, validateEvery: 3 }), { backend, outputs: Object.keys(OUTPUTS) }), await trained(faces({ steps: 3, validateEvery: 3 }), { outputs: Object.keys(OUTPUTS) })];
  found.total.forEach((v, i) => expect(Math.abs(v / native.total[i]! - 1)).toBeLessThan(1e-3));
});

test("a logistic verifier learns; the numbers that its weights begin with are no name", async () => {
  const document = trainingGraph(
    { f: ["TestFeed", { classes: 2, batch: 16 }], v: ["LogisticVerifier", { trainable: true, weights: [0, 0, 0, 0, 0, 0], bias: 0 }], l: ["CrossEntropy", { kind: "yes-no" }], t: ["Trainer", { steps: 60, learningRate: 0.1, validate: "binary", validateEvery: 60 }] },
    ["f.examples -> v.features", "v.score -> l.predictions", "f.labels -> l.labels", "l.loss -> t.loss", "v.score -> t.predictions"],
    OUTPUTS,
  );
  const { total, report, network } = await trained(document);
  expect(total[0]!).toBeCloseTo(Math.LN2, 5);
  expect(total.at(-1)!).toBeLessThan(0.3);
  expect(report["EER"]).toBeLessThan(0.1);
  expect(Object.keys(networkWeights(network)).sort()).toEqual(["v.bias", "v.weights"]);
});
