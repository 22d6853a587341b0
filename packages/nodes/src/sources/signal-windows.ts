/** Cuts a long recording into labelled windows around its beats: what a classifier of beats learns from. */
import type { Dim } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type DatasetValue, type EvaluateContext, type NumberValue, type TableValue, type TensorValue } from "@patchbay/runtime/node-api";
import { countTable } from "../learning/dataset.ts";
import { HOLD_OUT, holdOut, naming } from "../learning/hold-out.ts";
import { tensorType } from "../port-types.ts";
import { columnAt, numberIn, readCsv } from "./signal-csv.ts";
import { rPeaks } from "./signal-peaks.ts";

const ANNOTATED = { visibleWhen: { param: "at", equals: ["annotations"] } };
const FOUND = { visibleWhen: { param: "at", equals: ["peaks"] } };

type Beat = readonly [sample: number, label: string];

export const signalWindows = defineNode({
  type: "SignalWindows",
  version: 1,
  title: "Signal windows",
  group: "Learning",
  doc: "Cuts one window of a signal around each annotated beat, and holds some of each class out: a dataset to learn a classifier of beats from. Annotations come on a wire, as Signal and Synthetic EKG give them, or from a CSV file with lines of sample and label. Without any, the R peaks of an electrocardiogram can be found by the method of Pan and Tompkins; then all are of one class.",
  source: "R peaks: Pan & Tompkins, IEEE Transactions on Biomedical Engineering 32:230, 1985",
  synonyms: ["beats", "segments", "epochs", "R peaks", "QRS", "Pan-Tompkins", "annotations", "EKG", "ECG", "heartbeat", "dataset", "time series"],
  inputs: [
    { name: "signal", doc: "One recording.", type: tensorType([1, "L", "C"], "signal") },
    { name: "beats", doc: "The sample (from 0) and the label of each beat.", type: { kind: "table" }, optional: true },
    { name: "rate", doc: "Samples a second, in the place of the parameter.", type: { kind: "number" }, optional: true },
  ],
  outputs: [
    { name: "dataset", doc: "One window a beat, with its label as class.", type: { kind: "dataset", example: null, meaning: "signal" } },
    { name: "beats", doc: "The beats whose windows are in the dataset.", type: { kind: "table" } },
    { name: "table", doc: "How many windows each class has, and how many of them are held out.", type: { kind: "table" } },
  ],
  params: [
    {
      name: "at", title: "Windows around", kind: "choice", default: "annotations", help: "What the windows are cut around.",
      choices: [{ value: "annotations", title: "Annotated beats" }, { value: "peaks", title: "R peaks, found here", help: "Of an electrocardiogram." }],
    },
    { name: "file", title: "Annotations", kind: "file", accept: "signal", default: "", help: "A CSV file with lines of sample (from 0) and label, in the place of the wire.", ...ANNOTATED },
    { name: "labels", title: "Labels to take", kind: "text", default: "", help: "With commas between them; “V=premature” gives one another name, and equal names make one class. Empty takes all.", ...ANNOTATED },
    { name: "rate", title: "Sampling rate", kind: "number", default: 128, min: 20, max: 100_000, unit: "Hz", help: "Samples a second, where no wire says it.", ...FOUND },
    { name: "lead", title: "Lead", kind: "number", default: 1, min: 1, max: 1024, integer: true, help: "The channel in which peaks are looked for, counted from 1.", ...FOUND },
    { name: "window", title: "Window", kind: "number", default: 96, min: 2, max: 100_000, integer: true, unit: "samples", help: "Length of each window." },
    { name: "before", title: "Before the beat", kind: "number", default: 0.4, min: 0, max: 1, step: 0.05, help: "The share of the window that lies before the beat's sample." },
    {
      name: "scale", title: "Scale", kind: "choice", default: "none", help: "What is done with the numbers of each window.",
      choices: [{ value: "none", title: "As they are" }, { value: "standard", title: "Mean 0, deviation 1", help: "Each channel of each window for itself: recordings with other gains and drifts become alike." }],
    },
    HOLD_OUT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed holds out others." },
  ],
  infer({ inputs, params }) {
    const channels: Dim | undefined = inputs["signal"]?.kind === "tensor" ? inputs["signal"].shape?.[2] : undefined;
    const length = inputs["signal"]?.kind === "tensor" ? inputs["signal"].shape?.[1] : undefined;
    const window = params["window"] as number;
    const short = typeof length === "number" && length < window;
    const bare = params["at"] === "annotations" && params["file"] === "" && !inputs["beats"];
    return {
      outputs: { dataset: { kind: "dataset", example: channels === undefined ? null : [window, channels], meaning: "signal", ...(params["at"] === "peaks" ? { classes: 1 } : {}) } },
      diagnostics: [
        ...(short ? [{ code: "window-too-large", severity: "error" as const, param: "window", message: `The window is ${window} samples long, and the signal only ${length}.` }] : []),
        ...(bare ? [{ code: "no-beats", severity: "error" as const, param: "file", message: NO_BEATS }] : []),
      ],
    };
  },
  async evaluate(context) {
    const { params, inputs, warn } = context;
    const { shape, data } = inputs["signal"] as TensorValue;
    const [, length, channels] = shape as [number, number, number];
    const window = params["window"] as number;
    const before = Math.round((params["before"] as number) * window);
    const all = params["at"] === "peaks" ? found(context) : taken(await annotated(context), params["labels"] as string);
    const beats = all.filter(([sample]) => sample - before >= 0 && sample - before + window <= length);
    if (beats.length < all.length) warn("windows-cut", `${all.length - beats.length} of ${all.length} beats lie too near to an end of the signal for a whole window: they are left out.`, { param: "window" });
    if (beats.length === 0) throw new NodeFailure("no-beats", all.length ? `No beat has a whole window of ${window} samples in a signal of ${length}.` : params["at"] === "peaks" ? `No R peaks were found in ${length} samples: is the sampling rate right?` : "There are no beats of these labels.", { param: "window" });
    const size = window * channels;
    const examples = new Float32Array(beats.length * size);
    for (const [i, [sample]] of beats.entries()) {
      const one = (data as Float32Array).slice((sample - before) * channels, (sample - before + window) * channels);
      examples.set(params["scale"] === "standard" ? standardised(one, channels) : one, i * size);
    }
    const classes = [...new Set(beats.map(([, label]) => label))];
    const index = new Map(classes.map((c, i) => [c, i]));
    const labels = Int32Array.from(beats, ([, label]) => index.get(label)!);
    const share = params["holdOut"] as number;
    refuseSingles(labels, classes, share);
    const heldOut = share === 0 ? new Uint8Array(beats.length) : holdOut(labels, classes, { share, by: "stratified", seed: params["seed"] as number });
    const dataset: DatasetValue = { kind: "dataset", example: [window, channels], meaning: "signal", data: examples, classes, labels, heldOut, names: beats.map(([sample, label]) => `${label} at ${sample}`) };
    return { dataset, beats: { kind: "table", columns: ["sample", "label"], rows: beats }, table: countTable(dataset) };
  },
});

