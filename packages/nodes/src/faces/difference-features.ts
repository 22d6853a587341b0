/** What a binary classifier sees of a pair of encodings: their difference, number by number. */
import type { Dim } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { asBatch, encodings, pairedRows, rowsOf, widthOf } from "./encodings.ts";
import { CHI_EPSILON } from "./metrics.ts";

export const differenceFeatures = defineNode({
  type: "DifferenceFeatures",
  version: 1,
  title: "Difference features",
  group: "Faces",
  doc: "The element-wise difference of two encodings, as the features of a logistic verifier: absolute, squared, χ², or both encodings one after the other. Encodings may be negative, so the denominator of χ² is |a| + |b| + 1e-8 instead of a + b. A single encoding is compared with every row of the other side.",
  formula: "|a_k-b_k|,\\quad (a_k-b_k)^2,\\quad \\frac{(a_k-b_k)^2}{|a_k|+|b_k|+10^{-8}},\\quad [a;b]",
  source: "DeepFace (Taigman et al. 2014), section 4.2",
  synonyms: ["pair features", "siamese", "absolute difference", "chi-squared", "concatenate"],
  inputs: [
    { name: "a", doc: "The first encoding, or one a row.", type: encodings("N") },
    { name: "b", doc: "The second encoding, or one a row.", type: encodings("M") },
  ],
  outputs: [{ name: "features", doc: "One row for each pair.", type: tensorType(["N", "K"], "features") }],
  params: [
    {
      name: "feature", title: "Feature", kind: "choice", default: "squared", help: "How two numbers become one.",
      choices: [
        { value: "absolute", title: "Absolute difference" },
        { value: "squared", title: "Squared difference" },
        { value: "chi-squared", title: "χ²", help: "Squared difference over |a|+|b|+1e-8." },
        { value: "concatenation", title: "Both encodings", help: "Twice as many features." },
      ],
    },
  ],
  infer({ inputs, params, node }) {
    const [n, m] = [rowsOf(inputs["a"]), rowsOf(inputs["b"])];
    const rows = pairedRows(n, m);
    if (rows === null) return mistake(["features"], "rows-differ", `“a” holds ${n} encodings and “b” ${m}: they are compared row by row, so both need as many, or one of them a single one.`, { port: "b" });
    const width: Dim = widthOf(inputs["a"]) ?? widthOf(inputs["b"]) ?? `K@${node}`;
    const twice = params["feature"] === "concatenation";
    const features: Dim = !twice ? width : typeof width === "number" ? 2 * width : `K2@${node}`;
    return { outputs: { features: tensorType([rows ?? `N@${node}`, features], "features") } };
  },
  lower({ b, inputs, params }) {
    const [x, y] = [asBatch(b, inputs["a"] as Value), asBatch(b, inputs["b"] as Value)];
    const difference = b.sub(x, y);
    switch (params["feature"] as string) {
      case "absolute":
        return { features: b.abs(difference) };
      case "chi-squared":
        return { features: b.div(b.square(difference), b.add(b.add(b.abs(x), b.abs(y)), CHI_EPSILON)) };
      case "concatenation": {
        const shape = difference.shape;
        return { features: b.concat([b.broadcast(x, shape), b.broadcast(y, shape)], 1) };
      }
      default:
        return { features: b.square(difference) };
    }
  },
});
