/** The calibrated threshold from end to end: the example as it comes, wired into Threshold, as a page and as JSON, and what it warns of. */
import { loadGraph, run, type LoadedGraph, type RunResult } from "@patchbay/runtime";
import type { CalibrationValue, DecisionValue, FileValue, NumberValue, RuntimeValue } from "@patchbay/runtime/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodes } from "../index.ts";
import { parseCalibration } from "./parse-calibration.ts";

let graph: LoadedGraph;
let result: RunResult;
beforeAll(async () => {
  graph = await loadGraph(new URL("../../../../examples/calibrate-threshold.json", import.meta.url), { nodes });
  result = await run(graph, { outputs: ["decision", "calibration", "report", "roc.threshold", "roc.roc"] });
});
afterAll(() => graph.dispose());

describe("examples/calibrate-threshold.json", () => {
  it("is typed before it runs: the calibration knows its network and metric", () => {
    expect(graph.diagnostics).toEqual([]);
    expect(graph.inference.types.get("roc.calibration")).toEqual({ kind: "calibration", network: "face-128", metric: "euclidean" });
    expect(result.notices).toEqual([]);
  });

  it("decides by the threshold that was picked, and by another one where another FAR is wanted", async () => {
    const { threshold, distance, same } = result.outputs["decision"] as DecisionValue;
    expect(threshold).toBe((result.outputs["roc.threshold"] as NumberValue).value);
    expect(same).toBe(distance <= threshold);
    const { chosen, eer, people, pairs } = result.outputs["calibration"] as CalibrationValue;
    expect([people, pairs.same]).toEqual([45, 45 * 15]);
    expect(chosen.threshold.value).toBe(threshold);
    expect(chosen.far.value).toBeLessThanOrEqual(0.01);
    expect(chosen.far.value).toBeGreaterThan(0.0099);
    expect(eer.low).toBeLessThan(eer.value);
    expect(eer.high).toBeGreaterThan(eer.value);
    const strict = (await run(graph, { inputs: { far: 1e-4 }, outputs: ["decision"] })).outputs["decision"] as DecisionValue;
    expect(strict.threshold).toBeLessThan(threshold);
  });

  it("warns of a FAR that so many pairs cannot tell, on the parameter, and says so on the page", async () => {
    const { notices, outputs } = await run(graph, { inputs: { far: 1e-6 }, outputs: ["report"] });
    expect(notices).toMatchObject([{ code: "too-few-pairs", severity: "warning", node: "roc", param: "far", message: expect.stringContaining("At least 1,000,000 pairs are needed") }]);
    expect(pageOf(outputs["report"])).toContain("At least 1,000,000 pairs are needed");
  });

  it("makes a page that loads and runs nothing, and JSON that comes back", () => {
    const page = pageOf(result.outputs["report"]);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|<link|https?:|url\(|NaN|undefined|Infinity/);
    expect(page).toContain("prefers-color-scheme: dark");
    expect(page.match(/<svg/g)).toHaveLength(4);
    const calibration = result.outputs["calibration"] as CalibrationValue;
    expect(parseCalibration(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
  });
});

const pageOf = (value: RuntimeValue | undefined): string => new TextDecoder().decode((value as FileValue).bytes);

describe("a node fed by itself", () => {
  const one = (wires: readonly { from: string; to: string }[], extra: readonly object[] = []) =>
    loadGraph({ format: "patchbay-graph", version: 1, nodes: [{ id: "roc", type: "ROC", version: 1, params: {}, position: { x: 0, y: 0 } }, ...extra] as never, wires, interface: { inputs: [], outputs: [{ name: "calibration", node: "roc", port: "calibration" }] } }, { nodes });
  const codes = (g: LoadedGraph) => g.diagnostics.map((d) => d.code);
  const constant = (id: string, values: readonly number[]) => ({ id, type: "Constant", version: 1, params: { values }, position: { x: 0, y: 0 } });

  it("says before the run that there is nothing to measure, or only half of it", async () => {
    const open = await one([]);
    expect(codes(open)).toEqual(["nothing-to-measure"]);
    await open.dispose();
    const half = await one([{ from: "d.value", to: "roc.distance" }], [constant("d", [1, 2])]);
    expect(codes(half)).toEqual(["nothing-to-measure"]);
    await half.dispose();
  });

  it("draws pairs where nobody knows who is on them, and says that it does", async () => {
    const distances = Array.from({ length: 40 }, (_, i) => i / 10);
    const given = await one([{ from: "d.value", to: "roc.distance" }, { from: "s.value", to: "roc.same" }], [constant("d", distances), constant("s", distances.map((_, i) => Number((i * 7) % 40 < 20)))]);
    const { outputs, notices } = await run(given);
    expect(notices.map((n) => n.code)).toEqual(["pairs-drawn"]);
    expect(outputs["calibration"]).toMatchObject({ people: 0, network: "unknown", pairs: { same: 20, different: 20 } });
    await given.dispose();
  });
});

it("a name that is HTML stays text on the page", async () => {
  const { calibrationPage } = await import("./report/page.ts");
  const page = calibrationPage({ ...(result.outputs["calibration"] as CalibrationValue), network: "<img src=x onerror=alert(1)>&\"" }, ["<b>careful</b>"]);
  expect(page).not.toMatch(/<img|<b>careful/);
  expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;");
});
