/** Who is this: the nearest person of a gallery, or nobody. */
import { defineNode, NodeFailure, type GalleryValue, type TensorValue } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { metricParam, type Metric } from "./metrics.ts";
import { searchPeople } from "./search-gallery.ts";

export const recognise = defineNode({
  type: "Recognise",
  version: 1,
  title: "Recognise",
  group: "Faces",
  doc: "Looks for an encoding in a gallery: the nearest person if that distance is at most the threshold, otherwise not recognised (the name is null), and the runners-up. Each person counts with their nearest photo. The search is exact. The default of 0.5 is lower than the 0.6 of verification, because among K people the chance of a false match grows to about 1 − (1 − FAR)^K; with thousands of people go lower still, and measure on your own pictures.",
  formula: "\\hat{\\imath} = \\operatorname*{arg\\,min}_i d(x, g_i),\\quad \\text{recognised} \\iff d(x, g_{\\hat{\\imath}}) \\le \\tau",
  synonyms: ["identify", "recognition", "1:K", "1:N", "who is this", "nearest neighbour", "search"],
  inputs: [
    { name: "encoding", doc: "The encoding of one face.", type: [tensorType([1, "C"], "encoding"), tensorType(["C"], "encoding")] },
    { name: "gallery", doc: "The people known.", type: { kind: "gallery" } },
  ],
  outputs: [{ name: "identity", doc: "The name or null, the distance, and the nearest people.", type: { kind: "identity" } }],
  params: [
    { name: "threshold", title: "Threshold", kind: "number", default: 0.5, min: 0, max: 1000, step: 0.01, help: "The largest distance at which the nearest person is recognised." },
    { name: "topK", title: "Candidates", kind: "number", default: 5, min: 1, max: 1000, integer: true, help: "How many of the nearest people are told." },
    metricParam,
  ],
  async evaluate({ inputs, params, compute }) {
    const encoding = inputs["encoding"] as TensorValue;
    const gallery = inputs["gallery"] as GalleryValue;
    const rows = encoding.shape.length === 1 ? 1 : encoding.shape[0]!;
    if (rows !== 1) throw new NodeFailure("one-encoding", `One face is recognised at a time, and ${rows} encodings arrived.`);
    if (encoding.network && gallery.entries.length > 0 && encoding.network !== gallery.network)
      throw new NodeFailure("network-mismatch", `The gallery holds encodings by “${gallery.network}”, and this one is by “${encoding.network}”: their distance means nothing. Enrol the people with the same encoder.`);
    const query = { dtype: encoding.dtype, shape: [1, encoding.shape.at(-1)!], data: encoding.data };
    const [candidates] = await searchPeople(compute, gallery, query, { k: params["topK"] as number, metric: params["metric"] as Metric });
    const [best] = candidates!;
    const threshold = params["threshold"] as number;
    return { identity: { kind: "identity", name: best!.distance <= threshold ? best!.name : null, distance: best!.distance, threshold, candidates: candidates! } };
  },
});
