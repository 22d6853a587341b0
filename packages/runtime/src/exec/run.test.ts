import { beforeEach, describe, expect, it } from "vitest";
import { GraphError } from "@patchbay/graph-core";
import { NodeFailure, type Host } from "../node-api/host.ts";
import type { TensorValue } from "../node-api/values.ts";
import type { RunEvent } from "./events.ts";
import { loadGraph } from "./load-graph.ts";
import { optimisedRegions } from "./optimised-regions.ts";
import type { OptimiserState } from "../optimize/minimise.ts";
import { run } from "./run.ts";
import { calls, testGraph, testNodes } from "./test-nodes.ts";

const host = { readFile: async () => new Uint8Array() } as unknown as Host;
const load = (...graph: Parameters<typeof testGraph>) => loadGraph(testGraph(...graph), { nodes: testNodes, host });
const tensorOf = (value: unknown) => value as TensorValue;

/** minimise ½ of ‖blur(G) − blur(C₂)‖² starting from another picture */
const drawing = (params: { [name: string]: number | string } = {}) =>
  [
    {
      start: ["TestImage", { phase: 0 }],
      target: ["TestImage", { phase: 2 }],
      picture: ["Variable"],
      blurPicture: ["Blur"],
      blurTarget: ["Blur"],
      cost: ["SquaredDifference"],
      plain: ["SquaredDifference"],
      sum: ["Add"],
      opt: ["Minimise", params],
    },
    [
      "start.image -> picture.content", "picture.image -> blurPicture.image", "target.image -> blurTarget.image", "blurTarget.y -> cost.target",
      "blurPicture.y -> cost.generated", "target.image -> plain.target", "picture.image -> plain.generated", "cost.cost -> sum.terms", "plain.cost -> sum.terms", "sum.total -> opt.loss",
    ],
    { image: "opt.image", losses: "opt.losses" },
  ] as Parameters<typeof testGraph>;

