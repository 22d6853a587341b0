/** Weighs the terms of a style transfer into the one number that is minimised. */
import type { ParamValues } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { LOSS, mistake } from "../port-types.ts";

export const totalCost = defineNode({
  type: "TotalCost",
  version: 1,
  title: "Total cost",
  group: "Style",
  doc: "Adds content, style and variation costs with a weight each. Either all three weights are given, or one strength from 0 (faithful to the content) to 1 (all style), made for costs that are relative.",
  formula: String.raw`J = \alpha J_{content} + \beta J_{style} + \gamma\,TV,\qquad \alpha = 10^{-1-\text{strength}},\ \beta = 1`,
  source: "Gatys, Ecker & Bethge, arXiv 1508.06576, equation 7",
  synonyms: ["loss", "weighted sum", "alpha", "beta", "strength"],
  inputs: [
    { name: "content", doc: "Weighted by α.", type: LOSS, optional: true },
    { name: "style", doc: "Weighted by β.", type: LOSS, optional: true },
    { name: "variation", doc: "Weighted by γ.", type: LOSS, optional: true },
  ],
  outputs: [{ name: "total", doc: "The weighted sum.", type: LOSS }],
  params: [
    {
      name: "balance", title: "Balance", kind: "choice", default: "weights", help: "How content and style are weighed.",
      choices: [{ value: "weights", title: "Weights α, β" }, { value: "strength", title: "Strength", help: "α = 10^(−1−strength), β = 1." }],
    },
    { name: "alpha", title: "Content weight α", kind: "number", default: 10, min: 0, max: 1e9, scale: "log", help: "Of the content cost.", visibleWhen: { param: "balance", equals: ["weights"] } },
    { name: "beta", title: "Style weight β", kind: "number", default: 40, min: 0, max: 1e9, scale: "log", help: "Of the style cost.", visibleWhen: { param: "balance", equals: ["weights"] } },
    { name: "strength", title: "Strength", kind: "number", default: 0.75, min: 0, max: 1, step: 0.05, help: "0 keeps the content, 1 takes most of the style.", visibleWhen: { param: "balance", equals: ["strength"] } },
    { name: "gamma", title: "Variation weight γ", kind: "number", default: 1, min: 0, max: 1e9, scale: "log", help: "Of the total variation." },
  ],
  infer({ inputs }) {
    if (inputs["content"] || inputs["style"] || inputs["variation"]) return {};
    return mistake(["total"], "missing-input", "No cost is connected: connect the content, the style or the variation cost, or several of them.", { port: "style" });
  },
  lower({ b, params, inputs }) {
    const { content, style, variation } = weights(params);
    const terms = ([["content", content], ["style", style], ["variation", variation]] as const).flatMap(([port, weight]) => {
      const cost = inputs[port] as Value | undefined;
      return cost ? [weight === 1 ? cost : b.mul(cost, weight)] : [];
    });
    return { total: terms.reduce((sum, term) => b.add(sum, term)) };
  },
});

function weights(params: ParamValues): { content: number; style: number; variation: number } {
  const variation = params["gamma"] as number;
  if (params["balance"] === "strength") return { content: 10 ** (-1 - (params["strength"] as number)), style: 1, variation };
  return { content: params["alpha"] as number, style: params["beta"] as number, variation };
}
