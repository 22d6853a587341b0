/** One number a channel, whatever the size of what comes in: between a network's convolutions and its last layer. */
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";

export const globalPool = defineNode({
  type: "GlobalPool",
  version: 1,
  title: "Global pool",
  group: "Layers",
  doc: "Replaces each channel of a signal, picture or volume by its mean or its largest value over all positions: one row an example, of as many numbers as there are channels.",
  formula: String.raw`y_{c} = \frac{1}{|P|}\sum_{p} x_{p\,c} \quad\text{or}\quad \max_{p} x_{p\,c}`,
  source: "Lin, Chen & Yan, Network in Network, arXiv 1312.4400, section 3.2",
  synonyms: ["global average pooling", "GAP", "global max pooling"],
  inputs: [{ name: "input", doc: "Channels last, with one to three spatial axes.", type: ANY_TENSOR }],
  outputs: [{ name: "output", doc: "One row an example, one column a channel.", type: tensorType(["N", "C"], "activation") }],
  params: [
    { name: "kind", title: "Kind", kind: "choice", default: "average", help: "What represents a channel.", choices: [{ value: "average", title: "Mean" }, { value: "max", title: "Largest" }] },
  ],
  infer({ inputs }) {
    const shape = inputs["input"]?.kind === "tensor" ? inputs["input"].shape : null;
    if (!shape) return {};
    if (shape.length < 3 || shape.length > 5)
      return mistake(["output"], "wrong-rank", `A global pool needs one to three spatial axes between batch and channels; the input has ${shape.length} axes in all.`, { port: "input" });
    return { outputs: { output: tensorType([shape[0]!, shape.at(-1)!], "activation") } };
  },
  lower({ b, params, inputs }) {
    const x = inputs["input"] as Value;
    const spatial = x.shape.slice(1, -1).map((_, i) => i + 1);
    return { output: params["kind"] === "max" ? b.reduceMax(x, spatial) : b.mean(x, spatial) };
  },
});
