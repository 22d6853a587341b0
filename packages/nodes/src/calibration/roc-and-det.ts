/** How well distances tell people apart, at every threshold, and which threshold to take: calibration from labelled pairs. */
import { defineNode, NodeFailure, type DatasetValue, type EvaluateContext, type GalleryValue, type TensorValue } from "@patchbay/runtime/node-api";
import { networkOf } from "../faces/encodings.ts";
import { metricParam, type Metric } from "../faces/metrics.ts";
import { mistake, tensorType } from "../port-types.ts";
import { calibrate } from "./calibrate.ts";
import { detSeries, histogramSeries, ratesSeries, rocSeries, summaryTable } from "./curves-of.ts";
import { encodingsOf, pairsOfDistances, pairsOfEncodings, type LabelledPairs, type Part } from "./labelled-pairs.ts";
import { notesOn } from "./notes.ts";
import { farForChance } from "./read-off.ts";
import { calibrationPage } from "./report/page.ts";
import { count, short, type Rule } from "./rule.ts";

const OUTPUTS = ["calibration", "threshold", "roc", "det", "rates", "histogram", "table", "report"];

export const rocAndDet = defineNode({
  type: "ROC",
  version: 1,
  title: "ROC and DET",
  group: "Calibration",
  doc: "Measures how well distances tell people apart, and picks a threshold: encodings with names (a dataset of encodings or a gallery) are compared in all pairs, or in the pairs that the dataset lists; or give distances and answers of your own. FAR(τ) is the share of different-person pairs with a distance of at most τ, FRR(τ) the share of same-person pairs above it; the EER is where they meet. The threshold goes straight into Threshold, the calibration into Enrol or Gallery. Intervals come from drawing the people again with replacement (bootstrap): photos of a person belong together, so that drawing pairs would make them too narrow; with 30 people a 95 % interval holds the truth in 93 to 95 of 100 cases. A threshold holds for one network, one metric and pictures like these.",
  formula: "\\text{FAR}(\\tau) = \\frac{\\#\\{d \\le \\tau,\\ \\text{different}\\}}{\\#\\text{different}},\\qquad \\text{FRR}(\\tau) = \\frac{\\#\\{d > \\tau,\\ \\text{same}\\}}{\\#\\text{same}}",
  source: "ISO/IEC 19795-1; DET: Martin et al., Eurospeech 1997; bootstrap over people: Bolle, Ratha & Pankanti 2004",
  synonyms: ["calibrate", "EER", "FAR", "FRR", "AUC", "equal error rate", "threshold", "receiver operating characteristic", "detection error tradeoff", "bootstrap"],
  inputs: [
    { name: "dataset", doc: "Encodings with names, or a gallery with several photos of people.", type: [{ kind: "dataset", example: null, meaning: "encoding" }, { kind: "gallery" }], optional: true },
    { name: "distance", doc: "Instead: distances of pairs, [N].", type: tensorType(["N"], "distance"), optional: true },
    { name: "same", doc: "With distances: 1 where both are one person, else 0, [N].", type: [tensorType(["N"]), { kind: "tensor", dtype: "int32", shape: ["N"] }, { kind: "tensor", dtype: "bool", shape: ["N"] }], optional: true },
  ],
  outputs: [
    { name: "calibration", doc: "All of it as one value, for Enrol, Gallery and False matches; as JSON when saved.", type: { kind: "calibration" } },
    { name: "threshold", doc: "The threshold that was picked.", type: { kind: "number" } },
    { name: "roc", title: "ROC", doc: "1 − FRR over FAR.", type: { kind: "series" } },
    { name: "det", title: "DET", doc: "FRR over FAR, both as normal deviates: −3.09 is 0.1 %, −2.33 is 1 %, 0 is 50 %.", type: { kind: "series" } },
    { name: "rates", doc: "FAR and FRR over the threshold.", type: { kind: "series" } },
    { name: "histogram", doc: "Distances of same-person and different-person pairs, as shares of each.", type: { kind: "series" } },
    { name: "table", doc: "The numbers with their intervals.", type: { kind: "table" } },
    { name: "report", doc: "A page with curves and tables, to save as .html.", type: { kind: "file" } },
  ],
  params: [
    metricParam,
    {
      name: "rule", title: "Threshold by", kind: "choice", default: "eer", help: "How the threshold is picked.",
      choices: [
        { value: "eer", title: "EER", help: "Both error rates equal." },
        { value: "far", title: "Wanted FAR", help: "The largest threshold that accepts at most this share of different people." },
        { value: "frr", title: "Wanted FRR", help: "The smallest threshold that rejects at most this share of one person's pairs." },
        { value: "among", title: "False match among K", help: "The largest threshold at which a stranger is taken for one of K people with at most this chance." },
      ],
    },
    { name: "far", title: "FAR", kind: "number", default: 0.01, min: 1e-8, max: 1, scale: "log", help: "The wanted share of different-person pairs accepted.", visibleWhen: { param: "rule", equals: ["far"] } },
    { name: "frr", title: "FRR", kind: "number", default: 0.01, min: 1e-8, max: 1, scale: "log", help: "The wanted share of same-person pairs rejected.", visibleWhen: { param: "rule", equals: ["frr"] } },
    { name: "chance", title: "Chance", kind: "number", default: 0.01, min: 1e-8, max: 0.999, scale: "log", help: "The wanted chance of a false match among all of them.", visibleWhen: { param: "rule", equals: ["among"] } },
    { name: "people", title: "K", kind: "number", default: 100, min: 1, max: 1e9, integer: true, help: "How many enrolled photos a stranger is compared with.", visibleWhen: { param: "rule", equals: ["among"] } },
    {
      name: "part", title: "Measured on", kind: "choice", default: "held-out", help: "Which part of a dataset: an encoder looks better on people that it was trained on.",
      choices: [{ value: "held-out", title: "The held-out part", help: "Everything, where nothing is held out." }, { value: "all", title: "Everything" }, { value: "training", title: "The training part" }],
    },
    { name: "samples", title: "Bootstrap samples", kind: "number", default: 200, min: 20, max: 10_000, integer: true, help: "How often the people are drawn again for the intervals." },
    { name: "share", title: "Interval", kind: "number", default: 0.95, min: 0.5, max: 0.999, step: 0.01, help: "The share of samples between the ends of an interval." },
    { name: "seed", title: "Seed", kind: "number", default: 1, integer: true, help: "Of the random draws: the same seed gives the same intervals." },
  ],
  infer({ inputs, params }) {
    const { dataset, distance, same } = inputs;
    if (dataset && (distance || same)) return mistake(OUTPUTS, "two-sources", "Either encodings with names or distances with answers are measured: disconnect one of them.", { port: distance ? "distance" : "same" });
    if (!dataset && !(distance && same))
      return mistake(OUTPUTS, "nothing-to-measure", distance || same ? "Distances need their answers, and answers their distances: connect both “distance” and “same”." : "There is nothing to measure: connect encodings with names (a dataset or a gallery), or distances with their answers.", { port: distance ? "same" : same ? "distance" : "dataset" });
    const network = networkOf(dataset) ?? networkOf(distance);
    return { outputs: { calibration: { kind: "calibration", ...(network ? { network } : {}), metric: params["metric"] as string } } };
  },
  async evaluate(context) {
    const { params } = context;
    const rule = ruleOf(params);
    const labelled = labelledPairs(context);
    const { calibration, sampled } = await calibrate(labelled, {
      metric: params["metric"] as string, rule, samples: params["samples"] as number, share: params["share"] as number, seed: params["seed"] as number,
      pause: async (done) => {
        context.progress({ step: done, of: params["samples"] as number, note: "Drawing people again" });
        await new Promise((resolve) => setTimeout(resolve));
        context.signal?.throwIfAborted();
      },
    });
    const notes = notesOn(labelled, rule, sampled);
    for (const { code, message } of notes) context.warn(code, message, code === "too-few-pairs" ? { param: params["rule"] === "among" ? "chance" : rule.kind } : {});
    return {
      calibration,
      threshold: { kind: "number", value: calibration.chosen.threshold.value },
      roc: rocSeries(calibration),
      det: detSeries(calibration),
      rates: ratesSeries(calibration),
      histogram: histogramSeries(calibration),
      table: summaryTable(calibration),
      report: { kind: "file", name: "calibration.html", mime: "text/html", bytes: new TextEncoder().encode(calibrationPage(calibration, notes.map((n) => n.message))) },
    };
  },
});

function ruleOf(params: EvaluateContext["params"]): Rule {
  const number = (name: string) => params[name] as number;
  switch (params["rule"]) {
    case "far":
    case "frr":
      return { kind: params["rule"], target: number(params["rule"]) };
    case "among":
      return { kind: "far", target: farForChance(number("chance"), number("people")), name: `false match among ${count(number("people"))} ≤ ${short(number("chance"))}` };
    default:
      return { kind: "eer" };
  }
}

function labelledPairs({ inputs, params }: EvaluateContext): LabelledPairs {
  const dataset = inputs["dataset"] as DatasetValue | GalleryValue | undefined;
  const [distance, same] = [inputs["distance"], inputs["same"]] as [TensorValue | undefined, TensorValue | undefined];
  if (dataset) return pairsOfEncodings(encodingsOf(dataset, params["part"] as Part), params["metric"] as Metric, params["seed"] as number);
  if (!distance || !same) throw new NodeFailure("nothing-to-measure", "There is nothing to measure: connect encodings with names, or distances with their answers.");
  return pairsOfDistances(distance, same);
}
