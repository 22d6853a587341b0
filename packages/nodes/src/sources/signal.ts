/** One-dimensional recordings: columns of a CSV file, or a synthetic heartbeat to learn 1D convolutions on. */
import { freshDim, type ParamValues } from "@patchbay/graph-core";
import { defineNode, float32, NodeFailure, tensorValue } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { chosenColumns, columnAt, labelsOf, numbersOf, readCsv } from "./signal-csv.ts";
import { heartbeat, type Heartbeat } from "./signal-heartbeat.ts";

const SYNTHETIC = { visibleWhen: { param: "file", equals: [""] } };
const OUTPUTS = ["signal", "beats", "rate"];

export const signal = defineNode({
  type: "Signal",
  version: 1,
  title: "Signal",
  group: "Sources",
  doc: "A signal over time: columns of a CSV file, one row a sample and one column a channel, with what one of its columns says of single samples; or a seeded synthetic electrocardiogram (each beat a P wave, a sharp QRS complex and a T wave, with slightly irregular rhythm).",
  synonyms: ["EKG", "ECG", "electrocardiogram", "time series", "waveform", "csv", "1D", "recording"],
  inputs: [],
  outputs: [
    { name: "signal", doc: "Samples in order, one channel a column.", type: tensorType([1, "L", "C"], "signal") },
    { name: "beats", doc: "Samples that are labelled, and how: of a file where its column of labels begins to say something, of the synthetic signal its R peaks.", type: { kind: "table" } },
    { name: "rate", doc: "Samples a second.", type: { kind: "number" } },
  ],
  params: [
    { name: "file", title: "CSV file", kind: "file", accept: "signal", default: "", help: "Numbers separated by commas, semicolons or tabs; the first line may hold names. Empty makes a synthetic signal." },
    { name: "columns", title: "Columns", kind: "text", default: "", help: "The file's columns to take, by name or by number from 1, with commas between them; empty takes all but the labels." },
    { name: "labels", title: "Labels column", kind: "text", default: "", help: "The file's column that says what single samples are, such as the kind of beat; its name or its number from 1." },
    { name: "rate", title: "Sampling rate", kind: "number", default: 128, min: 0.001, max: 1_000_000, unit: "Hz", help: "Samples a second; files do not say it." },
    { name: "length", title: "Length", kind: "number", default: 256, min: 1, max: 1_000_000, integer: true, unit: "samples", help: "Samples of the synthetic signal.", ...SYNTHETIC },
    { name: "channels", title: "Channels", kind: "number", default: 1, min: 1, max: 64, integer: true, help: "Leads of the synthetic signal; each sees the same beats at another strength.", ...SYNTHETIC },
    { name: "beat", title: "Beat", kind: "number", default: 64, min: 4, max: 10_000, step: 1, unit: "samples", help: "Mean distance between two beats of the synthetic signal.", ...SYNTHETIC },
    { name: "noise", title: "Noise", kind: "number", default: 0.02, min: 0, max: 1, step: 0.01, help: "Amplitude of noise added to the synthetic signal.", ...SYNTHETIC },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed gives another rhythm and noise.", ...SYNTHETIC },
  ],
  infer({ params, facts, node }) {
    const file = params["file"] as string;
    if (file === "") return { outputs: { signal: tensorType([1, params["length"] as number, params["channels"] as number], "signal") } };
    const known = facts[file];
    if (known?.kind === "missing") return mistake(OUTPUTS, "file-missing", known.reason, { param: "file" });
    if (known && known.kind !== "signal") return mistake(OUTPUTS, "file-not-signal", `“${file}” is not a signal but a ${known.kind}.`, { param: "file" });
    if (!known) return { outputs: { signal: tensorType([1, freshDim("L", node), freshDim("C", node)], "signal") } };
    const chosen = chosenOf(known.columns ?? Array.from({ length: known.channels }, (_, i) => String(i + 1)), params);
    if ("message" in chosen) return mistake(OUTPUTS, "no-column", chosen.message, { param: chosen.param });
    return { outputs: { signal: tensorType([1, known.length, chosen.channels.length], "signal") } };
  },
  async describeFile(_param, bytes, name) {
    const { columns, rows } = await readCsv(bytes, `“${name}”`);
    return { kind: "signal", length: rows.length, channels: columns.length, columns };
  },
  async evaluate({ params, readFile }) {
    const rate = { kind: "number", value: params["rate"] as number } as const;
    const beats = (rows: readonly (readonly [number, string])[]) => ({ kind: "table", columns: ["sample", "label"], rows }) as const;
    if (params["file"] === "") {
      const made = params as unknown as Heartbeat;
      const { data, peaks } = heartbeat(made);
      return { signal: tensorValue(float32([1, made.length, made.channels], data)), beats: beats(peaks.map((p) => [p, "beat"])), rate };
    }
    const { name, bytes } = await readFile("file");
    const csv = await readCsv(bytes, `“${name}”`);
    const chosen = chosenOf(csv.columns, params);
    if ("message" in chosen) throw new NodeFailure("no-column", chosen.message, { param: chosen.param });
    const data = numbersOf(csv, chosen.channels, `“${name}”`);
    return { signal: tensorValue(float32([1, csv.rows.length, chosen.channels.length], data)), beats: beats(chosen.labels === null ? [] : labelsOf(csv, chosen.labels)), rate };
  },
});

/** Which columns are channels and which one holds labels, or the mistake. */
function chosenOf(columns: readonly string[], params: ParamValues): { channels: readonly number[]; labels: number | null } | { message: string; param: string } {
  const wanted = (params["labels"] as string).trim();
  const labels = wanted === "" ? null : columnAt(columns, wanted);
  if (wanted !== "" && labels === null) return { message: chosenColumns(columns, wanted) as string, param: "labels" };
  const channels = chosenColumns(columns, params["columns"] as string, labels);
  return typeof channels === "string" ? { message: channels, param: "columns" } : { channels, labels };
}
