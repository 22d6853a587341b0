/** Scales vectors to length one, as a visible step: an encoder never does it silently. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { ANY_TENSOR } from "../port-types.ts";
import { normalisedNetwork } from "./encodings.ts";

export const l2Normalise = defineNode({
  type: "L2Normalise",
  version: 1,
  title: "L2 normalise",
  group: "Faces",
  doc: "Divides every vector along the last axis by its Euclidean length (at least 1e-12). Encodings that went through it carry another network id, because their distances do not compare with those of plain encodings: between unit vectors the squared Euclidean distance is twice the cosine distance.",
  formula: "\\hat{x} = \\frac{x}{\\max(\\lVert x \\rVert_2,\\ 10^{-12})}",
  source: "FaceNet, arXiv 1503.03832, section 3.1",
  synonyms: ["normalize", "unit length", "unit vector", "hypersphere"],
  inputs: [{ name: "x", doc: "Vectors along the last axis.", type: ANY_TENSOR }],
  outputs: [{ name: "y", doc: "The same directions with length one.", type: ANY_TENSOR }],
  params: [],
  infer({ inputs }) {
    const type = inputs["x"];
    if (type?.kind !== "tensor") return {};
    if (type.shape?.length === 0) return { outputs: { y: null }, diagnostics: [{ code: "scalar-has-no-length", severity: "error", message: "A single number has no direction to keep: connect a vector or a batch of vectors.", port: "x" }] };
    return { outputs: { y: { ...type, ...(type.network ? { network: normalisedNetwork(type.network) } : {}) } } };
  },
  lower({ b, inputs }) {
    const x = inputs["x"] as Value;
    return { y: b.div(x, b.sqrt(b.max(b.sum(b.square(x), [-1], true), 1e-24))) };
  },
});
