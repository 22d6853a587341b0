/** Takes the largest or the mean of every window: fewer positions, the same channels. */
import { poolShape } from "@patchbay/graph-core";
import { defineNode, type Value } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";
import { PAD, PADDING, windowAttributes, windowsOf } from "./window-params.ts";

export const pool = defineNode({
  type: "Pool",
  version: 1,
  title: "Pool",
  group: "Layers",
  doc: "Replaces every window of a signal, picture or volume by its largest value or its mean, channel by channel. Padding never wins a maximum and does not count in a mean.",
  formula: String.raw`y_{p\,c} = \max_{k} x_{p\cdot s + k,\,c} \quad\text{or}\quad \frac{1}{|K|}\sum_{k} x_{p\cdot s + k,\,c}`,
  synonyms: ["max pooling", "average pooling", "downsample", "subsample"],
  inputs: [{ name: "input", doc: "Channels last, with one to three spatial axes.", type: ANY_TENSOR }],
  outputs: [{ name: "output", doc: "The same channels at fewer positions.", type: tensorType(null, "activation") }],
  params: [
    { name: "kind", title: "Kind", kind: "choice", default: "max", help: "What represents a window.", choices: [{ value: "max", title: "Largest" }, { value: "average", title: "Mean" }] },
    { name: "size", title: "Size", kind: "number", default: 2, min: 1, max: 512, integer: true, unit: "positions", help: "Length of the window along every spatial axis." },
    { name: "stride", title: "Stride", kind: "number", default: 2, min: 1, max: 512, integer: true, unit: "positions", help: "How far the window moves." },
    PADDING, PAD,
  ],
  infer({ params, inputs }) {
    const shape = inputs["input"]?.kind === "tensor" ? inputs["input"].shape : null;
    if (!shape) return {};
    const size = params["size"] as number;
    if (shape.length < 3 || shape.length > 5)
      return mistake(["output"], "wrong-rank", `A pool needs one to three spatial axes between batch and channels; the input has ${shape.length} axes in all.`, { port: "input" });
    if (params["padding"] === "explicit" && (params["pad"] as number) > size / 2)
      return mistake(["output"], "padding-too-large", `A padding of ${params["pad"]} leaves windows of ${size} without any input; at most half the window can be padding.`, { param: "pad" });
    const result = poolShape(shape, windowsOf(params, new Array<number>(shape.length - 2).fill(size)));
    return result.ok ? { outputs: { output: tensorType(result.shape, "activation") } } : mistake(["output"], result.code, result.reason, { port: "input" });
  },
  lower({ b, params, inputs }) {
    const x = b.channelsFirst(inputs["input"] as Value);
    const lengths = x.shape.slice(2);
    const kernel = lengths.map(() => params["size"] as number);
    const { strides, padLow, padHigh } = windowAttributes(windowsOf(params, kernel), lengths);
    const options = { strides, padLow, padHigh };
    return { output: b.channelsLast(params["kind"] === "max" ? b.maxPool(x, kernel, options) : b.avgPool(x, kernel, options)) };
  },
});
