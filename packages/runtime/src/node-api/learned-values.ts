/** Values of learning as words and as rows: wherever a value is printed, listed or saved, these read the same. */
import type { CalibrationValue, ConfusionValue, DatasetValue, FileValue, NetworkValue, PatchesValue, RuntimeValue, ScatterValue } from "./values.ts";

export type LearnedValue = DatasetValue | NetworkValue | PatchesValue | ScatterValue | CalibrationValue | ConfusionValue | FileValue;

const KINDS: { readonly [K in LearnedValue["kind"]]: true } = { dataset: true, network: true, patches: true, scatter: true, calibration: true, confusion: true, file: true };

export const isLearned = (value: RuntimeValue): value is LearnedValue => value.kind in KINDS;

/** One line. */
export function learnedText(value: LearnedValue): string {
  switch (value.kind) {
    case "dataset": {
      const held = value.heldOut.reduce((n, h) => n + h, 0);
      return `${value.labels.length} examples [${value.example}] of ${value.classes.length} classes, ${held} held out`;
    }
    case "network":
      return `${value.title}, ${value.input.shape.map((d) => d ?? "any").join("×")} → ${value.output} (${value.network})`;
    case "patches":
      return `${value.units.length} units of ${value.network}, ${value.units.reduce((n, u) => n + u.patches.length, 0)} patches`;
    case "scatter":
      return `${value.points.length} points over ${value.axes[0]} and ${value.axes[1]}`;
    case "calibration":
      return `EER ${percent(value.eer.value)} at ${short(value.eer.threshold)}, AUC ${short(value.auc.value)}; ${value.chosen.rule}: τ ${short(value.chosen.threshold.value)}, FAR ${percent(value.chosen.far.value)}, FRR ${percent(value.chosen.frr.value)}; ${value.pairs.same} same and ${value.pairs.different} different pairs of ${value.people} people`;
    case "confusion": {
      const all = value.counts.flat().reduce((n, c) => n + c, 0);
      return `${value.counts.reduce((n, row, i) => n + row[i]!, 0)} of ${all} right, ${value.classes.length} classes`;
    }
    case "file":
      return `${value.name}, ${Math.ceil(value.bytes.length / 1024)} kB of ${value.mime}`;
  }
}

/** As a table. */
export function learnedRows(value: LearnedValue): { columns: string[]; rows: (string | number | boolean | null)[][] } {
  switch (value.kind) {
    case "dataset":
      return { columns: ["name", "class", "held out"], rows: value.names.map((name, i) => [name, value.classes[value.labels[i]!] ?? null, value.heldOut[i] === 1]) };
    case "network":
      return { columns: ["file", "bytes"], rows: value.files.map((f) => [f.name, f.bytes.length]) };
    case "patches":
      return {
        columns: ["layer", "channel", "rank", "picture", "activation", "x", "y", "width", "height"],
        rows: value.units.flatMap((u) => u.patches.map((p, i) => [u.layer, u.channel, i + 1, p.name, p.activation, p.box.x, p.box.y, p.box.width, p.box.height])),
      };
    case "scatter":
      return { columns: ["name", "label", ...value.axes], rows: value.points.map((p) => [p.name, p.label ?? null, p.x, p.y]) };
    case "calibration":
      return { columns: ["threshold", "FAR", "FRR"], rows: value.points.map((p) => [p.threshold, p.far, p.frr]) };
    case "confusion":
      return { columns: ["true class", ...value.classes], rows: value.counts.map((row, i) => [value.classes[i]!, ...row]) };
    case "file":
      return { columns: ["name", "type", "bytes"], rows: [[value.name, value.mime, value.bytes.length]] };
  }
}

/** What a script reads. */
export function learnedJson(value: LearnedValue): object {
  switch (value.kind) {
    case "dataset":
      return { examples: value.labels.length, example: value.example, classes: value.classes, heldOut: value.heldOut.reduce((n, h) => n + h, 0), ...(value.network === undefined ? {} : { network: value.network }) };
    case "network":
      return { network: value.network, title: value.title, format: value.format, input: value.input, output: value.output, ...(value.classes ? { classes: value.classes } : {}) };
    case "patches":
      return { network: value.network, receptiveFields: value.receptiveFields, units: value.units.map((u) => ({ ...u, patches: u.patches.map(({ image, ...rest }) => ({ ...rest, size: [image.width, image.height] })) })) };
    case "scatter":
      return { axes: value.axes, points: value.points.map(({ x, y, name, label }) => ({ x, y, name, ...(label === undefined ? {} : { label }) })) };
    case "calibration":
    case "confusion":
      return value;
    case "file":
      return { name: value.name, mime: value.mime, bytes: value.bytes.length };
  }
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
const percent = (value: number): string => `${short(value * 100)} %`;
