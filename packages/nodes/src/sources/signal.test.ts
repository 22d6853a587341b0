/** Signals from CSV, beats found in them, and windows cut around those: numbers by hand, and a sentence for whatever is missing. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { GraphDocument, Json, PortType } from "@patchbay/graph-core";
import { GraphError, loadGraph, run } from "@patchbay/runtime";
import type { DatasetValue, RuntimeValue, TableValue, TensorValue } from "@patchbay/runtime/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDefaultHost } from "../../../runtime/src/host/default-node.ts";
import { nodes } from "../index.ts";
import { rPeaks } from "./signal-peaks.ts";

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "signal-"))));
afterAll(() => rm(folder, { recursive: true }));

interface Result {
  types: ReadonlyMap<string, PortType>;
  outputs: { readonly [name: string]: RuntimeValue };
  notices: readonly string[];
}

/** `signal` alone, or with windows cut from it. */
async function read(csv: string | Uint8Array, params: { [name: string]: Json }, windows?: { [name: string]: Json }, wired = true): Promise<Result> {
  await writeFile(path.join(folder, "x.csv"), csv);
  const document: GraphDocument = {
    format: "patchbay-graph", version: 1,
    nodes: [
      { id: "s", type: "Signal", version: 1, params: { file: "x.csv", ...params }, position: { x: 0, y: 0 } },
      ...(windows ? [{ id: "w", type: "SignalWindows", version: 1, params: windows, position: { x: 0, y: 0 } }] : []),
    ],
    wires: windows ? [{ from: "s.signal", to: "w.signal" }, { from: "s.rate", to: "w.rate" }, ...(wired ? [{ from: "s.beats", to: "w.beats" }] : [])] : [],
    interface: { inputs: [], outputs: windows ? [{ name: "dataset", node: "w", port: "dataset" }, { name: "beats", node: "w", port: "beats" }] : [{ name: "signal", node: "s", port: "signal" }, { name: "beats", node: "s", port: "beats" }] },
  };
  const graph = await loadGraph(document, { nodes, host: await createDefaultHost({ graphFolder: folder }) });
  try {
    const { outputs, notices } = await run(graph, { backend: "reference" });
    return { types: graph.inference.types, outputs, notices: notices.map((n) => `${n.code}: ${n.message}`) };
  } finally {
    await graph.dispose();
  }
}
const failure = async (...given: Parameters<typeof read>): Promise<string> => {
  const error: unknown = await read(...given).then(() => undefined, (e: unknown) => e);
  if (!(error instanceof GraphError)) throw new Error(`no sentence, but ${String(error)}`);
  return error.diagnostics.map((d) => `${d.code}: ${d.message}`).join("\n");
};
const samples = async (...given: Parameters<typeof read>) => {
  const { outputs, types } = await read(...given);
  const { shape, data } = outputs["signal"] as TensorValue;
  const type = types.get("s.signal");
  expect(type?.kind === "tensor" && type.shape, "known before it runs").toEqual(shape);
  return { shape, values: [...data], beats: (outputs["beats"] as TableValue).rows };
};

