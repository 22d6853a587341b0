/** The Gram matrix of a hidden layer: the style of a picture in one table. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { channelRows, notOnePicture } from "./layers-of.ts";
import { layerStatistics, type Statistic } from "./layer-statistics.ts";

export const gramMatrix = defineNode({
  type: "GramMatrix",
  version: 1,
  title: "Gram matrix",
  group: "Style",
  doc: "How strongly each pair of channels of a hidden layer fires together, summed over all positions: places are forgotten, texture stays. The covariance is the same after each channel's mean is taken away, divided by the number of positions.",
  formula: String.raw`G_{kk'} = \sum_{i,j} a_{ijk}\,a_{ijk'}`,
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576, equation 3",
  synonyms: ["style matrix", "correlation", "covariance", "texture"],
  inputs: [{ name: "activations", doc: "One hidden layer of one picture, channels last.", type: tensorType(null, "activation") }],
  outputs: [{ name: "gram", doc: "One row and column a channel, symmetric.", type: tensorType(["C", "C"], "gram") }],
  params: [
    {
      name: "statistic", title: "Statistic", kind: "choice", default: "gram", help: "What is summed.",
      choices: [{ value: "gram", title: "Gram", help: "Products as they are." }, { value: "covariance", title: "Covariance", help: "Products of differences from the channel's mean, divided by the number of positions." }],
    },
    {
      name: "normalise", title: "Normalise", kind: "choice", default: "none", help: "Whether the sum becomes a mean.", visibleWhen: { param: "statistic", equals: ["gram"] },
      choices: [{ value: "none", title: "Sum" }, { value: "by-positions", title: "Mean over positions", help: "Pictures of different sizes become comparable." }],
    },
  ],
  infer({ inputs }) {
    const shape = inputs["activations"]?.kind === "tensor" ? inputs["activations"].shape : null;
    const wrong = notOnePicture(shape);
    if (wrong) return mistake(["gram"], "wrong-rank", wrong, { port: "activations" });
    return shape ? { outputs: { gram: tensorType([shape.at(-1)!, shape.at(-1)!], "gram") } } : {};
  },
  lower({ b, params, inputs }) {
    const statistic = params["statistic"] as Statistic;
    const { matrix, positions } = layerStatistics(b, channelRows(b, inputs["activations"] as Value), statistic);
    return { gram: statistic === "gram" && params["normalise"] === "by-positions" ? b.mul(matrix, 1 / positions) : matrix };
  },
});