const NO_BEATS = "There are no beats to cut windows around: connect annotations, choose a file with lines of sample and label, or let R peaks be found here.";

/** The same mistake as in other datasets, in the words of signals. */
function refuseSingles(labels: Int32Array, classes: readonly string[], share: number): void {
  if (share === 0) return;
  const counts = classes.map((_, c) => labels.filter((l) => l === c).length);
  const single = classes.filter((_, c) => counts[c] === 1);
  if (single.length) throw new NodeFailure("one-example", `Of ${naming(single)} there is one beat, which cannot be both learned from and held out: leave the label out with “Labels to take”, or hold nothing out.`, { param: "holdOut" });
}

async function annotated({ params, inputs, readFile }: EvaluateContext): Promise<Beat[]> {
  const table = params["file"] === "" ? (inputs["beats"] as TableValue | undefined) : await annotationFile(readFile);
  if (!table) throw new NodeFailure("no-beats", NO_BEATS, { param: "file" });
  const sample = columnAt(table.columns, "sample") ?? 0;
  const label = ["label", "class", "type", "symbol"].map((name) => columnAt(table.columns, name)).find((c) => c !== null) ?? (table.columns.length > 1 ? (sample === 0 ? 1 : 0) : null);
  const rows = table.rows.map((row, i): Beat => {
    const at = Number(row[sample]);
    if (row[sample] === null || String(row[sample]).trim() === "" || !Number.isInteger(at) || at < 0) throw new NodeFailure("beats-malformed", `Row ${i + 1} of the annotations has “${String(row[sample]).slice(0, 40)}” for its sample, which is a whole number from 0 on.`, { param: "file" });
    return [at, label === null ? "beat" : String(row[label] ?? "").trim()];
  });
  return rows.filter(([, name]) => name !== "").sort((a, b) => a[0] - b[0]);
}