describe("a CSV file", () => {
  it("its length and channels are known before anything runs", async () => {
    expect(await samples("0.5,1\n0.25,2\n-1,3\n", {})).toEqual({ shape: [1, 3, 2], values: [0.5, 1, 0.25, 2, -1, 3], beats: [] });
    expect((await samples("\u{feff}t\tI\n0\t5\r\n1\t6\r\n\r\n", { columns: "i" })).values).toEqual([5, 6]);
    expect((await samples("7\n8\n", {})).shape).toEqual([1, 2, 1]);
  });
  it("labels are told where they begin, and are no channel", async () => {
    expect(await samples("1,N\n2,N\n3,\n4,N\n5,V\n", { labels: "2" })).toEqual({ shape: [1, 5, 1], values: [1, 2, 3, 4, 5], beats: [[0, "N"], [3, "N"], [4, "V"]] });
  });
  it("says what is missing, before it runs where that can be seen", async () => {
    expect(await failure("t,I\n0,1\n", { columns: "II" })).toBe("no-column: There is no column “II”; the file has “t” and “I”.");
    expect(await failure("t,I\n0,1\n", { labels: "beat" })).toMatch(/^no-column: There is no column “beat”/);
    expect(await failure("I\n0\n", { labels: "I" })).toBe("no-column: The file has no column beside the one with labels.");
    expect(await failure("t,I\n0,1\n1,high\n", {})).toBe("file-malformed: Row 2 of “x.csv” holds “high” in the column “I”, where a number is needed. Leave the column out with “Columns”, or mend the file.");
    expect(await failure("t,I\n0,1\n1,\n", {})).toMatch(/holds nothing in the column “I”/);
    expect(await failure("t,I\n0,1\n1\n", {})).toMatch(/Row 2 of “x\.csv” holds 1 cells, and the first row 2/);
    expect(await failure("", {})).toMatch(/“x\.csv” holds no rows\./);
    expect(await failure("t,I\n", {})).toMatch(/holds no rows but its headings/);
    expect(await failure(Uint8Array.of(1, 0, 2, 0), {})).toMatch(/is no text: a CSV file in UTF-8 is needed/);
  });
});

describe("windows", () => {
  const csv = (count: number, labels: { [sample: number]: string }): string => Array.from({ length: count }, (_, t) => `${t},${labels[t] ?? ""}`).join("\n");
  it("of a file whose column names the beats; classes are split by share", async () => {
    const labels = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [10 + 10 * i, i % 2 ? "V" : "N"]));
    const { outputs } = await read(csv(230, labels), { labels: "2" }, { window: 8, before: 0.25, holdOut: 0.3 });
    const { data, example, classes, labels: found, heldOut } = outputs["dataset"] as DatasetValue;
    expect([example, classes]).toEqual([[8, 1], ["N", "V"]]);
    expect([...data.subarray(0, 9)]).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 18]);
    expect([0, 1].map((c) => found.filter((l, i) => l === c && heldOut[i] === 1).length)).toEqual([3, 3]);
  });
  it("of a synthetic electrocardiogram, by the beats that it tells", async () => {
    const document: GraphDocument = {
      format: "patchbay-graph", version: 1,
      nodes: [{ id: "ekg", type: "SyntheticEkg", version: 1, params: { count: 4, strip: 60 }, position: { x: 0, y: 0 } }, { id: "w", type: "SignalWindows", version: 1, params: { holdOut: 0 }, position: { x: 0, y: 0 } }],
      wires: [{ from: "ekg.signal", to: "w.signal" }, { from: "ekg.beats", to: "w.beats" }],
      interface: { inputs: [], outputs: [{ name: "all", node: "ekg", port: "beats" }, { name: "taken", node: "w", port: "beats" }, { name: "dataset", node: "w", port: "dataset" }, { name: "signal", node: "ekg", port: "signal" }] },
    };
    const graph = await loadGraph(document, { nodes });
    const { outputs } = await run(graph, { backend: "reference" });
    await graph.dispose();
    const length = (outputs["signal"] as TensorValue).shape[1]!;
    const whole = (outputs["all"] as TableValue).rows.filter(([at]) => (at as number) >= 38 && (at as number) + 58 <= length);
    expect((outputs["taken"] as TableValue).rows).toEqual(whole);
    const { labels, classes, names } = outputs["dataset"] as DatasetValue;
    expect(Array.from(labels, (l, i) => `${classes[l]} at ${whole[i]![0]}`)).toEqual(names);
    expect(whole.length).toBeGreaterThan(50);
  });
  it("says what is missing", async () => {
    const beats = csv(40, { 10: "N", 20: "N", 30: "V" });
    expect(await failure(beats, { labels: "2" }, { window: 8, labels: "N, X" })).toBe("no-label: No beat has the label “X”; there are “N” and “V”.");
    expect(await failure(beats, { labels: "2" }, { window: 8 })).toBe("one-example: Of “V” there is one beat, which cannot be both learned from and held out: leave the label out with “Labels to take”, or hold nothing out.");
    expect(await failure(beats, { labels: "2" }, { window: 50 })).toBe("window-too-large: The window is 50 samples long, and the signal only 40.");
    expect(await failure(beats, { labels: "2" }, { window: 8 }, false)).toMatch(/^no-beats: There are no beats to cut windows around: connect annotations/);
    expect(await failure(beats, { columns: "1" }, { at: "peaks", lead: 3, window: 8 })).toBe("no-channel: Peaks are looked for in lead 3, and the signal has one channel.");
    expect(await failure("0\n".repeat(400), {}, { at: "peaks", window: 8 })).toMatch(/^no-beats: No R peaks were found in 400 samples/);
    await writeFile(path.join(folder, "beats.csv"), "sample,label\n3.5,N\n");
    expect(await failure(beats, { labels: "2" }, { file: "beats.csv", window: 4 })).toBe("beats-malformed: Row 1 of the annotations has “3.5” for its sample, which is a whole number from 0 on.");
    expect((await read(beats, { labels: "2" }, { window: 20, before: 0.5, labels: "N", holdOut: 0 })).notices).toEqual([]);
    expect((await read(beats, { labels: "2" }, { window: 24, before: 0.5, labels: "N", holdOut: 0 })).notices).toEqual(["windows-cut: 1 of 2 beats lie too near to an end of the signal for a whole window: they are left out."]);
  });
});

