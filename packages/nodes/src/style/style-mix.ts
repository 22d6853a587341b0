/** Several styles in one picture: the costs of each, weighed into one. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { LOSS, mistake } from "../port-types.ts";

export const styleMix = defineNode({
  type: "StyleMix",
  version: 1,
  title: "Style mix",
  group: "Style",
  doc: "Adds the costs of several styles with a weight each: one style cost a style, each with its own picture, layers and mask. Without masks the picture settles between the styles; with masks each has its place.",
  formula: String.raw`J_{style} = \sum_s w_s\, J_{style}(S_s, G)`,
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576, equation 5, summed over styles",
  synonyms: ["blend", "several styles", "interpolate", "weighted sum", "combine"],
  inputs: [{ name: "costs", doc: "One style cost a style, in the order of the weights.", type: LOSS, multiple: true }],
  outputs: [{ name: "cost", doc: "The weighted sum over the styles.", type: LOSS }],
  params: [{ name: "weights", title: "Weights", kind: "numbers", default: [], min: 0, help: "One a style, in the order of the wires; empty shares 1 equally." }],
  infer({ params, inputLists }) {
    const count = inputLists["costs"]?.length ?? 0;
    const weights = params["weights"] as readonly unknown[];
    if (weights.some((w) => typeof w !== "number")) return mistake(["cost"], "param-invalid", "The weights are a list of plain numbers, one a style.", { param: "weights" });
    if (weights.length && count && weights.length !== count)
      return mistake(["cost"], "weights-mismatch", `${weights.length} weights are given for ${count} ${count === 1 ? "style" : "styles"}; one a style is needed, or none at all.`, { param: "weights" });
    if (weights.length && weights.every((w) => w === 0)) return mistake(["cost"], "param-invalid", "Every weight is 0, so that no style counts.", { param: "weights" });
    return {};
  },
  lower({ b, params, inputLists }) {
    const costs = inputLists["costs"] as readonly Value[];
    const weights = params["weights"] as readonly number[];
    return { cost: costs.map((cost, i) => b.mul(cost, weights[i] ?? 1 / costs.length)).reduce((sum, term) => b.add(sum, term)) };
  },
});