async function annotationFile(readFile: EvaluateContext["readFile"]): Promise<TableValue> {
  const { name, bytes } = await readFile("file");
  const csv = await readCsv(bytes, `“${name}”`);
  const numeric = (cell: string): number | string => {
    const value = numberIn(csv, cell);
    return Number.isNaN(value) ? cell : value;
  };
  const sample = (csv.named ? columnAt(csv.columns, "sample") : null) ?? 0;
  return { kind: "table", columns: csv.named ? csv.columns : csv.columns.map((_, i) => ["sample", "label"][i] ?? `column ${i + 1}`), rows: csv.rows.map((row) => row.map((cell, c) => (c === sample ? numeric(cell) : cell))) };
}

/** Those labels that are wanted, under the names that are wanted. */
function taken(beats: readonly Beat[], text: string): Beat[] {
  const wanted = text.split(",").map((w) => w.trim()).filter((w) => w !== "");
  if (wanted.length === 0) return [...beats];
  const names = new Map(wanted.map((w) => {
    const at = w.indexOf("=", 1);
    return at < 0 ? [w, w] : [w.slice(0, at).trim(), w.slice(at + 1).trim() || w.slice(0, at).trim()];
  }));
  const missing = [...names.keys()].filter((label) => !beats.some(([, l]) => l === label));
  if (missing.length) throw new NodeFailure("no-label", `No beat has the label ${naming(missing)}; there are ${naming([...new Set(beats.map(([, l]) => l))], 12)}.`, { param: "labels" });
  return beats.flatMap(([sample, label]): Beat[] => (names.has(label) ? [[sample, names.get(label)!]] : []));
}

function found({ params, inputs }: EvaluateContext): Beat[] {
  const { shape, data } = inputs["signal"] as TensorValue;
  const [, length, channels] = shape as [number, number, number];
  const lead = params["lead"] as number;
  if (lead > channels) throw new NodeFailure("no-channel", `Peaks are looked for in lead ${lead}, and the signal has ${channels === 1 ? "one channel" : `${channels} channels`}.`, { param: "lead" });
  const rate = (inputs["rate"] as NumberValue | undefined)?.value ?? (params["rate"] as number);
  if (!(rate >= 20)) throw new NodeFailure("rate-too-low", `At ${rate} samples a second no R peak can be seen; 20 are the least.`, { param: "rate" });
  return rPeaks(Float64Array.from({ length }, (_, t) => data[t * channels + lead - 1]!), rate).map((at) => [at, "beat"]);
}

/** Each channel with mean 0 and deviation 1; a flat one becomes 0. */
function standardised(window: Float32Array, channels: number): Float32Array {
  const n = window.length / channels;
  for (let c = 0; c < channels; c++) {
    let [sum, squares] = [0, 0];
    for (let t = 0; t < n; t++) sum += window[t * channels + c]!;
    for (let t = 0; t < n; t++) squares += (window[t * channels + c]! - sum / n) ** 2;
    const deviation = Math.sqrt(squares / n);
    for (let t = 0; t < n; t++) window[t * channels + c] = deviation > 0 ? (window[t * channels + c]! - sum / n) / deviation : 0;
  }
  return window;
}