describe("run", () => {
  beforeEach(() => Object.keys(calls).forEach((k) => delete calls[k]));

  it("computes lowered nodes and returns the named outputs", async () => {
    const graph = await load({ a: ["TestImage"], s: ["Scale", { by: 3 }] }, ["a.image -> s.x"], { out: "s.y" });
    const { outputs } = await run(graph, { backend: "reference" });
    expect(tensorOf(outputs.out).shape).toEqual([1, 8, 8, 3]);
    expect(tensorOf(outputs.out).data[5]).toBeCloseTo(3 * (0.5 + 0.4 * Math.sin(3.5)), 5);
  });

  it("runs nothing twice that no change affects", async () => {
    const graph = await load({ a: ["TestImage"], s: ["Scale"], t: ["Scale", { by: 5 }] }, ["a.image -> s.x", "s.y -> t.x"], { out: "t.y" });
    await run(graph, { backend: "reference" });
    const events: RunEvent[] = [];
    await run(graph, { backend: "reference", params: { "t.by": 7 }, onProgress: (e) => events.push(e) });
    const states = Object.fromEntries(events.flatMap((e) => (e.type === "node" ? [[e.node, e.state]] : [])));
    expect(states).toEqual({ a: "cached", s: "cached", t: "done" });
    expect(calls.TestImage).toBe(1);
  });

  it("hands over every node's values as they come, computed or cached, but not those inside an optimisation", async () => {
    const graph = await load(...drawing({ steps: 12 }));
    const seen = async () => {
      const values: [string, string[], boolean][] = [];
      const order: string[] = [];
      await run(graph, { backend: "reference", onProgress: (e) => e.type === "node" && order.push(`${e.node} ${e.state}`), onValue: (node, outputs, cached) => { values.push([node, Object.keys(outputs), cached]); order.push(`${node} value`); } });
      return { values, order };
    };
    const first = await seen();
    expect(first.values).toEqual([["start", ["image"], false], ["target", ["image"], false], ["opt", ["image", "losses", "frames"], false]]);
    expect(first.order.indexOf("start value")).toBeLessThan(first.order.indexOf("opt running"));
    expect((await seen()).values.map(([node, , cached]) => [node, cached])).toEqual([["start", true], ["target", true], ["opt", true]]);
  });

  it("checkpoints an optimiser at its previews, and going on from one ends where an uninterrupted run does", async () => {
    const graph = await load(...drawing({ steps: 12 }));
    const states: OptimiserState[] = [];
    const whole = await run(graph, { backend: "reference", onCheckpoint: (node, state) => { expect(node).toBe("opt"); states.push(state); } });
    expect(states.map((s) => [s.step, s.losses.total!.length])).toEqual([[1, 1], [5, 5], [10, 10]]);
    const resumed = await run(graph, { backend: "reference", resume: { opt: structuredClone(states[0]!) } });
    expect(tensorOf(resumed.outputs.image).data).toEqual(tensorOf(whole.outputs.image).data);
    expect(resumed.states.opt!.losses.total).toEqual(whole.states.opt!.losses.total);
  });

  it("computes the nodes of an optimisation for the picture that came out of it, where that is fed to them", async () => {
    const graph = await load(...drawing({ steps: 12 }));
    const [region] = optimisedRegions(graph);
    expect(region).toMatchObject({ optimiser: "opt", variable: "picture" });
    expect([...region!.moving].sort()).toEqual(["blurPicture", "cost", "picture", "plain", "sum"]);
    const { outputs } = await run(graph, { backend: "reference" });
    const asked = ["cost.cost", "sum.total"];
    const before = await run(graph, { backend: "reference", outputs: asked });
    const after = await run(graph, { backend: "reference", outputs: asked, ports: { "blurPicture.image": outputs.image!, "plain.generated": outputs.image! } });
    expect(tensorOf(after.outputs["sum.total"]).data[0]).toBeLessThan(0.5 * tensorOf(before.outputs["sum.total"]).data[0]!);
    await expect(run(graph, { backend: "reference", ports: { "nowhere.x": outputs.image! } })).rejects.toThrow("There is no input port “nowhere.x”");
  });

  it("tells the engine's time in every run, also where the program was compiled in an earlier one", async () => {
    const graph = await load({ a: ["TestImage"], s: ["Scale", { by: 3 }] }, ["a.image -> s.x"], { out: "s.y" });
    for (const phase of [0, 1, 2]) {
      const { timings } = await run(graph, { backend: "reference", params: { "a.phase": phase } });
      expect(timings.engine).toBeGreaterThan(0);
      expect(timings.engine).toBeLessThanOrEqual(timings.total);
    }
  });

  it("computes nothing for an input that is not read", async () => {
    const graph = await load({ a: ["TestImage"], p: ["Pick"] }, ["a.image -> p.fallback"], { out: "p.y" });
    expect(tensorOf((await run(graph, { backend: "reference", params: { "p.text": "abc" } })).outputs.out).data).toEqual(Float32Array.of(3));
    expect(calls.TestImage).toBeUndefined();
    expect(tensorOf((await run(graph, { backend: "reference" })).outputs.out).shape).toEqual([1, 8, 8, 3]);
    expect(calls.TestImage).toBe(1);
  });

  it("reads a folder each time, and computes behind it only when what came out is new", async () => {
    const folder = { ...host, readFile: async () => { throw new NodeFailure("read-refused", "A folder."); } } as Host;
    const graph = await loadGraph(testGraph({ f: ["Folder"], s: ["Scale"] }, ["f.y -> s.x"], { out: "s.y" }), { nodes: testNodes, host: folder });
    await run(graph, { backend: "reference" });
    const events: RunEvent[] = [];
    await run(graph, { backend: "reference", onProgress: (e) => events.push(e) });
    expect(calls.Folder).toBe(2);
    expect(events).toContainEqual({ type: "node", node: "s", state: "cached" });
  });

  it("takes a folder from the cache while all that was read of it is the same", async () => {
    const files = new Map([["folder/a.bin", Uint8Array.of(1, 2)], ["folder/b.bin", Uint8Array.of(4)]]);
    const folder = {
      async readFile(path: string) {
        const bytes = files.get(path);
        if (!bytes) throw new NodeFailure("missing-file", `No ${path}.`);
        return bytes;
      },
      listFolder: async () => [...files.keys()].map((path) => path.slice("folder/".length)),
    } as unknown as Host;
    const graph = await loadGraph(testGraph({ f: ["Sizes"], s: ["Scale", { by: 10 }] }, ["f.y -> s.x"], { out: "s.y" }), { nodes: testNodes, host: folder });
    const next = async (): Promise<{ sum: number; cached: string[]; ran: number; files: { readonly [param: string]: string } }> => {
      const [cached, before] = [[] as string[], calls.Sizes ?? 0];
      const { outputs, manifest } = await run(graph, { backend: "reference", onProgress: (e) => e.type === "node" && e.state === "cached" && cached.push(e.node) });
      return { sum: tensorOf(outputs.out).data[0]!, cached, ran: (calls.Sizes ?? 0) - before, files: manifest.files };
    };
    const first = await next();
    expect(first).toMatchObject({ sum: 70, cached: [], ran: 1 });
    expect(await next()).toEqual({ ...first, cached: ["f", "s"], ran: 0 });
    files.set("folder/b.bin", Uint8Array.of(5));
    expect(await next()).toMatchObject({ sum: 80, cached: [], ran: 1 });
    files.set("folder/c.txt", Uint8Array.of(9));
    expect(await next()).toMatchObject({ sum: 80, cached: ["s"], ran: 1 });
    files.delete("folder/a.bin");
    expect(await next()).toMatchObject({ sum: 50, cached: [], ran: 1 });
    expect(await next()).toMatchObject({ sum: 50, cached: ["f", "s"], ran: 0 });
  });

  it("checks the shape of what is fed to a port before anything runs", async () => {
    const document = testGraph({ a: ["TestImage"], v: ["Variable"], d: ["SquaredDifference"] }, ["a.image -> d.target"], { out: "d.cost" });
    const graph = await loadGraph({ ...document, interface: { ...document.interface, inputs: [{ name: "picture", node: "v", port: "content" }] } }, { nodes: testNodes, host });
    const value = { kind: "tensor" as const, dtype: "float32" as const, shape: [1, 8, 8, 4], data: new Float32Array(256) };
    const error = (await run(graph, { backend: "reference", outputs: ["v.image"], inputs: { picture: value } }).catch((e: unknown) => e)) as GraphError;
    expect(error).toBeInstanceOf(GraphError);
    expect(error.diagnostics.some((d) => d.node === "v" && /4/.test(d.message) && /3/.test(d.message))).toBe(true);
  });

  it("reports a node's failure on the node", async () => {
    const graph = await load({ a: ["TestImage"], f: ["Fails"] }, ["a.image -> f.x"], { out: "f.y" });
    const error = await run(graph, { backend: "reference" }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GraphError);
    expect((error as GraphError).diagnostics).toEqual([{ code: "no-luck", severity: "error", message: "This picture has no luck in it.", node: "f" }]);
  });

  it("names every unknown setting at once", async () => {
    const graph = await load({ a: ["TestImage"] }, [], { out: "a.image" });
    const error = (await run(graph, { inputs: { nope: 1 }, params: { "a.x": 1, "b.y": 2, "a.phase": "wide" } }).catch((e: unknown) => e)) as GraphError;
    expect(error.diagnostics.map((d) => d.code).sort()).toEqual(["param-invalid", "unknown-input", "unknown-param", "unknown-param"]);
  });

  it.each(["gradient-descent", "momentum", "adam", "l-bfgs"])("minimises with %s, and reports terms, previews and pace", async (method) => {
    const rate = { "gradient-descent": 20, momentum: 4, adam: 0.05, "l-bfgs": 1 }[method]!;
    const graph = await load(...drawing({ method, rate, steps: 40 }));
    const events: RunEvent[] = [];
    const { outputs, states } = await run(graph, { backend: "reference", onProgress: (e) => events.push(e) });
    const losses = outputs.losses as unknown as { curves: { name: string; values: number[] }[] };
    expect(losses.curves.map((c) => c.name).sort()).toEqual(["cost", "plain", "total"]);
    const total = losses.curves.find((c) => c.name === "total")!.values;
    const sum = losses.curves.filter((c) => c.name !== "total").map((c) => c.values[0]!);
    expect(total[0]).toBeCloseTo(sum[0]! + sum[1]!, 6);
    expect(total.at(-1)!).toBeLessThan(0.2 * total[0]!);
    expect(states.opt!.step).toBe(40);
    const previews = events.filter((e) => e.type === "progress" && e.preview);
    expect(previews.map((e) => (e as { step: number }).step)).toEqual([1, 5, 10, 15, 20, 25, 30, 35]);
    expect(tensorOf(outputs.image).data.every((v) => v >= 0 && v <= 1)).toBe(true);
  });

  it("moves the aligned target with the jitter, so that the target itself has no loss", async () => {
    const [nodes, wires, outputs] = drawing({ steps: 8, jitter: 3, rate: 0, method: "gradient-descent" });
    nodes.start = ["TestImage", { phase: 2 }]; // start = target: the cost must be 0 at every offset
    const graph = await load(nodes, wires, outputs);
    const { outputs: out } = await run(graph, { backend: "reference" });
    const cost = (out.losses as unknown as { curves: { name: string; values: number[] }[] }).curves.find((c) => c.name === "cost")!.values;
    expect(cost).toHaveLength(8);
    for (const c of cost) expect(c).toBeLessThan(1e-12);
  });

  it("continues a stopped optimisation to the same picture", async () => {
    const graph = await load(...drawing({ steps: 12, jitter: 2, parametrisation: "pyramid" }));
    const whole = await run(graph, { backend: "reference", cache: undefined });
    const stop = new AbortController();
    const half = await run(graph, {
      backend: "reference",
      params: { "opt.seed": 0 },
      signal: stop.signal,
      cache: new (await import("./cache.ts")).RunCache(),
      onProgress: (e) => e.type === "progress" && e.step === 5 && stop.abort(),
    });
    expect(half.interrupted).toEqual([{ node: "opt", step: 5, of: 12 }]);
    const rest = await run(graph, { backend: "reference", resume: half.states });
    expect(rest.states.opt!.step).toBe(12);
    const [a, c] = [tensorOf(whole.outputs.image).data, tensorOf(rest.outputs.image).data];
    expect(Math.max(...a.map((v, i) => Math.abs(v - c[i]!)))).toBeLessThan(1e-6);
  });

  it("tells a state of another optimisation apart", async () => {
    const graph = await load(...drawing({ steps: 3 }));
    const { states } = await run(graph, { backend: "reference" });
    const sentence = async (resume: unknown, params: { [key: string]: string } = {}) => {
      const error = (await run(graph, { backend: "reference", resume: { opt: resume } as never, params: { "opt.steps": 5, ...params } as never }).catch((e: unknown) => e)) as GraphError;
      expect(error.diagnostics).toMatchObject([{ code: "resume-mismatch", node: "opt" }]);
      return error.message;
    };
    expect(await sentence({ step: 3 })).toContain("not one that an optimiser gave");
    expect(await sentence(JSON.parse(JSON.stringify(states.opt)))).toContain("not written as JSON");
    expect(await sentence(states.opt, { "opt.method": "l-bfgs" })).toContain("another method");
    expect(await sentence(states.opt, { "opt.parametrisation": "pyramid" })).toContain("are needed");
    expect(await sentence({ ...states.opt, step: 1 })).toContain("1 steps");
  });

  it("hands a stopped optimisation's picture on to nothing but its own run", async () => {
    const [nodes, wires] = drawing({ steps: 12 });
    const graph = await load({ ...nodes, shown: ["Scale", { by: 1 }] }, [...wires, "opt.image -> shown.x"], { image: "shown.y" });
    const stop = new AbortController();
    const half = await run(graph, { backend: "reference", signal: stop.signal, onProgress: (e) => e.type === "progress" && e.step === 2 && stop.abort() });
    const whole = await run(graph, { backend: "reference" });
    const alone = await run(graph, { backend: "reference", cache: new (await import("./cache.ts")).RunCache() });
    expect(whole.manifest.outputs).toEqual(alone.manifest.outputs);
    expect(half.manifest.outputs.image).not.toBe(whole.manifest.outputs.image);
  });

  it("optimises anew when another value is fed to a port between variable and loss", async () => {
    const [nodes, wires, outputs] = drawing({ steps: 30, method: "gradient-descent", rate: 20 });
    const document = testGraph(nodes, wires.filter((w) => w !== "start.image -> picture.content"), outputs);
    const graph = await loadGraph({ ...document, interface: { ...document.interface, inputs: [{ name: "start", node: "picture", port: "content" }] } }, { nodes: testNodes, host });
    const flat = (value: number) => ({ kind: "tensor", dtype: "float32", shape: [1, 8, 8, 3], data: new Float32Array(192).fill(value) }) as const;
    const [dark, bright] = [await run(graph, { backend: "reference", inputs: { start: flat(0.1) } }), await run(graph, { backend: "reference", inputs: { start: flat(0.9) } })];
    const first = (r: typeof dark) => (r.outputs.losses as unknown as { curves: { values: number[] }[] }).curves.map((c) => c.values[0]);
    expect(first(bright)).not.toEqual(first(dark));
  });

  it("rejects with the signal's reason when stopped before an ordinary node", async () => {
    const graph = await load({ a: ["TestImage"], s: ["Scale"] }, ["a.image -> s.x"], { out: "s.y" });
    await expect(run(graph, { backend: "reference", signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });

  it("writes a manifest in which equal runs have equal hashes", async () => {
    const graph = await load({ a: ["TestImage"], s: ["Scale"] }, ["a.image -> s.x"], { out: "s.y" });
    const [one, two, other] = [await run(graph, { backend: "reference" }), await run(graph, { backend: "reference" }), await run(graph, { backend: "reference", params: { "s.by": 9 } })];
    expect(two.manifest.outputs).toEqual(one.manifest.outputs);
    expect(two.manifest.graph).toBe(one.manifest.graph);
    expect(other.manifest.graph).not.toBe(one.manifest.graph);
    expect(other.manifest.outputs.out).not.toBe(one.manifest.outputs.out);
  });
});
