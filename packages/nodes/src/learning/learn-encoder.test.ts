/** A short training of the example's encoder, on fewer people: from guessing to telling people apart whom it has never seen. */
import { loadGraph, run, type SeriesValue, type TableValue } from "@patchbay/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodes } from "../index.ts";

let graph: Awaited<ReturnType<typeof loadGraph>>;
beforeAll(async () => {
  graph = await loadGraph("examples/learn-encoder.json", { nodes });
});
afterAll(() => graph.dispose());

const SMALL = { "faces.people": 48, "faces.photos": 8, "faces.size": 24, "batches.people": 6, "batches.photos": 3 };

async function curves(params: { readonly [name: string]: number | string }) {
  const { outputs, notices } = await run(graph, { backend: "onnx-native", params: { ...SMALL, ...params } });
  const validation = outputs["validation"] as SeriesValue;
  return { of: (name: string) => validation.curves.find((c) => c.name === name)!.values, report: outputs["report"] as TableValue, notices };
}

describe("an encoder that learns from nothing", () => {
  it("guesses before its first step, and errs far less after 200", { timeout: 120_000 }, async () => {
    const untrained = (await curves({ "trainer.steps": 1, "trainer.learningRate": 1e-8, "trainer.validateEvery": 1 })).of("EER")[0]!;
    expect(untrained).toBeGreaterThan(0.42);
    const { of, report, notices } = await curves({ "trainer.steps": 200, "trainer.validateEvery": 50, "batches.ease": 200 });
    expect(Math.min(...of("EER"))).toBeLessThan(0.3);
    expect(of("no longer fed").at(-1)!).toBeGreaterThan(0);
    expect(report.rows.find(([name]) => name === "EER")![1]).toBe(Math.min(...of("EER")));
    expect(notices).toEqual([]);
  });

  it("collapses where the hardest triplets come at once, and is told so", { timeout: 120_000 }, async () => {
    const { of, notices } = await curves({ "trainer.steps": 120, "trainer.validateEvery": 120, "batches.ease": 0, "batches.people": 8, "batches.photos": 4, "trainer.learningRate": 0.005 });
    expect(notices.map((n) => [n.node, n.code])).toEqual([["loss", "collapsed"]]);
    expect(of("EER").at(-1)!).toBeGreaterThan(0.3);
  });
});
