/** One-dimensional recordings: a synthetic heartbeat to learn 1D convolutions on, or columns of a CSV file. */
import { freshDim } from "@patchbay/graph-core";
import { defineNode, float32, NodeFailure, tensorValue } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { seededUniform } from "../seeded.ts";

export const signal = defineNode({
  type: "Signal",
  version: 1,
  title: "Signal",
  group: "Sources",
  doc: "A signal over time: a seeded synthetic electrocardiogram (each beat a P wave, a sharp QRS complex and a T wave, with slightly irregular rhythm), or the columns of a CSV file, one row a sample and one column a channel.",
  synonyms: ["EKG", "ECG", "electrocardiogram", "time series", "waveform", "csv", "1D"],
  inputs: [],
  outputs: [{ name: "signal", doc: "Samples in order, one channel a column.", type: tensorType([1, "L", "C"], "signal") }],
  params: [
    { name: "file", title: "CSV file", kind: "file", accept: "signal", default: "", help: "Numbers separated by commas, semicolons or tabs; a first line of names is skipped. Empty makes a synthetic signal." },
    { name: "length", title: "Length", kind: "number", default: 256, min: 1, max: 1_000_000, integer: true, unit: "samples", help: "Samples of the synthetic signal." },
    { name: "channels", title: "Channels", kind: "number", default: 1, min: 1, max: 64, integer: true, help: "Leads of the synthetic signal; each sees the same beats at another strength." },
    { name: "beat", title: "Beat", kind: "number", default: 64, min: 4, max: 10_000, step: 1, unit: "samples", help: "Mean distance between two beats of the synthetic signal." },
    { name: "noise", title: "Noise", kind: "number", default: 0.02, min: 0, max: 1, step: 0.01, help: "Amplitude of noise added to the synthetic signal." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed gives another rhythm and noise." },
  ],
  infer({ params, facts, node }) {
    const file = params["file"] as string;
    if (file === "") return { outputs: { signal: tensorType([1, params["length"] as number, params["channels"] as number], "signal") } };
    const known = facts[file];
    if (known?.kind === "missing") return mistake(["signal"], "file-missing", known.reason, { param: "file" });
    const [length, channels] = known?.kind === "signal" ? [known.length, known.channels] : [freshDim("L", node), freshDim("C", node)];
    return { outputs: { signal: tensorType([1, length, channels], "signal") } };
  },
  async evaluate({ params, readFile }) {
    if (params["file"] === "") return { signal: tensorValue(heartbeat(params as unknown as Heartbeat)) };
    const { name, bytes } = await readFile("file");
    const rows = parseCsv(new TextDecoder().decode(bytes), name);
    return { signal: tensorValue(float32([1, rows.length, rows[0]!.length], rows.flat())) };
  },
});

interface Heartbeat { length: number; channels: number; beat: number; noise: number; seed: number }

/** Place, width (both in beats) and height of the waves of one beat. */
const WAVES = [[0.18, 0.03, 0.15], [0.37, 0.012, -0.12], [0.4, 0.014, 1], [0.43, 0.012, -0.22], [0.66, 0.05, 0.3]] as const;

function heartbeat({ length, channels, beat, noise, seed }: Heartbeat) {
  const next = seededUniform(seed);
  const clean = new Float64Array(length);
  for (let start = -beat * next(); start < length; ) {
    const period = beat * (0.93 + 0.14 * next());
    for (let t = Math.max(0, Math.floor(start)); t < Math.min(length, start + period); t++)
      for (const [place, width, height] of WAVES) clean[t]! += height * Math.exp(-0.5 * (((t - start) / period - place) / width) ** 2);
    start += period;
  }
  const data = new Float32Array(length * channels);
  for (let t = 0; t < length; t++) for (let c = 0; c < channels; c++) data[t * channels + c] = clean[t]! * (1 - 0.6 * (c / channels)) + noise * (2 * next() - 1);
  return float32([1, length, channels], data);
}

function parseCsv(text: string, name: string): number[][] {
  const rows = text.split(/\r?\n/).filter((line) => line.trim() !== "").map((line) => line.split(/[,;\t]/).map((cell) => (cell.trim() === "" ? NaN : Number(cell))));
  if (rows[0]?.some(Number.isNaN)) rows.shift();
  const first = rows[0];
  if (!first) throw new NodeFailure("file-empty", `“${name}” holds no numbers.`, { param: "file" });
  const bad = rows.findIndex((row) => row.length !== first.length || !row.every(Number.isFinite));
  if (bad >= 0) throw new NodeFailure("file-malformed", `Row ${bad + 1} of numbers in “${name}” does not hold ${first.length} numbers.`, { param: "file" });
  return rows;
}
