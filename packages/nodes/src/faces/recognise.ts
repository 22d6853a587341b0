/** Who is this: the nearest person of a gallery, or nobody. */
import { falseMatchChance, farForChance, ratesIn, thresholdForFar } from "../calibration/read-off.ts";
import { count, short, tooFine } from "../calibration/rule.ts";
import { defineNode, NodeFailure, type EvaluateContext, type GalleryValue, type NumberValue, type TensorValue } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { calibrationOf, metricMismatch } from "./gallery-calibration.ts";
import { metricParam, type Metric } from "./metrics.ts";
import { searchPeople } from "./search-gallery.ts";

/** A stranger who is taken for somebody more often than this is worth a warning. */
const HIGH_CHANCE = 0.05;

export const recognise = defineNode({
  type: "Recognise",
  version: 1,
  title: "Recognise",
  group: "Faces",
  doc: "Looks for an encoding in a gallery: the nearest person if that distance is at most the threshold, otherwise not recognised (the name is null), and the runners-up. Each person counts with their nearest photo. The search is exact. The default of 0.5 is lower than the 0.6 of verification, because among K people the chance of a false match grows to about 1 − (1 − FAR)^K; with thousands of people go lower still. A gallery that carries a calibration (from ROC and DET, over Enrol or Gallery) gives the threshold itself, as it was picked for one pair or so that a false match in a gallery of its size has a chance that you choose; and a warning tells where strangers would be taken for somebody too often.",
  formula: "\\hat{\\imath} = \\operatorname*{arg\\,min}_i d(x, g_i),\\quad \\text{recognised} \\iff d(x, g_{\\hat{\\imath}}) \\le \\tau",
  synonyms: ["identify", "recognition", "1:K", "1:N", "who is this", "nearest neighbour", "search"],
  inputs: [
    { name: "encoding", doc: "The encoding of one face.", type: [tensorType([1, "C"], "encoding"), tensorType(["C"], "encoding")] },
    { name: "gallery", doc: "The people known.", type: { kind: "gallery" } },
    { name: "threshold", doc: "A threshold that takes the place of the parameters'.", type: { kind: "number" }, optional: true },
  ],
  outputs: [{ name: "identity", doc: "The name or null, the distance, and the nearest people.", type: { kind: "identity" } }],
  params: [
    {
      name: "use", title: "Threshold from", kind: "choice", default: "own", help: "Where the threshold comes from.",
      choices: [
        { value: "own", title: "The number below" },
        { value: "calibrated", title: "The gallery's calibration", help: "As it was picked there, usually for comparing one pair." },
        { value: "chance", title: "The chance of a false match", help: "By the gallery's calibration and size." },
      ],
    },
    { name: "threshold", title: "Threshold", kind: "number", default: 0.5, min: 0, max: 1000, step: 0.01, help: "The largest distance at which the nearest person is recognised.", visibleWhen: { param: "use", equals: ["own"] } },
    { name: "chance", title: "Chance", kind: "number", default: 0.01, min: 1e-8, max: 0.999, scale: "log", help: "The chance that a stranger is taken for anyone in the gallery.", visibleWhen: { param: "use", equals: ["chance"] } },
    { name: "topK", title: "Candidates", kind: "number", default: 5, min: 1, max: 1000, integer: true, help: "How many of the nearest people are told." },
    metricParam,
  ],
  infer({ inputs, params }) {
    const gallery = inputs["gallery"];
    const calibrated = gallery?.kind === "gallery" ? gallery.calibrated : undefined;
    if (params["use"] === "own" || inputs["threshold"] || calibrated === undefined || calibrated === params["metric"]) return {};
    return mistake(["identity"], "metric-mismatch", metricMismatch(calibrated, params["metric"] as string), { param: "metric" });
  },
  async evaluate(context) {
    const { inputs, params, compute } = context;
    const encoding = inputs["encoding"] as TensorValue;
    const gallery = inputs["gallery"] as GalleryValue;
    const rows = encoding.shape.length === 1 ? 1 : encoding.shape[0]!;
    if (rows !== 1) throw new NodeFailure("one-encoding", `One face is recognised at a time, and ${rows} encodings arrived.`);
    if (encoding.network && gallery.entries.length > 0 && encoding.network !== gallery.network)
      throw new NodeFailure("network-mismatch", `The gallery holds encodings by “${gallery.network}”, and this one is by “${encoding.network}”: their distance means nothing. Enrol the people with the same encoder.`);
    const metric = params["metric"] as Metric;
    const query = { dtype: encoding.dtype, shape: [1, encoding.shape.at(-1)!], data: encoding.data };
    const [candidates] = await searchPeople(compute, gallery, query, { k: params["topK"] as number, metric });
    const [best] = candidates!;
    const threshold = thresholdOf(context, gallery, metric);
    return { identity: { kind: "identity", name: best!.distance <= threshold ? best!.name : null, distance: best!.distance, threshold, candidates: candidates! } };
  },
});

/** The threshold, by the wire, the parameters or the gallery's calibration; warns where strangers would often pass. */
function thresholdOf({ inputs, params, warn }: EvaluateContext, gallery: GalleryValue, metric: Metric): number {
  const wired = inputs["threshold"] as NumberValue | undefined;
  const photos = gallery.entries.length;
  if (!wired && params["use"] === "chance") {
    const calibration = calibrationOf(gallery, metric);
    const far = farForChance(params["chance"] as number, photos);
    const fine = tooFine({ kind: "far", target: far }, calibration.pairs);
    if (fine) warn("too-few-pairs", `For a chance of ${short(params["chance"] as number)} among the gallery's ${count(photos)} photos one comparison may go wrong with a FAR of ${short(far)}. ${fine}`, { param: "chance" });
    return thresholdForFar(calibration.points, far).threshold;
  }
  const limit = wired ? wired.value : params["use"] === "calibrated" ? calibrationOf(gallery, metric).chosen.threshold.value : (params["threshold"] as number);
  const known = gallery.calibration?.metric === metric ? gallery.calibration : undefined;
  const far = known ? (limit === known.chosen.threshold.value ? known.chosen.far.value : ratesIn(known.points, limit).far) : 0;
  const chance = falseMatchChance(far, photos);
  if (chance > HIGH_CHANCE)
    warn("many-false-matches", `At a threshold of ${short(limit)} one comparison in ${count(Math.round(1 / far))} takes a stranger for somebody (FAR ${short(far)}); among the gallery's ${count(photos)} photos that happens with a chance of about ${short(chance * 100)} %. A threshold for one pair is not one for many: let the threshold come from the chance of a false match.`, { param: "use" });
  return limit;
}
