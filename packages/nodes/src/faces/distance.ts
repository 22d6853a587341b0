/** How far apart two encodings are: the number that decides whether two faces are one person. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { asBatch, encodings, pairedRows, perRow, rowsOf, scalarIfOne } from "./encodings.ts";
import { distance as measure, metricParam, type Metric } from "./metrics.ts";

export const distance = defineNode({
  type: "Distance",
  version: 1,
  title: "Distance",
  group: "Faces",
  doc: "The distance between two encodings of one network; small means alike. Of two batches with as many rows, row by row; a single encoding is compared with every row of the other side. The default encoder's usual threshold of 0.6 holds for the Euclidean distance of encodings that are not normalised.",
  formula: "d(x_1,x_2) = \\lVert f(x_1) - f(x_2) \\rVert",
  source: "DeepFace (Taigman et al. 2014); FaceNet, arXiv 1503.03832",
  synonyms: ["similarity", "compare", "metric", "euclidean", "cosine", "manhattan", "chi-squared", "siamese"],
  inputs: [
    { name: "a", doc: "The first encoding, or one a row.", type: encodings("N") },
    { name: "b", doc: "The second encoding, or one a row.", type: encodings("M") },
  ],
  outputs: [{ name: "distance", doc: "One number, or one for each row.", type: tensorType(null, "distance") }],
  params: [metricParam],
  infer({ inputs }) {
    const [n, m] = [rowsOf(inputs["a"]), rowsOf(inputs["b"])];
    const rows = pairedRows(n, m);
    if (rows === null) return mistake(["distance"], "rows-differ", `“a” holds ${n} encodings and “b” ${m}: they are compared row by row, so both need as many, or one of them a single one.`, { port: "b" });
    return { outputs: { distance: tensorType(perRow(rows), "distance") } };
  },
  lower({ b, inputs, params }) {
    const [x, y] = [asBatch(b, inputs["a"] as Value), asBatch(b, inputs["b"] as Value)];
    return { distance: scalarIfOne(b, measure(b, params["metric"] as Metric, x, y)) };
  },
});
