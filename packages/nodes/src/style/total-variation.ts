/** Punishes pixels that differ from their neighbours, which keeps noise out of generated pictures. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { LOSS, mistake, PICTURE } from "../port-types.ts";

export const totalVariation = defineNode({
  type: "TotalVariation",
  version: 1,
  title: "Total variation",
  group: "Style",
  doc: "The mean squared difference between neighbouring pixels, down plus across. A little of it keeps an optimised picture free of noise.",
  formula: String.raw`TV = \overline{(x_{i+1,j}-x_{i,j})^2} + \overline{(x_{i,j+1}-x_{i,j})^2}`,
  source: "Mahendran & Vedaldi, arXiv 1412.0035, section 3 (with exponent 2)",
  synonyms: ["TV", "smoothness", "regulariser", "denoise"],
  inputs: [{ name: "image", doc: "The picture.", type: PICTURE }],
  outputs: [{ name: "cost", doc: "The total variation.", type: LOSS }],
  params: [],
  infer({ inputs }) {
    const [, h, w] = inputs["image"]?.kind === "tensor" && inputs["image"].shape ? inputs["image"].shape : [];
    if (h === 1 || w === 1) return mistake(["cost"], "image-too-small", `A picture of ${h}×${w} pixels has no neighbours to compare; at least 2×2 are needed.`, { port: "image" });
    return {};
  },
  lower({ b, inputs }) {
    const x = inputs["image"] as Value;
    const along = (axis: 1 | 2) => {
      const n = x.shape[axis]!;
      const difference = b.sub(b.sliceAxis(x, axis, 1, n), b.sliceAxis(x, axis, 0, n - 1));
      return b.mean(b.square(difference));
    };
    return { cost: b.add(along(1), along(2)) };
  },
});
