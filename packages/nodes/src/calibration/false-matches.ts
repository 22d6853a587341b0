/** One against many: how often a stranger is taken for somebody in a gallery, and which threshold keeps that rare. */
import { defineNode, NodeFailure, type CalibrationValue, type GalleryValue, type NumberValue, type SeriesValue, type TableValue } from "@patchbay/runtime/node-api";
import { calibratedOf } from "../faces/gallery-calibration.ts";
import { mistake } from "../port-types.ts";
import { falseMatchChance, farForChance, ratesIn, thresholdForFar } from "./read-off.ts";
import { count, short, tooFine } from "./rule.ts";

const OUTPUTS = ["chance", "threshold", "curve", "table"];

export const falseMatches = defineNode({
  type: "FalseMatches",
  version: 1,
  title: "False matches among K",
  group: "Calibration",
  doc: "A threshold that is good enough for one pair is not good enough for many: each of the K photos that a stranger is compared with is another chance to be taken for somebody. From a calibration this tells that chance at a threshold, and the threshold that keeps it at what you want, which goes into Recognise. K is the number of photos in the gallery, or the parameter. Comparisons are taken as independent; several photos of one person are not, so that the truth lies a little below.",
  formula: "P = 1 - (1 - \\text{FAR}(\\tau))^{K},\\qquad \\text{FAR}(\\tau) \\le 1 - (1 - P)^{1/K}",
  source: "ISO/IEC 19795-1; Grother & Phillips, CVPR 2004",
  synonyms: ["1:K", "1:N", "identification", "gallery size", "false positive identification rate", "FPIR", "one to many"],
  inputs: [
    { name: "calibration", doc: "From ROC and DET; without it, the gallery's own.", type: { kind: "calibration" }, optional: true },
    { name: "gallery", doc: "The people, for their number, and for the calibration they carry.", type: { kind: "gallery" }, optional: true },
    { name: "threshold", doc: "Where the chance is told; without it, the threshold that the calibration picked.", type: { kind: "number" }, optional: true },
  ],
  outputs: [
    { name: "chance", doc: "The chance that a stranger is taken for anyone, at the threshold that arrives or the calibration's.", type: { kind: "number" } },
    { name: "threshold", doc: "The largest threshold that keeps the chance at what is wanted.", type: { kind: "number" } },
    { name: "curve", doc: "The chance over K, at both thresholds.", type: { kind: "series" } },
    { name: "table", doc: "Both thresholds with their FAR, FRR and chance.", type: { kind: "table" } },
  ],
  params: [
    { name: "people", title: "K", kind: "number", default: 100, min: 1, max: 1e9, integer: true, help: "How many enrolled photos a stranger is compared with, while no gallery is connected." },
    { name: "chance", title: "Wanted chance", kind: "number", default: 0.01, min: 1e-8, max: 0.999, scale: "log", help: "The chance of a false match among all of them that is wanted." },
  ],
  infer({ inputs }) {
    const { calibration, gallery } = inputs;
    if (!calibration && !gallery) return mistake(OUTPUTS, "not-calibrated", "No error rates are known: connect a calibration of ROC and DET, or a gallery that carries one.", { port: "calibration" });
    const [own, measured] = [calibratedOf(gallery).calibrated, calibratedOf(calibration).calibrated];
    if (own === undefined || measured === undefined || own === measured) return {};
    return { diagnostics: [{ code: "metric-mismatch", severity: "warning", message: `The gallery is calibrated for the metric “${own}”, and this calibration is measured with “${measured}”: Recognise must use the metric of the threshold that it gets.`, port: "calibration" }] };
  },
  async evaluate({ inputs, params, warn }) {
    const gallery = inputs["gallery"] as GalleryValue | undefined;
    const calibration = (inputs["calibration"] as CalibrationValue | undefined) ?? gallery?.calibration;
    if (!calibration) throw new NodeFailure("not-calibrated", "The gallery carries no calibration: connect one of ROC and DET.");
    if (gallery && gallery.entries.length === 0) throw new NodeFailure("gallery-empty", "The gallery knows nobody yet: enrol someone first.");
    const k = gallery?.entries.length ?? (params["people"] as number);
    const wanted = params["chance"] as number;
    const { points, chosen, pairs } = calibration;
    const limit = (inputs["threshold"] as NumberValue | undefined)?.value ?? chosen.threshold.value;
    const here = limit === chosen.threshold.value ? { far: chosen.far.value, frr: chosen.frr.value } : ratesIn(points, limit);
    const target = farForChance(wanted, k);
    const fine = tooFine({ kind: "far", target }, pairs);
    if (fine) warn("too-few-pairs", `For a chance of ${short(wanted)} among ${count(k)} one comparison may go wrong with a FAR of ${short(target)}. ${fine}`, { param: "chance" });
    const strict = thresholdForFar(points, target);
    const chance = falseMatchChance(here.far, k);
    return {
      chance: { kind: "number", value: chance },
      threshold: { kind: "number", value: strict.threshold },
      curve: overSizes([[`at ${short(limit)}`, here.far], [`at ${short(strict.threshold)}`, strict.far]], k),
      table: {
        kind: "table",
        columns: ["threshold", "FAR", "FRR", `chance among ${count(k)}`],
        rows: [[limit, here.far, here.frr, chance], [strict.threshold, strict.far, strict.frr, falseMatchChance(strict.far, k)]],
      } satisfies TableValue,
    };
  },
});

/** From 1 to ten times K, five sizes a decade. */
function overSizes(lines: readonly (readonly [name: string, far: number])[], k: number): SeriesValue {
  const most = 10 * k;
  const sizes = [...new Set(Array.from({ length: Math.ceil(5 * Math.log10(most)) + 1 }, (_, i) => Math.min(most, Math.round(10 ** (i / 5)))))];
  return { kind: "series", x: { name: "K", values: sizes }, curves: lines.map(([name, far]) => ({ name, values: sizes.map((size) => falseMatchChance(far, size)) })) };
}