describe("R peaks", () => {
  it("of a strip with premature beats, noise, breathing and hum: 95 % and more are found, and as many of those found are beats", async () => {
    let [hit, known, found] = [0, 0, 0];
    for (const seed of [1, 2, 3]) {
      const document: GraphDocument = {
        format: "patchbay-graph", version: 1, wires: [], nodes: [{ id: "ekg", type: "SyntheticEkg", version: 1, params: { count: 4, strip: 120, seed }, position: { x: 0, y: 0 } }],
        interface: { inputs: [], outputs: [{ name: "signal", node: "ekg", port: "signal" }, { name: "beats", node: "ekg", port: "beats" }] },
      };
      const graph = await loadGraph(document, { nodes });
      const { outputs } = await run(graph, { backend: "reference" });
      await graph.dispose();
      const beats = (outputs["beats"] as TableValue).rows.map(([at]) => at as number);
      const peaks = rPeaks((outputs["signal"] as TensorValue).data as Float32Array, 128);
      known += beats.length;
      found += peaks.length;
      // Within 80 ms; wide beats have no sharp peak.
      hit += beats.filter((b) => peaks.some((p) => Math.abs(p - b) <= 10)).length;
    }
    expect(hit / known).toBeGreaterThan(0.95);
    expect(hit / found).toBeGreaterThan(0.95);
  });
  it("of nothing are none, at any rate", () => {
    for (const rate of [20, 100, 1000]) expect(rPeaks(new Float32Array(3000), rate)).toEqual([]);
    expect(rPeaks([], 128)).toEqual([]);
    expect(rPeaks([1, 2], 128)).toEqual([]);
  });
  it("whatever the rate and the sign: the same beats", () => {
    for (const [rate, sign] of [[100, 1], [250, -1], [500, 1], [1000, -1]] as const) {
      const beats = Array.from({ length: 12 }, (_, i) => Math.round((0.5 + 0.8 * i) * rate));
      // R as a narrow bell of 12 ms, T as a broad one 0.3 s later; a slow drift below both.
      const lead = Float64Array.from({ length: 10 * rate }, (_, t) => sign * beats.reduce((sum, b) => sum + Math.exp(-0.5 * ((t - b) / (0.012 * rate)) ** 2) + 0.35 * Math.exp(-0.5 * ((t - b - 0.3 * rate) / (0.05 * rate)) ** 2), 0) + 3 * Math.sin((0.6 * t) / rate));
      const found = rPeaks(lead, rate);
      expect(found.length, `${rate} Hz`).toBe(beats.length);
      for (const [i, at] of found.entries()) expect(Math.abs(at - beats[i]!) / rate).toBeLessThan(0.011);
    }
  });
});
